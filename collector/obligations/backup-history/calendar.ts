import { type DueStatus, dueStatuses, isBackup, type JudgedDue } from './due-times.ts';
import type { Span } from './local-days.ts';
import type { HistoryRun } from './runs.ts';

export type DayStatus = DueStatus | 'not-due';

/** What happened on one day of the dataset's zone. */
export interface CalendarDay {
  day: string;
  /** Of the worst of its due times: one that fell due late at night counts for its own day, whenever the run ended. */
  status: DayStatus;
  /** Due times that have come. */
  dueCount: number;
  /** Runs that ended on that day, or began on it and never ended. */
  runCount: number;
  /** Whole backups. */
  successCount: number;
  /** Backups in part. */
  warningCount: number;
  /** Runs that failed, never ended, or left something too small. */
  failedCount: number;
  /** Backups that the Pusat Data saw. */
  arrivedCount: number;
  /** Of the last backup of the day. */
  sizeBytes: number | undefined;
}

/**
 * @param days one after the other.
 * @param dueTimes of all these days, in order. @param runs oldest first; those of other days are passed over.
 */
export function calendarOf(
  days: readonly Span[],
  dueTimes: readonly JudgedDue[],
  runs: readonly HistoryRun[],
  minSizeBytes: number,
): CalendarDay[] {
  const dueByDay = split(days, dueTimes, ({ dueAtMs }) => dueAtMs);
  const runsByDay = split(days, runs, ({ atMs }) => atMs);
  return days.map(({ name }, at) => dayOf(name, dueByDay[at] ?? [], runsByDay[at] ?? [], minSizeBytes));
}

function dayOf(
  day: string,
  dueTimes: readonly JudgedDue[],
  runs: readonly HistoryRun[],
  minSizeBytes: number,
): CalendarDay {
  const backups = runs.filter((run) => isBackup(run, minSizeBytes));
  const warningCount = backups.filter(({ outcome }) => outcome === 'warning').length;
  return {
    day,
    status: worstOf(dueTimes.map(({ status }) => status)),
    dueCount: dueTimes.length,
    runCount: runs.length,
    successCount: backups.length - warningCount,
    warningCount,
    failedCount: runs.length - backups.length,
    arrivedCount: backups.filter(({ arrival }) => arrival !== undefined).length,
    sizeBytes: backups.findLast(({ sizeBytes }) => sizeBytes !== undefined)?.sizeBytes,
  };
}

function worstOf(statuses: readonly DueStatus[]): DayStatus {
  const worst = statuses.toSorted((a, b) => dueStatuses.indexOf(b) - dueStatuses.indexOf(a))[0];
  return worst ?? 'not-due';
}

/** What belongs to each span; both lists in order of time. */
export function split<Item>(spans: readonly Span[], items: readonly Item[], timeOf: (item: Item) => number): Item[][] {
  let at = 0;
  return spans.map(({ fromMs, untilMs }) => {
    const own: Item[] = [];
    for (let item = items[at]; item !== undefined && timeOf(item) < untilMs; item = items[at]) {
      if (timeOf(item) >= fromMs) own.push(item);
      at += 1;
    }
    return own;
  });
}
