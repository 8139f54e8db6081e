import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLatencyHistogram } from './latency-histogram.ts';

it('tells quantiles to within two percent of a sorted list', () => {
  const durations = fc.array(fc.double({ min: 0.1, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.9, 0.99, 1), (durationsMs, ratio) => {
      const histogram = createLatencyHistogram();
      for (const durationMs of durationsMs) histogram.add(durationMs);
      const exactMs = durationsMs.toSorted((a, b) => a - b)[Math.ceil(durationsMs.length * ratio) - 1] ?? 0;
      const toldMs = histogram.quantileMs(ratio) ?? 0;
      expect(toldMs).toBeGreaterThanOrEqual(exactMs * 0.9999);
      expect(toldMs).toBeLessThanOrEqual(exactMs * 1.0201);
    }),
  );
});

it('tells nothing when it was given nothing', () => {
  const histogram = createLatencyHistogram();
  histogram.add(5);
  histogram.clear();
  expect(histogram.quantileMs(0.5)).toBeUndefined();
});
