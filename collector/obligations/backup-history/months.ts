import type { DueStatus, JudgedDue } from './due-times.ts';
import type { Span } from './local-days.ts';

/** How a dataset fared in one month of its zone. */
export interface HistoryMonth {
  month: string;
  /** Due times that have come. */
  dueCount: number;
  /** Of these, answered by a backup, in whole or in part. */
  metCount: number;
  /** Of these met, only in part. */
  partialCount: number;
  /** Nobody knows: nothing was heard of the department. */
  unknownCount: number;
  /** Not yet decided: the grace is not over. */
  pendingCount: number;
  /** Met, of those that are known and decided; undefined when there were none. */
  successRatio: number | undefined;
  /**
   * The longest time without a backup of which a part lies in the month, in full length: from the backup before, or
   * since the dataset is known, to the backup after, or until now.
   */
  longestGapSeconds: number | undefined;
  /** Of the last backup up to the end of the month. */
  lastSuccessAtMs: number | undefined;
}

export interface MonthFacts {
  dueTimes: readonly JudgedDue[];
  /** When backups were completed, oldest first: those of the month, the last before it and the first after it. */
  successesAtMs: readonly number[];
  knownSinceMs: number;
  nowMs: number;
}

export function monthOf(month: Span, facts: MonthFacts): HistoryMonth {
  const count = (...statuses: DueStatus[]) => facts.dueTimes.filter(({ status }) => statuses.includes(status)).length;
  const dueCount = facts.dueTimes.length;
  const metCount = count('arrived', 'claimed', 'partial');
  const unknownCount = count('unknown');
  const pendingCount = count('pending');
  const decidedCount = dueCount - unknownCount - pendingCount;
  return {
    month: month.name,
    dueCount,
    metCount,
    partialCount: count('partial'),
    unknownCount,
    pendingCount,
    successRatio: decidedCount === 0 ? undefined : metCount / decidedCount,
    longestGapSeconds: longestGapSeconds(month, facts),
    lastSuccessAtMs: facts.successesAtMs.findLast((atMs) => atMs < month.untilMs),
  };
}

function longestGapSeconds({ fromMs, untilMs }: Span, facts: MonthFacts): number | undefined {
  const { successesAtMs, knownSinceMs, nowMs } = facts;
  // What was backed up before the dataset was registered begins no earlier than its backups.
  const beginsAtMs = Math.min(knownSinceMs, successesAtMs[0] ?? Infinity);
  const edges = [beginsAtMs, ...successesAtMs.filter((atMs) => atMs <= nowMs), nowMs];
  let longestMs: number | undefined;
  for (let at = 1; at < edges.length; at += 1) {
    const gapFromMs = edges[at - 1] ?? nowMs;
    const gapUntilMs = edges[at] ?? nowMs;
    const isInMonth = gapFromMs < Math.min(untilMs, nowMs) && gapUntilMs > fromMs;
    if (isInMonth) longestMs = Math.max(longestMs ?? 0, gapUntilMs - gapFromMs);
  }
  return longestMs === undefined ? undefined : Math.round(longestMs / 1000);
}
