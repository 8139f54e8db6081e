import { AppError } from '../../shared/errors.ts';
import { oldestAcceptedMs } from './effective-time.ts';

/** How far the clock of a caller may be ahead. */
const toleranceMs = 60_000;

/** The plus of a zone arrives as a space from whoever forgets to encode it, which is nearly everybody. */
const instant =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+ -])(\d{2}):?(\d{2}))$/;
const withoutZone = /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$/;
const epochSeconds = /^\d{1,17}(\.\d{1,9})?$/;

/**
 * When a ping happened by the caller's own word: RFC 3339 with a zone, or seconds since 1970.
 * @returns milliseconds since the epoch; up to a minute after `receivedAtMs`.
 * @throws AppError `bad-time` with the remedy.
 */
export function parsePingTime(text: string, receivedAtMs: number): number {
  if (withoutZone.test(text)) {
    throw badTime('ts has no time zone; add it, as in 2026-11-22T03:00:00+07:00, or send seconds since 1970');
  }
  const atMs = epochSeconds.test(text) ? Math.trunc(Number(text) * 1000) : instantMs(text);
  if (atMs === undefined) {
    throw badTime('ts is no time; write it as 2026-11-22T03:00:00+07:00, or as seconds since 1970');
  }
  if (atMs > receivedAtMs + toleranceMs) {
    const now = new Date(receivedAtMs).toISOString();
    throw badTime(`ts is in the future; here it is ${now}, so check the clock and the time zone of the sender`);
  }
  if (atMs < receivedAtMs - oldestAcceptedMs) throw badTime('ts is more than 400 days ago; it cannot be kept');
  return atMs;
}

function instantMs(text: string): number | undefined {
  const match = instant.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', , sign, zoneHour = 0, zoneMinute = 0] = match;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59 || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const localMs = Date.UTC(Number(year), Number(month) - 1, Number(day), hours, minutes, seconds, ms);
  // 30 February would become a day in March. Years below 100 would become 19xx.
  if (!new Date(localMs).toISOString().startsWith(`${year}-${month}-${day}`)) return undefined;
  const offsetMs = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return sign === '-' ? localMs + offsetMs : localMs - offsetMs;
}

function badTime(message: string): AppError {
  return new AppError('bad-time', message, { status: 400, field: 'ts' });
}
