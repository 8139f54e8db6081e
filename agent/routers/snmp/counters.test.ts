import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CounterSample, type CounterState, growthOf, nextCounters } from './counters.ts';

const hundredMegabit = 100_000_000;

function sample(atSeconds: number, more: Partial<CounterSample>): CounterSample {
  return { index: 1, atMs: atSeconds * 1000, counts: {}, counterBits: 64, restartCount: 0, ...more };
}

/** The second of two samples, taken a minute later, beside the first. */
function pair(first: Partial<CounterSample>, second: Partial<CounterSample>): [CounterState, CounterState] {
  const before = nextCounters(undefined, sample(0, first), 1);
  return [before, nextCounters(before, sample(60, second), 2)];
}

const octets = (receiveBytes: bigint, transmitBytes = 0n) => ({ counts: { receiveBytes, transmitBytes } });

describe('counters of an interface', () => {
  it('are told as the device tells them at first sight', () => {
    const state = nextCounters(undefined, sample(0, octets(5000n, 7n)), 9);

    expect(state).toMatchObject({ epoch: 9, totals: { receiveBytes: 5000, transmitBytes: 7 } });
  });

  it('grow within an epoch', () => {
    const [before, now] = pair(octets(5000n), octets(5800n));

    expect(now.epoch).toBe(1);
    expect(growthOf(before, now, 'receiveBytes')).toBe(800);
  });

  it('of 32 bits go round without a gap', () => {
    const old = { counterBits: 32 as const, speedBitsPerSecond: hundredMegabit };
    const [before, now] = pair({ ...old, ...octets(2n ** 32n - 1000n, 10n) }, { ...old, ...octets(500n, 20n) });

    expect(now.epoch).toBe(1);
    expect(growthOf(before, now, 'receiveBytes')).toBe(1500);
    expect(now.totals.receiveBytes).toBe(2 ** 32 + 500);
  });

  it.each<[string, Partial<CounterSample>, Partial<CounterSample>]>([
    ['a start of the device', octets(5000n), { ...octets(6000n), restartCount: 1 }],
    ['another index', octets(5000n), { ...octets(6000n), index: 2 }],
    ['a discontinuity that it tells', { ...octets(5000n), discontinuity: 0 }, { ...octets(6000n), discontinuity: 99 }],
    ['a count of 64 bits that went back', octets(5000n), octets(10n)],
    ['a change from 64 to 32 bits', octets(5000n), { ...octets(6000n), counterBits: 32 }],
    ['a counter that is gone', octets(5000n, 4n), { counts: { receiveBytes: 6000n } }],
    ['a growth that no line carries', octets(5000n), octets(2n ** 60n)],
    [
      'two counts of 32 bits that went back together',
      { counterBits: 32, ...octets(2n ** 32n - 9n, 5000n) },
      { counterBits: 32, ...octets(20n, 30n) },
    ],
    [
      'a count of 32 bits that went back further than the line carries in the time',
      { counterBits: 32, speedBitsPerSecond: hundredMegabit, ...octets(2n ** 31n) },
      { counterBits: 32, speedBitsPerSecond: hundredMegabit, ...octets(20n) },
    ],
    [
      'a count of 32 bits that may have gone round unseen',
      { counterBits: 32, speedBitsPerSecond: 1e9, ...octets(100n) },
      { counterBits: 32, speedBitsPerSecond: 1e9, ...octets(200n) },
    ],
    [
      'a count that went back together with its errors',
      { counterBits: 32, counts: { receiveBytes: 2n ** 32n - 5n, receiveErrors: 12n } },
      { counterBits: 32, counts: { receiveBytes: 5n, receiveErrors: 0n } },
    ],
  ])('begin a new epoch, and tell no growth, after %s', (_, first, second) => {
    const [before, now] = pair(first, second);

    expect(now.epoch).toBe(2);
    expect(growthOf(before, now, 'receiveBytes')).toBeUndefined();
  });

  it('of errors that go back stay where they were and break nothing', () => {
    const [before, now] = pair(
      { counts: { receiveBytes: 10n, transmitBytes: 0n, receiveErrors: 12n } },
      { counts: { receiveBytes: 20n, transmitBytes: 0n, receiveErrors: 3n } },
    );

    expect(now).toMatchObject({ epoch: 1, totals: { receiveBytes: 20, receiveErrors: 12 } });
    expect(growthOf(before, now, 'receiveBytes')).toBe(10);
  });

  it('begin at zero when no number can hold them', () => {
    const state = nextCounters(undefined, sample(0, octets(2n ** 63n)), 1);

    expect(state.totals.receiveBytes).toBe(0);
    expect(growthOf(state, nextCounters(state, sample(60, octets(2n ** 63n + 7n)), 2), 'receiveBytes')).toBe(7);
  });
});

describe('counters over many readings', () => {
  const mostBytes = (hundredMegabit / 8) * 60;
  const step = fc.record({
    receive: fc.integer({ min: 0, max: mostBytes }),
    transmit: fc.integer({ min: 0, max: mostBytes }),
    restart: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  });

  it.each([32, 64] as const)('of %i bits tell exactly what was carried, or nothing', (counterBits) => {
    const start = fc.bigInt({ min: 0n, max: 2n ** BigInt(counterBits) - 1n });
    fc.assert(
      fc.property(start, start, fc.array(step, { maxLength: 60 }), (receiveBytes, transmitBytes, steps) => {
        let carried = { receiveBytes, transmitBytes };
        let restartCount = 0;
        const seen = (atSeconds: number) =>
          sample(atSeconds, {
            counterBits,
            restartCount,
            speedBitsPerSecond: hundredMegabit,
            counts: {
              receiveBytes: BigInt.asUintN(counterBits, carried.receiveBytes),
              transmitBytes: BigInt.asUintN(counterBits, carried.transmitBytes),
            },
          });
        let state = nextCounters(undefined, seen(0), 1);
        for (const [place, { receive, transmit, restart }] of steps.entries()) {
          if (restart) restartCount++;
          carried = restart
            ? { receiveBytes: BigInt(receive), transmitBytes: BigInt(transmit) }
            : {
                receiveBytes: carried.receiveBytes + BigInt(receive),
                transmitBytes: carried.transmitBytes + BigInt(transmit),
              };
          const next = nextCounters(state, seen((place + 1) * 60), state.epoch + 1);
          const growth = growthOf(state, next, 'receiveBytes');
          if (restart) expect(growth).toBeUndefined();
          else expect([receive, undefined]).toContain(growth);
          expect(next.epoch === state.epoch).toBe(growth !== undefined);
          state = next;
        }
      }),
    );
  });

  it('never tell more than the line carries, whatever the device says', () => {
    const bits = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
    fc.assert(
      fc.property(fc.array(fc.tuple(bits, bits), { minLength: 2, maxLength: 30 }), (readings) => {
        let state: CounterState | undefined;
        for (const [place, [receiveBytes, transmitBytes]] of readings.entries()) {
          const now = sample(place * 60, {
            counterBits: 32,
            speedBitsPerSecond: hundredMegabit,
            counts: { receiveBytes, transmitBytes },
          });
          const next = nextCounters(state, now, place + 1);
          const growth = growthOf(state, next, 'receiveBytes') ?? 0;
          // Forward the device is believed, back only as far as the line can have carried.
          const wentBack = state !== undefined && receiveBytes < (state.counts.receiveBytes ?? 0n);
          expect(growth).toBeLessThanOrEqual(wentBack ? mostBytes * 1.1 + 65_536 : 2 ** 32);
          expect(growth).toBeGreaterThanOrEqual(0);
          state = next;
        }
      }),
    );
  });
});
