import { dueTimesMs, nextDueMs } from '../../../shared/cron-grace.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackupHistoryPort } from '../../store/store.ts';
import { breathe } from './breathe.ts';
import { dueSpan, type JudgedDue, judgeDueTimes } from './due-times.ts';
import type { HistorySubject } from './subject.ts';
import { type HistoryRun, runsOf } from './runs.ts';

/** A stretch of a dataset's history. */
export interface Period {
  dueTimes: JudgedDue[];
  /** Those that ended in the period, oldest first. */
  runs: HistoryRun[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Parts of one backup (a wrapper's word, the file that it made) are found this far beyond the edges. */
const claimMarginMs = dayMs;
/** So long after its claim an object is looked for in the Pusat Data. */
const arrivalMarginMs = 8 * dayMs;
/** A run every two minutes for two weeks, every hour for a year: more is not joined at once. */
const mostRuns = 10_000;

/**
 * @param port the history of the store; everything else is worked out from it.
 * @throws AppError `too-many-runs` when the period holds more than can be counted at once.
 */
export async function readPeriod(
  port: BackupHistoryPort,
  subject: HistorySubject,
  span: { fromMs: number; untilMs: number },
  nowMs: number,
): Promise<Period> {
  const { schedule, minSizeBytes, knownSinceMs, heardPd, recentHours } = subject;
  // The last due time of the span is answered until the next one, which comes after the span.
  const nextAtMs = nextDueMs(schedule, span.untilMs - 1) ?? Infinity;
  const untilMs = Math.max(span.untilMs, Math.min(nextAtMs, nowMs + 1));
  const runs = await readRuns(port, subject, { fromMs: span.fromMs - dayMs, untilMs });
  const graceMs = schedule.graceSeconds * 1000;
  const heard = await port.heardHours(heardPd, span.fromMs - hourMs, span.untilMs + graceMs);
  const heardHours = new Set([...heard, ...recentHours]);
  const facts = { schedule, minSizeBytes, runs, heardHours, knownSinceMs, nowMs };
  const dueTimes = judgeDueTimes(await readDueTimes(subject, dueSpan(span, facts)), facts);
  return { dueTimes, runs: runs.filter(({ atMs }) => atMs >= span.fromMs && atMs < span.untilMs) };
}

/** Finding the ticks of a schedule is dear: after so many others get their turn. */
const dueTimesPerTurn = 250;

async function readDueTimes(
  subject: HistorySubject,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<number[]> {
  const found: number[] = [];
  for (let nextFromMs = fromMs; ;) {
    const some = dueTimesMs(subject.schedule, nextFromMs, untilMs, dueTimesPerTurn);
    found.push(...some);
    if (found.length > mostRuns) throw tooMany(subject);
    if (some.length < dueTimesPerTurn) return found;
    nextFromMs = (some.at(-1) ?? untilMs) + 1;
    await breathe();
  }
}

/** Joining runs is dear: after so much time of them others get their turn. */
const pieceMs = 31 * dayMs;

/** Runs that ended in a span, oldest first, joined with what arrived in the Pusat Data. */
export async function readRuns(
  port: BackupHistoryPort,
  subject: HistorySubject,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<HistoryRun[]> {
  const found: HistoryRun[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs += pieceMs) {
    const piece = { fromMs: atMs, untilMs: Math.min(atMs + pieceMs, untilMs) };
    found.push(...(await readPiece(port, subject, piece)));
    if (found.length > mostRuns) throw tooMany(subject);
    await breathe();
  }
  return found;
}

async function readPiece(
  port: BackupHistoryPort,
  subject: HistorySubject,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<HistoryRun[]> {
  const claims = await port.claims(subject, fromMs - claimMarginMs, untilMs + claimMarginMs);
  const all = await port.arrivals(subject, fromMs - claimMarginMs, untilMs + arrivalMarginMs);
  if (claims.length > mostRuns || all.length > mostRuns * 2) throw tooMany(subject);
  const arrivals = all.filter(({ vault }) => !subject.otherVaults.has(vault));
  return runsOf(claims, arrivals, subject.isClaimless).filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
}

function tooMany({ pd, dataset }: HistorySubject): AppError {
  const message = `${pd}/${dataset} has more than ${mostRuns} runs in this time: ask for a shorter one.`;
  return new AppError('too-many-runs', message, { status: 422, field: 'from' });
}
