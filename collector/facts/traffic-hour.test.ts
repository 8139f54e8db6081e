import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addGrowth,
  emptyTrafficHour,
  hourMs,
  hoursOf,
  isUsable,
  slotMs,
  type TrafficGrowth,
  type TrafficHour,
} from './traffic-hour.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;

const growth = (fromMinute: number, untilMinute: number, downBytes: number, upBytes = 0): TrafficGrowth => ({
  fromMs: startsAtMs + fromMinute * minuteMs,
  untilMs: startsAtMs + untilMinute * minuteMs,
  downBytes,
  upBytes,
});

function hourAfter(growths: readonly TrafficGrowth[], hourStartsAtMs = startsAtMs): TrafficHour {
  const hour = emptyTrafficHour();
  for (const each of growths) {
    if (hoursOf(each).includes(hourStartsAtMs)) addGrowth(hour, hourStartsAtMs, each);
  }
  return hour;
}

describe('the traffic of an hour', () => {
  it('puts the bytes between two readings into their slot, with the time that was measured', () => {
    const hour = hourAfter([growth(5, 6, 6000, 600), growth(6, 7, 3000, 300)]);

    expect(hour.downBytes).toEqual([0, 9000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(hour.upBytes[1]).toBe(900);
    expect(hour.coveredMs[1]).toBe(2 * minuteMs);
    expect([hour.peakDownBytesPerSecond, hour.peakUpBytesPerSecond]).toEqual([100, 10]);
  });

  it('spreads what flowed across a border of slots and of hours', () => {
    const across = growth(-1, 6, 7000);

    expect(hoursOf(across)).toEqual([startsAtMs - hourMs, startsAtMs]);
    expect(hourAfter([across]).downBytes.slice(0, 3)).toEqual([5000, 1000, 0]);
    expect(hourAfter([across], startsAtMs - hourMs).downBytes.at(-1)).toBe(1000);
  });

  it('takes readings that are too far apart, or in the wrong order, for a gap', () => {
    expect(isUsable(growth(0, 60, 1))).toBe(true);
    expect(isUsable(growth(0, 61, 1))).toBe(false);
    expect(isUsable(growth(5, 5, 1))).toBe(false);
    expect(isUsable(growth(6, 5, 1))).toBe(false);
  });

  const growths = fc.array(
    fc.record({
      fromMs: fc.integer({ min: startsAtMs - hourMs, max: startsAtMs + 2 * hourMs }),
      lengthMs: fc.integer({ min: 1, max: hourMs }),
      downBytes: fc.integer({ min: 0, max: 1e12 }),
      upBytes: fc.integer({ min: 0, max: 1e12 }),
    }),
    { maxLength: 30 },
  );
  const made = growths.map((rows) => rows.map(({ lengthMs, ...row }) => ({ ...row, untilMs: row.fromMs + lengthMs })));

  it('is the same in whatever order the readings come', () => {
    fc.assert(
      fc.property(made, fc.infiniteStream(fc.nat()), (rows, numbers) => {
        const shuffled = rows
          .map((row) => ({ row, key: numbers.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ row }) => row);
        expect(hourAfter(shuffled)).toEqual(hourAfter(rows));
      }),
    );
  });

  it('neither loses nor invents a byte or a moment, whatever borders a growth crosses', () => {
    fc.assert(
      fc.property(made, (rows) => {
        for (const row of rows) {
          const hours = hoursOf(row).map((hour) => hourAfter([row], hour));
          const sum = (read: (hour: TrafficHour) => number[]) => hours.flatMap(read).reduce((a, b) => a + b, 0);
          expect(sum((hour) => hour.downBytes)).toBe(row.downBytes);
          expect(sum((hour) => hour.upBytes)).toBe(row.upBytes);
          expect(sum((hour) => hour.coveredMs)).toBe(row.untilMs - row.fromMs);
          expect(Math.max(...hours.flatMap((hour) => hour.coveredMs))).toBeLessThanOrEqual(slotMs);
        }
      }),
    );
  });
});
