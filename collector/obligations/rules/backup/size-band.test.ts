import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeBand } from './size-band.ts';

const params = { learnCount: 3, recentCount: 10, madFactor: 3, lowRatio: 0.8, highRatio: 1.5 };

describe('the usual size', () => {
  it('is not known before there are enough backups', () => {
    expect(sizeBand([100, 100], params)).toBeUndefined();
    expect(sizeBand([], { ...params, learnCount: 0 })).toBeUndefined();
  });

  it('is 80 % to 150 % of the median where sizes hardly vary', () => {
    expect(sizeBand([100, 101, 99, 100], params)).toEqual({ medianBytes: 100, leastBytes: 80, mostBytes: 150 });
  });

  it('is wider where sizes vary a lot', () => {
    // Deviations from the median 100: 0, 0, 40, 50, 60; their median is 40.
    expect(sizeBand([100, 100, 60, 150, 160], params)).toEqual({ medianBytes: 100, leastBytes: -20, mostBytes: 220 });
  });

  it('follows the newest backups and forgets the old', () => {
    const band = sizeBand([...Array<number>(10).fill(1000), ...Array<number>(50).fill(10)], params);

    expect(band?.medianBytes).toBe(1000);
  });

  it('is not moved by one odd backup among many', () => {
    expect(sizeBand([100, 100, 0, 100, 100], params)).toEqual({ medianBytes: 100, leastBytes: 80, mostBytes: 150 });
  });

  it('holds its median, and is never narrower than the percentages', () => {
    const sizes = fc.array(fc.nat({ max: 2 ** 50 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (list) => {
        const band = sizeBand(list, params);
        if (band === undefined) throw new Error('three sizes are enough');
        expect(band.leastBytes).toBeLessThanOrEqual(band.medianBytes * 0.8);
        expect(band.mostBytes).toBeGreaterThanOrEqual(band.medianBytes * 1.5);
      }),
    );
  });
});
