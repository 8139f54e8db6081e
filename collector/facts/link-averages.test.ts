import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAverages, noAverages } from './link-averages.ts';

const round = (roundTripSeconds: number, lossRatio = 0) => ({ isUp: true, roundTripSeconds, lossRatio });
const silentRound = { isUp: false, lossRatio: 1 };

describe('the averages of a link', () => {
  it('are the plain mean of the first ten rounds', () => {
    const averages = [1, 2, 3, 4].map((value) => round(value, value / 10)).reduce(nextAverages, noAverages);

    expect(averages.roundCount).toBe(4);
    expect(averages.roundTripSeconds).toBeCloseTo(2.5);
    expect(averages.lossRatio).toBeCloseTo(0.25);
  });

  it('follow a change that lasts, and shrug at one slow round', () => {
    const steady = Array.from({ length: 30 }, () => round(0.01)).reduce(nextAverages, noAverages);

    expect(nextAverages(steady, round(1)).roundTripSeconds).toBeCloseTo(0.109);
    expect(Array.from({ length: 30 }, () => round(1)).reduce(nextAverages, steady).roundTripSeconds).toBeGreaterThan(
      0.9,
    );
  });

  it('leave silent rounds out: that is an outage, not a loss', () => {
    const before = nextAverages(noAverages, round(0.01, 0.2));

    expect(nextAverages(before, silentRound)).toEqual(before);
  });

  it('never leave the range of what was measured', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const { lossRatio = -1 } = values.map((value) => round(value, value)).reduce(nextAverages, noAverages);

        expect(lossRatio).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(lossRatio).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});
