import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, daysBetween, dayStartMs, monthsBetween, shiftDay, shiftMonth } from './local-days.ts';

const at = (text: string) => Date.parse(text);

describe('days of a zone', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-22', '2026-11-21T17:00:00Z'],
    ['Asia/Jayapura', '2026-01-01', '2025-12-31T15:00:00Z'],
    ['UTC', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['Asia/Kathmandu', '2026-11-22', '2026-11-21T18:15:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00Z'],
    // Clocks go forward at midnight: the day begins at 01:00.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-22', '2026-11-21T10:00:00Z'],
    ['Pacific/Pago_Pago', '2026-11-22', '2026-11-22T11:00:00Z'],
  ])('begin in %s on %s at %s', (timezone, day, start) => {
    expect(new Date(dayStartMs(day, timezone)).toISOString()).toBe(new Date(at(start)).toISOString());
    expect(dayAt(at(start), timezone)).toBe(day);
    expect(dayAt(at(start) - 1, timezone)).toBe(shiftDay(day, -1));
  });

  it('follow each other over leap day, month end and a change of clocks', () => {
    const leap = daysBetween('2024-02-28', '2024-03-01', 'Asia/Jakarta');
    const lengths = daysBetween('2026-03-07', '2026-03-09', 'America/New_York');

    expect(leap.map(({ name }) => name)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(lengths.map(({ fromMs, untilMs }) => (untilMs - fromMs) / 3_600_000)).toEqual([24, 23, 24]);
    expect(daysBetween('2026-03-09', '2026-03-08', 'UTC')).toEqual([]);
  });

  it('make months, over the turn of a year', () => {
    const months = monthsBetween('2025-12', '2026-02', 'Asia/Makassar');

    expect(months.map(({ name, fromMs }) => [name, new Date(fromMs).toISOString()])).toEqual([
      ['2025-12', '2025-11-30T16:00:00.000Z'],
      ['2026-01', '2025-12-31T16:00:00.000Z'],
      ['2026-02', '2026-01-31T16:00:00.000Z'],
    ]);
    expect(months.at(-1)?.untilMs).toBe(at('2026-02-28T16:00:00Z'));
    expect([shiftMonth('2026-01', -1), shiftMonth('2024-12', 3)]).toEqual(['2025-12', '2025-03']);
  });

  it('leave no instant out and none to two days, in any zone', () => {
    const zones = fc.constantFrom(
      'Asia/Jakarta',
      'America/New_York',
      'Africa/Cairo',
      'Europe/Lisbon',
      'Australia/Lord_Howe',
    );
    const instants = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 0, max: 40 }), (timezone, atMs, dayCount) => {
        const first = dayAt(atMs, timezone);
        const days = daysBetween(first, shiftDay(first, dayCount), timezone);

        expect(days).toHaveLength(dayCount + 1);
        expect(days[0]?.fromMs).toBeLessThanOrEqual(atMs);
        expect(days[0]?.untilMs).toBeGreaterThan(atMs);
        for (const [place, { name, fromMs, untilMs }] of days.entries()) {
          expect([dayAt(fromMs, timezone), dayAt(untilMs - 1, timezone)]).toEqual([name, name]);
          expect(days[place + 1]?.fromMs ?? untilMs).toBe(untilMs);
        }
      }),
      { numRuns: 60 },
    );
  });
});
