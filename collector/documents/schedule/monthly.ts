import { join } from 'node:path';
import type { Clock } from '../../../shared/clock.ts';
import { durationSeconds } from '../../../shared/duration.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { PantauConfig } from '../../config/schema.ts';
import { databaseIn, reportsIn } from '../../data-folder.ts';
import type { DocumentsPort } from '../../store/documents-port.ts';
import { monthSpan } from '../month/read-month.ts';
import { type DueReport, duesAround, duesSince } from './due-month.ts';
import { removeOldMonths } from './old-folders.ts';
import { runWorker } from './run-worker.ts';

export interface MonthlyOptions {
  config(): PantauConfig;
  dataFolder: string;
  documents: DocumentsPort;
  /** When the first agent was enrolled; undefined while there is none. Months before it are not told. */
  firstKnownMs(): Promise<number | undefined>;
  clock: Clock;
  logger: Logger;
  onOutcome(outcome: 'made' | 'failed'): void;
}

/** No timer of ours runs longer: a machine may sleep, and clocks are set. */
const longestWaitMs = 3_600_000;
/** After a failure, such as a full disk. */
const retryMs = 3_600_000;
const notMade = 'the monthly report could not be made, or not in each format; it is tried again in an hour';

/** Makes the reports of a month when they are due, also of those that fell due while the collector was away. */
export function createMonthlyReports(options: MonthlyOptions) {
  const { clock, logger } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let failedAtMs = -Infinity;
  /** Due moments that were dealt with since the start. */
  const doneAtMs = new Set<number>();

  function fail(error: unknown, month?: string): void {
    if (stopping.signal.aborted) return;
    failedAtMs = clock.nowMs();
    options.onOutcome('failed');
    logger.error(notMade, { month, cause: messageOf(error) });
  }

  async function make(due: DueReport): Promise<void> {
    try {
      if (await isKnown(options, due)) await makeDue(options, due, stopping.signal);
      doneAtMs.add(due.atMs);
    } catch (error) {
      fail(error, due.month);
    }
  }

  /** A month that fails does not keep the later ones from being made; it alone is tried again. */
  async function look(): Promise<void> {
    if (clock.nowMs() - failedAtMs < retryMs) return;
    try {
      let isWhole = true;
      for (const due of await duesNow(options)) {
        if (!doneAtMs.has(due.atMs)) await make(due);
        if (stopping.signal.aborted) return;
        isWhole &&= doneAtMs.has(due.atMs);
        if (isWhole) await options.documents.noteScheduled(due.atMs);
      }
    } catch (error) {
      fail(error);
    }
  }

  function wait(): void {
    if (stopping.signal.aborted) return;
    timer = setTimeout(run, untilNextMs(options));
  }

  function run(): void {
    working = look().finally(wait);
  }

  return {
    start: run,
    async stop(): Promise<void> {
      clearTimeout(timer);
      stopping.abort();
      await working;
      clearTimeout(timer);
    },
  };
}

function untilNextMs({ config, clock }: MonthlyOptions): number {
  const { reports, timezone } = config();
  const nowMs = clock.nowMs();
  const next = reports.monthly && duesAround(nowMs, reports.monthly, timezone).next;
  const waitMs = Math.min(longestWaitMs, next === undefined ? longestWaitMs : next.atMs - nowMs);
  return Math.max(waitMs, 1000);
}

/** Made in a thread of its own; files of months that are too old go after it. */
async function makeDue(options: MonthlyOptions, { month }: DueReport, signal: AbortSignal): Promise<void> {
  const { clock, dataFolder, logger, onOutcome } = options;
  const config = options.config();
  const keptIn = join('reports', month);
  const folder = join(dataFolder, keptIn);
  const databasePath = databaseIn(dataFolder);
  logger.info('the monthly report is being made', { month });
  const made = await runWorker({ config, databasePath, month, folder, keptIn, nowMs: clock.nowMs() }, signal);
  const failures = made.flatMap(({ name, failures: own }) =>
    own.map(({ format, reason }) => `${name}.${format}: ${reason}`),
  );
  if (failures.length > 0) throw new Error(someOf(failures));
  onOutcome('made');
  const revision = made[0]?.revision ?? 0;
  logger.info('the monthly report was made', { month, revision, reportCount: made.length, folder });
  const keepMonths = config.reports.monthly?.keepMonths;
  const old = keepMonths === undefined ? [] : removeOldMonths(reportsIn(dataFolder), month, keepMonths);
  if (old.length > 0) logger.info('files of old reports were removed', { months: old.join(', ') });
}

const mostTold = 3;

/** What is wrong with one file is mostly wrong with all. */
function someOf(failures: readonly string[]): string {
  const more = failures.length > mostTold ? [`and ${failures.length - mostTold} more files`] : [];
  return [...failures.slice(0, mostTold), ...more].join('; ');
}

/** What must be made now; of a month before the last one only as long as its hours are kept. */
async function duesNow({ config, documents, clock }: MonthlyOptions): Promise<DueReport[]> {
  const { reports, retention, timezone } = config();
  if (reports.monthly === undefined) return [];
  const sinceMs = await documents.scheduledUntilMs();
  const nowMs = clock.nowMs();
  const dues = duesSince(sinceMs, nowMs, reports.monthly, timezone);
  if (sinceMs === 0) return begin(documents, dues);
  const keptSinceMs = nowMs - durationSeconds(retention.hourly) * 1000;
  return dues.filter((due) => due === dues.at(-1) || monthSpan(due.month, timezone).untilMs > keptSinceMs);
}

/**
 * The schedule is new: what was never asked for was not missed. From here on it is not new any more, also when it is
 * stopped before its first report is made.
 */
async function begin(documents: DocumentsPort, dues: readonly DueReport[]): Promise<DueReport[]> {
  const last = dues.slice(-1);
  for (const { atMs } of last) await documents.noteScheduled(atMs - 1);
  return last;
}

/** Of a time before the first agent there is nothing to tell. */
async function isKnown({ config, firstKnownMs }: MonthlyOptions, { month }: DueReport): Promise<boolean> {
  const firstMs = await firstKnownMs();
  return firstMs !== undefined && firstMs < monthSpan(month, config().timezone).untilMs;
}
