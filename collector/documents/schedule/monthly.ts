import { join } from 'node:path';
import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { PantauConfig } from '../../config/schema.ts';
import { databaseIn, reportsIn } from '../../data-folder.ts';
import type { DocumentsPort } from '../../store/documents-port.ts';
import { monthSpan } from '../month/read-month.ts';
import { type DueReport, duesAround } from './due-month.ts';
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

/** Makes the reports of the last month when they are due, also those that fell due while the collector was away. */
export function createMonthlyReports(options: MonthlyOptions) {
  const { clock, logger } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let failedAtMs = -Infinity;

  async function look(): Promise<void> {
    const config = options.config();
    const { monthly } = config.reports;
    if (monthly === undefined) return;
    const nowMs = clock.nowMs();
    const { last } = duesAround(nowMs, monthly, config.timezone);
    if (last === undefined || nowMs - failedAtMs < retryMs) return;
    try {
      if (last.atMs <= (await options.documents.scheduledUntilMs())) return;
      if (await isKnown(options, last)) await makeDue(options, last, stopping.signal);
      await options.documents.noteScheduled(last.atMs);
    } catch (error) {
      if (stopping.signal.aborted) return;
      failedAtMs = nowMs;
      options.onOutcome('failed');
      logger.error('the monthly report could not be made; it is tried again in an hour', {
        month: last.month,
        cause: messageOf(error),
      });
    }
  }

  function wait(): void {
    if (stopping.signal.aborted) return;
    const { reports, timezone } = options.config();
    const nowMs = clock.nowMs();
    const next = reports.monthly && duesAround(nowMs, reports.monthly, timezone).next;
    const waitMs = Math.min(longestWaitMs, next === undefined ? longestWaitMs : next.atMs - nowMs);
    timer = setTimeout(run, Math.max(waitMs, 1000));
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

/** Made in a thread of its own; files of months that are too old go after it. */
async function makeDue(options: MonthlyOptions, { month }: DueReport, signal: AbortSignal): Promise<void> {
  const { clock, dataFolder, logger, onOutcome } = options;
  const config = options.config();
  const keptIn = join('reports', month);
  const folder = join(dataFolder, keptIn);
  const databasePath = databaseIn(dataFolder);
  logger.info('the monthly report is being made', { month });
  const made = await runWorker({ config, databasePath, month, folder, keptIn, nowMs: clock.nowMs() }, signal);
  onOutcome('made');
  const revision = made[0]?.revision ?? 0;
  logger.info('the monthly report was made', { month, revision, reportCount: made.length, folder });
  const keepMonths = config.reports.monthly?.keepMonths;
  const old = keepMonths === undefined ? [] : removeOldMonths(reportsIn(dataFolder), month, keepMonths);
  if (old.length > 0) logger.info('files of old reports were removed', { months: old.join(', ') });
}

/** Of a time before the first agent there is nothing to tell. */
async function isKnown({ config, firstKnownMs }: MonthlyOptions, { month }: DueReport): Promise<boolean> {
  const firstMs = await firstKnownMs();
  return firstMs !== undefined && firstMs < monthSpan(month, config().timezone).untilMs;
}
