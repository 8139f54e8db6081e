import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

const middle = () => 0.5;

describe('retryDelayMs', () => {
  it('grows threefold from 5 s to 15 min', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((attemptCount) => retryDelayMs({ attemptCount, retryable: true }, middle));

    expect(delays).toEqual([5_000, 15_000, 45_000, 135_000, 405_000, 900_000, 900_000]);
  });

  it('waits 15 min from the start for what needs a repair', () => {
    expect(retryDelayMs({ attemptCount: 1, retryable: false }, middle)).toBe(900_000);
  });

  it.each([
    [60, 60_000],
    [1, 5_000],
    [86_400, 3_600_000],
    [-5, 5_000],
  ])('with Retry-After %i s waits %i ms', (retryAfterSeconds, delayMs) => {
    expect(retryDelayMs({ attemptCount: 1, retryable: true, retryAfterSeconds }, middle)).toBe(delayMs);
  });

  it('stays within a fifth of the plan, whatever the dice and the count', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (count, dice) => {
          const planned = retryDelayMs({ attemptCount: count, retryable: true }, middle);
          const delayMs = retryDelayMs({ attemptCount: count, retryable: true }, () => dice);

          expect(delayMs).toBeGreaterThanOrEqual(planned * 0.8 - 1);
          expect(delayMs).toBeLessThanOrEqual(planned * 1.2 + 1);
        },
      ),
    );
  });
});
