import { nextDueMs, type Schedule } from '../../../shared/cron-grace.ts';
import type { HistoryRun } from './runs.ts';

/**
 * What became of one due time:
 * - `arrived`: a whole backup was made and seen in the Pusat Data. `claimed`: it was made, and not seen there.
 * - `partial`: only in part. `failed`: a run failed, never ended, or left something too small to be a backup.
 * - `pending`: nothing yet, and the grace is not over. `missed`: nothing, although the department was heard.
 * - `unknown`: nothing, and of the department nothing was heard either.
 */
export const dueStatuses = ['arrived', 'claimed', 'partial', 'pending', 'unknown', 'missed', 'failed'] as const;
export type DueStatus = (typeof dueStatuses)[number];

export interface JudgedDue {
  dueAtMs: number;
  status: DueStatus;
}

export interface HistoryFacts {
  schedule: Schedule;
  minSizeBytes: number;
  /** Oldest first. */
  runs: readonly HistoryRun[];
  /** Starts of the hours (UTC) in which the department was heard. */
  heardHours: ReadonlySet<number>;
  /** Nothing was due before. */
  knownSinceMs: number;
  nowMs: number;
}

/** A job that begins when it is due may end a little before by another clock; never more than half the time between. */
const earlyToleranceMs = 5 * 60_000;
const hourMs = 3_600_000;

/** The part of a span in which anything can have been due: since the dataset is known, until now. */
export function dueSpan(
  span: { fromMs: number; untilMs: number },
  { knownSinceMs, nowMs }: Pick<HistoryFacts, 'knownSinceMs' | 'nowMs'>,
): { fromMs: number; untilMs: number } {
  return { fromMs: Math.max(span.fromMs, knownSinceMs), untilMs: Math.min(span.untilMs, nowMs + 1) };
}

/**
 * Judges due times that have come. A run counts for the due time that it follows, by when it was completed (or failed):
 * from five minutes before that due time until five minutes before the next one.
 * @param dueTimesMs all of a span, in order.
 */
export function judgeDueTimes(dueTimesMs: readonly number[], facts: HistoryFacts): JudgedDue[] {
  const last = dueTimesMs.at(-1);
  if (last === undefined) return [];
  const afterLast = nextDueMs(facts.schedule, last) ?? Infinity;
  let at = 0;
  return dueTimesMs.map((dueAtMs, place) => {
    const nextAtMs = dueTimesMs[place + 1] ?? afterLast;
    const before = dueTimesMs[place - 1];
    const opensAtMs = dueAtMs - earlyMs(dueAtMs - (before ?? 2 * dueAtMs - nextAtMs));
    const closesAtMs = nextAtMs - earlyMs(nextAtMs - dueAtMs);
    while ((facts.runs[at]?.atMs ?? Infinity) < opensAtMs) at += 1;
    const own: HistoryRun[] = [];
    for (let next = facts.runs[at]; next !== undefined && next.atMs < closesAtMs; next = facts.runs[at]) {
      own.push(next);
      at += 1;
    }
    return { dueAtMs, status: statusOf(dueAtMs, nextAtMs, own, facts) };
  });
}

function earlyMs(gapMs: number): number {
  return Math.min(earlyToleranceMs, gapMs / 2);
}

function statusOf(dueAtMs: number, nextAtMs: number, own: readonly HistoryRun[], facts: HistoryFacts): DueStatus {
  const backups = own.filter((run) => isBackup(run, facts.minSizeBytes));
  const whole = backups.filter(({ outcome }) => outcome === 'ok');
  if (whole.some(({ arrival }) => arrival !== undefined)) return 'arrived';
  if (whole.length > 0) return 'claimed';
  if (backups.length > 0) return 'partial';
  const graceEndsAtMs = Math.min(dueAtMs + facts.schedule.graceSeconds * 1000, nextAtMs);
  // A run that has begun may still end well while there is time; one that failed is told at once.
  if (own.some(({ outcome }) => outcome !== 'running')) return 'failed';
  if (facts.nowMs < graceEndsAtMs) return 'pending';
  if (own.length > 0) return 'failed';
  return wasHeard(dueAtMs, graceEndsAtMs, facts.heardHours) ? 'missed' : 'unknown';
}

/** An empty or too small object is no backup, whatever its job says. */
export function isBackup(
  { outcome, sizeBytes }: Pick<HistoryRun, 'outcome' | 'sizeBytes'>,
  minSizeBytes: number,
): boolean {
  if (outcome !== 'ok' && outcome !== 'warning') return false;
  return sizeBytes === undefined || sizeBytes >= Math.max(1, minSizeBytes);
}

function wasHeard(fromMs: number, untilMs: number, heardHours: ReadonlySet<number>): boolean {
  for (let hour = Math.floor(fromMs / hourMs) * hourMs; hour < untilMs; hour += hourMs) {
    if (heardHours.has(hour)) return true;
  }
  return false;
}
