import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quantile, ratioSpread, single, spreadOf } from './statistics.ts';

it('takes the middle of an odd number of values, whatever their order', () => {
  expect(spreadOf([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9, count: 3 });
});

it('takes the mean of the two in the middle of an even number', () => {
  expect(spreadOf([4, 1, 2, 100])).toEqual({ median: 3, min: 1, max: 100, count: 4 });
});

it('has a spread for a single value and none for nothing', () => {
  expect(single(7)).toEqual({ median: 7, min: 7, max: 7, count: 1 });
  expect(() => spreadOf([])).toThrow('A spread needs at least one value.');
});

it('divides round by round, so that a slow minute of the machine cancels out', () => {
  expect(ratioSpread([20, 300, 50], [10, 100, 25])).toEqual({ median: 2, min: 2, max: 3, count: 3 });
  expect(() => ratioSpread([1], [1, 2])).toThrow('Ratios need as many floors as values.');
});

it('finds quantiles by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.99, 1].map((ratio) => quantile(hundred, ratio))).toEqual([50, 99, 100]);
  expect(quantile([3], 0.99)).toBe(3);
  expect(() => quantile([], 0.5)).toThrow('A quantile needs at least one value.');
});

it('keeps the median between the least and the greatest', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(values, (list) => {
      const { median, min, max } = spreadOf(list);
      return min <= median && median <= max;
    }),
  );
});
