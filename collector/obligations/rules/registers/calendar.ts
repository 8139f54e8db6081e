import { dayStartMs, shiftDay } from '../../backup-history/local-days.ts';

export { dayStartMs, shiftDay };

/** The same day so many years later; the 29th of February is the 28th where there is none. @param day `YYYY-MM-DD` */
export function addYears(day: string, count: number): string {
  const year = String(Number(day.slice(0, 4)) + count).padStart(4, '0');
  const rest = day.slice(4);
  const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
  return rest === '-02-29' && !isLeap ? `${year}-02-28` : `${year}${rest}`;
}

/** The day in the middle of two. */
export function middleDay(first: string, last: string): string {
  return shiftDay(first, Math.floor((Date.parse(last) - Date.parse(first)) / 86_400_000 / 2));
}

/** When the earliest of these days that is still to come begins; undefined when none is. */
export function nextStartMs(
  days: readonly (string | undefined)[],
  { today, timezone }: { today: string; timezone: string },
): number | undefined {
  const next = days.filter((day): day is string => day !== undefined && day > today).toSorted()[0];
  return next === undefined ? undefined : dayStartMs(next, timezone);
}
