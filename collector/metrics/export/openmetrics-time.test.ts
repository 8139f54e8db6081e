import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSeconds } from './openmetrics-time.ts';

describe('a moment in OpenMetrics', () => {
  it('is the same millisecond for those who cut off and for those who round', () => {
    const moments = fc.integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, (atMs) => {
        const seconds = Number(formatSeconds(atMs));
        expect([Math.trunc(seconds * 1000), Math.round(seconds * 1000)]).toEqual([atMs, atMs]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('has no more digits than it needs', () => {
    expect(formatSeconds(1_795_662_675_000)).toBe('1795662675.000');
  });
});
