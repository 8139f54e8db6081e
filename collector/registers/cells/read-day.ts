import { formatZonedRfc3339, localTimeMs } from '../../../shared/local-time.ts';

const months = 'januari februari maret april mei juni juli agustus september oktober november desember'.split(' ');

/** A day that offices write in any of their ways, as `YYYY-MM-DD`; undefined for what is no day. The day comes first. */
export function readDay(given: string | Date): string | undefined {
  if (given instanceof Date) return Number.isNaN(given.getTime()) ? undefined : dayOf(given.toISOString().slice(0, 10));
  const text = given.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso !== null) return dayOf(text);
  const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (numbers !== null) return dayOf(isoDay(numbers[4], numbers[3], numbers[1]));
  const words = /^(\d{1,2}) +([A-Za-z]+) +(\d{4})$/.exec(text);
  const month = months.indexOf(words?.[2]?.toLowerCase() ?? '') + 1;
  return words === null || month === 0 ? undefined : dayOf(isoDay(words[3], String(month), words[1]));
}

/**
 * A time as RFC 3339 to the second with the zone's offset; undefined for what is none. One without a zone, also of a
 * workbook, is what the clocks of the Pemda showed.
 */
export function readTime(given: string | Date, timezone: string): string | undefined {
  const atMs = instantOf(given, timezone);
  if (atMs === undefined || Number.isNaN(atMs)) return undefined;
  const text = formatZonedRfc3339(atMs, timezone);
  return isYear(text) ? text.replace(/\.\d{3}/, '') : undefined;
}

function instantOf(given: string | Date, timezone: string): number | undefined {
  if (given instanceof Date) {
    return Number.isNaN(given.getTime()) ? undefined : localTimeMs(given.toISOString().slice(0, 19), timezone);
  }
  const text = given.trim();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  const parts = /^(.+?)(?:T| +(?:pukul +)?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text);
  const day = readDay(parts?.[1] ?? text);
  if (day === undefined) return undefined;
  const clock = `${(parts?.[2] ?? '0').padStart(2, '0')}:${parts?.[3] ?? '00'}:${parts?.[4] ?? '00'}`;
  return localTimeMs(`${day}T${clock}`, timezone);
}

function isoDay(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The day itself, when it is in the calendar. */
function dayOf(text: string): string | undefined {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return undefined;
  return isYear(text) ? text : undefined;
}

/** A slip of the pen such as 0206 or 20266 is no year. */
function isYear(text: string): boolean {
  return text >= '1900' && text < '2200';
}
