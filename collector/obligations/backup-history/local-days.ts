import { zoneOffsetMinutes } from '../../../shared/local-time.ts';

/** A day or a month of the calendar in some zone; `untilMs` no longer belongs to it. */
export interface Span {
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  name: string;
  fromMs: number;
  untilMs: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** No zone is farther from UTC. */
const farthestMs = 15 * 3_600_000;

/** The day that a zone's calendars show at an instant, `YYYY-MM-DD`. */
export function dayAt(atMs: number, timezone: string): string {
  return isoDay(atMs + zoneOffsetMinutes(atMs, timezone) * minuteMs);
}

/**
 * The first instant of a day in a zone, to the minute. Where clocks are moved at midnight that is not 00:00.
 * @param day `YYYY-MM-DD`.
 */
export function dayStartMs(day: string, timezone: string): number {
  const utcMs = Date.parse(`${day}T00:00:00Z`);
  const usualMs = utcMs - zoneOffsetMinutes(utcMs, timezone) * minuteMs;
  if (dayAt(usualMs, timezone) === day && dayAt(usualMs - minuteMs, timezone) < day) return usualMs;
  let before = (utcMs - farthestMs) / minuteMs;
  let after = (utcMs + farthestMs) / minuteMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayAt(middle * minuteMs, timezone) < day) before = middle;
    else after = middle;
  }
  return after * minuteMs;
}

/** Days one after the other, the last one included. */
export function daysBetween(first: string, last: string, timezone: string): Span[] {
  const names: string[] = [];
  for (let atMs = Date.parse(`${first}T00:00:00Z`); isoDay(atMs) <= last; atMs += dayMs) names.push(isoDay(atMs));
  return spansOf(names, dayAfter(last), timezone);
}

/** Months one after the other, the last one included. @param first `YYYY-MM`. */
export function monthsBetween(first: string, last: string, timezone: string): Span[] {
  const names: string[] = [];
  for (let name = first; name <= last; name = monthAfter(name)) names.push(name);
  return spansOf(names, `${monthAfter(last)}-01`, timezone);
}

function spansOf(names: readonly string[], dayAfterLast: string, timezone: string): Span[] {
  const starts = names.map((name) => dayStartMs(name.length === 7 ? `${name}-01` : name, timezone));
  const endMs = dayStartMs(dayAfterLast, timezone);
  return names.map((name, at) => ({ name, fromMs: starts[at] ?? endMs, untilMs: starts[at + 1] ?? endMs }));
}

/** So many days before or after a day. */
export function shiftDay(day: string, byCount: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + byCount * dayMs);
}

function dayAfter(day: string): string {
  return shiftDay(day, 1);
}

function monthAfter(month: string): string {
  return shiftMonth(month, 1);
}

/** So many months before or after a month, `YYYY-MM`. */
export function shiftMonth(month: string, byCount: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + byCount, 1)).toISOString().slice(0, 7);
}

function isoDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
