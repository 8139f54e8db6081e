import type { MonthlySettings } from '../../config/reports-schema.ts';
import { dayAt, shiftMonth } from '../../obligations/backup-history/local-days.ts';
import { localTimeMs } from '../../../shared/local-time.ts';

/** When reports are due, and of which month each tells. */
export interface DueReport {
  /** `2026-10` */
  month: string;
  atMs: number;
}

/** The moments of a month at which the month before is told, in order. */
function duesOf(month: string, { days, time }: MonthlySettings, timezone: string): DueReport[] {
  return days
    .toSorted((a, b) => a - b)
    .flatMap((day) => {
      const atMs = localTimeMs(`${month}-${String(day).padStart(2, '0')}T${time}`, timezone);
      return atMs === undefined ? [] : [{ month: shiftMonth(month, -1), atMs }];
    });
}

/** The last due moment up to an instant, and the first after it; pure. */
export function duesAround(
  nowMs: number,
  settings: MonthlySettings,
  timezone: string,
): { last: DueReport | undefined; next: DueReport | undefined } {
  const present = dayAt(nowMs, timezone).slice(0, 7);
  const all = [-1, 0, 1].flatMap((shift) => duesOf(shiftMonth(present, shift), settings, timezone));
  return { last: all.findLast(({ atMs }) => atMs <= nowMs), next: all.find(({ atMs }) => atMs > nowMs) };
}

/** So many months that were missed are made up at most. */
const mostMissed = 12;

/** What fell due after an instant and up to another, the oldest first; each month once, at its last due moment; pure. */
export function duesSince(sinceMs: number, nowMs: number, settings: MonthlySettings, timezone: string): DueReport[] {
  const present = dayAt(nowMs, timezone).slice(0, 7);
  const mostCount = Math.min(mostMissed, settings.keepMonths);
  const all = Array.from({ length: mostCount + 1 }, (_, at) => shiftMonth(present, at - mostCount))
    .flatMap((month) => duesOf(month, settings, timezone))
    .filter(({ atMs }) => atMs > sinceMs && atMs <= nowMs);
  return all.filter(({ month }, at) => all[at + 1]?.month !== month).slice(-mostCount);
}
