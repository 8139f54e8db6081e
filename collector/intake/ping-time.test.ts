import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { parsePingTime } from './ping-time.ts';

const receivedAtMs = Date.parse('2026-11-22T03:00:00Z');

function refusal(text: string): string {
  try {
    return new Date(parsePingTime(text, receivedAtMs)).toISOString();
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-time' && error.status === 400) return error.message;
    throw error;
  }
}

const noTime = 'ts is no time; write it as 2026-11-22T03:00:00+07:00, or as seconds since 1970';
const noZone = 'ts has no time zone; add it, as in 2026-11-22T03:00:00+07:00, or send seconds since 1970';
const future =
  'ts is in the future; here it is 2026-11-22T03:00:00.000Z, so check the clock and the time zone of the sender';
const old = 'ts is more than 400 days ago; it cannot be kept';

describe('the time of a ping', () => {
  it.each([
    ['2026-11-22T02:00:00Z', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22t02:00:00z', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22 02:00:00Z', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T09:00:00+07:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T11:00:00+09:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-21T22:30:00-03:30', '2026-11-22T02:00:00.000Z'],
    // As `date +%FT%T%z` writes it.
    ['2026-11-22T09:00:00+0700', '2026-11-22T02:00:00.000Z'],
    // As a plus arrives that was not encoded.
    ['2026-11-22T09:00:00 07:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T02:00:00.123456789Z', '2026-11-22T02:00:00.123Z'],
    ['2026-11-22T02:00:00.5Z', '2026-11-22T02:00:00.500Z'],
    ['2026-02-28T23:59:59Z', '2026-02-28T23:59:59.000Z'],
    [String(receivedAtMs / 1000 - 3600), '2026-11-22T02:00:00.000Z'],
    [`${receivedAtMs / 1000 - 3600}.25`, '2026-11-22T02:00:00.250Z'],
    ['2026-11-22T03:01:00Z', '2026-11-22T03:01:00.000Z'],
    ['2025-10-18T03:00:00Z', '2025-10-18T03:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(refusal(text)).toBe(instant);
  });

  it.each([
    ['', noTime],
    ['now', noTime],
    ['-5', noTime],
    ['1e9', noTime],
    ['0x10', noTime],
    ['2026-13-01T00:00:00Z', noTime],
    ['2026-02-30T00:00:00Z', noTime],
    ['2026-11-22T24:00:00Z', noTime],
    ['2026-11-22T02:60:00Z', noTime],
    ['2026-11-22T02:00:60Z', noTime],
    ['2026-11-22T02:00Z', noTime],
    ['2026-11-22T02:00:00+24:00', noTime],
    ['2026-11-22T02:00:00+07', noTime],
    ['2026-11-22T02:00:00ZZ', noTime],
    ['2026-11-22T02:00:00', noZone],
    ['2026-11-22 02:00:00.5', noZone],
    ['2026-11-22T02:00', noZone],
    ['2026-11-22', noZone],
    ['2026-11-22T03:01:01Z', future],
    ['2026-11-22T03:00:00-07:00', future],
    [String(receivedAtMs), future],
    ['99999999999999999', future],
    ['2025-10-18T02:59:59Z', old],
    ['0', old],
    ['0001-01-01T00:00:00Z', noTime],
  ])('"%s" is refused with the remedy', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('is the same moment in whatever zone it is written', () => {
    const agoSeconds = fc.integer({ min: 0, max: 400 * 86_400 });
    const offsetMinutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(agoSeconds, offsetMinutes, (ago, offset) => {
        const atMs = receivedAtMs - ago * 1000;
        const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;

        expect(parsePingTime(`${local}${zone}`, receivedAtMs)).toBe(atMs);
        expect(parsePingTime(String(atMs / 1000), receivedAtMs)).toBe(atMs);
      }),
    );
  });

  it('is a moment within the bounds or a refusal, whatever is written', () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^[\d:.TtZz +-]{0,40}$/));
    fc.assert(
      fc.property(anything, (text) => {
        const outcome = refusal(text);
        if (/^\d{4}-.*Z$/.test(outcome)) expect(Date.parse(outcome)).toBeLessThanOrEqual(receivedAtMs + 60_000);
      }),
    );
  });
});
