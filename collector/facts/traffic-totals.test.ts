import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addGrowth, emptyTrafficHour, hourMs, slotMs, type TrafficHour } from './traffic-hour.ts';
import { percentile95, slotsIn, sumOf, totalsOf } from './traffic-totals.ts';

const dayMs = 24 * hourMs;
const fromMs = Date.parse('2026-11-22T00:00:00Z');

/** A day in which slot number n ran at `rate(n)` bytes a second. */
function dayOf(rate: (slot: number) => number | undefined): { startsAtMs: number; hour: TrafficHour }[] {
  return Array.from({ length: 24 }, (_, index) => {
    const startsAtMs = fromMs + index * hourMs;
    const hour = emptyTrafficHour();
    for (let slot = 0; slot < 12; slot += 1) {
      const bytesPerSecond = rate(index * 12 + slot);
      if (bytesPerSecond === undefined) continue;
      const at = startsAtMs + slot * slotMs;
      const bytes = bytesPerSecond * 300;
      addGrowth(hour, startsAtMs, { fromMs: at, untilMs: at + slotMs, downBytes: bytes, upBytes: bytes / 10 });
    }
    return { startsAtMs, hour };
  });
}

const approval = { downBytesPerSecond: 1000, upBytesPerSecond: 1000 };
const totals = (hours: ReturnType<typeof dayOf>) =>
  totalsOf(hours, { fromMs, untilMs: fromMs + dayMs }, { approval, saturatedFrom: 0.95 });

describe('the traffic of a day', () => {
  it('has a percentile that the fullest twentieth of the day does not touch', () => {
    // 288 slots: the 274th in order is the one that 95 of 100 do not exceed.
    expect(totals(dayOf((slot) => (slot < 14 ? 900 : 100))).p95Down).toBe(100);
    expect(totals(dayOf((slot) => (slot < 15 ? 900 : 100))).p95Down).toBe(900);
  });

  it('counts the time in which the line was full, by either direction', () => {
    expect(totals(dayOf((slot) => (slot < 6 ? 950 : 949))).saturatedSeconds).toBe(6 * 300);
    const withoutApproval = { approval: undefined, saturatedFrom: 0.95 };
    const span = { fromMs, untilMs: fromMs + dayMs };
    expect(
      totalsOf(
        dayOf(() => 950),
        span,
        withoutApproval,
      ).saturatedSeconds,
    ).toBeUndefined();
  });

  it('rests on what was measured only: what is missing is neither zero nor an average', () => {
    const half = totals(dayOf((slot) => (slot % 2 === 0 ? 200 : undefined)));

    expect(half).toMatchObject({ slotCount: 144, coveredSeconds: 43_200, p95Down: 200, meanDown: 200, meanUp: 20 });
    expect(totals([])).toMatchObject({ slotCount: 0, p95Down: undefined, meanDown: undefined, coveredSeconds: 0 });
  });

  it('leaves out slots of which less than half was measured', () => {
    const hour = emptyTrafficHour();
    addGrowth(hour, fromMs, { fromMs, untilMs: fromMs + slotMs / 2 - 1, downBytes: 1e6, upBytes: 0 });
    addGrowth(hour, fromMs, { fromMs: fromMs + slotMs, untilMs: fromMs + 1.5 * slotMs, downBytes: 150, upBytes: 0 });

    expect(slotsIn([{ startsAtMs: fromMs, hour }], fromMs, fromMs + hourMs)).toEqual([
      { startsAtMs: fromMs + slotMs, downBytesPerSecond: 1, upBytesPerSecond: 0 },
    ]);
  });

  it('adds up the interfaces that carry the site together', () => {
    const [main, spare] = [dayOf(() => 300)[0]?.hour, dayOf(() => 20)[0]?.hour];
    const both = sumOf([main, spare].filter((hour) => hour !== undefined));

    expect(both?.downBytes[0]).toBe(320 * 300);
    expect(both?.coveredMs[0]).toBe(slotMs);
    expect(both?.peakDownBytesPerSecond).toBe(320);
  });
});

it('agrees with the definition of the percentile: the least value that 95 of 100 do not exceed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 400 }), (values) => {
      const least = values
        .toSorted((a, b) => a - b)
        .find((value) => values.filter((each) => each <= value).length >= 0.95 * values.length);
      expect(percentile95(values)).toBe(least);
    }),
  );
  expect(percentile95([])).toBeUndefined();
});
