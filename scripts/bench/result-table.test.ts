import { expect, it } from 'vitest';
import type { Figure } from './bench.ts';
import { formatNumber, isMet, resultTable } from './result-table.ts';
import { single, spreadOf } from './statistics.ts';

it.each([
  [0, '0'],
  [0.01234, '0.0123'],
  [2.34567, '2.35'],
  [99.96, '100'],
  [999.4, '999'],
  [1234.6, '1 235'],
  [1234567, '1 234 567'],
  [Number.NaN, '–'],
])('writes %d as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

const ratio = (target: Figure['target']): Figure => ({
  name: 'ratio',
  unit: '×',
  value: spreadOf([1, 2, 9]),
  ...(target && { target }),
});

it('holds the median against the target unless the greatest counts', () => {
  expect(isMet(ratio({ atMost: 2 }))).toBe(true);
  expect(isMet(ratio({ atMost: 1.99 }))).toBe(false);
  expect(isMet(ratio({ atMost: 8, of: 'max' }))).toBe(false);
  expect(isMet(ratio(undefined))).toBeUndefined();
});

it('lines up names, values with their spread, and targets', () => {
  const figures: Figure[] = [
    { name: 'CPU per report', unit: 'µs', value: spreadOf([310.4, 295, 322]), note: 'three rounds' },
    { name: 'lost', unit: 'reports', value: single(0), target: { atMost: 0 } },
    { name: 'block', unit: 'ms', value: single(61), target: { atMost: 50 } },
  ];
  expect(resultTable(figures)).toEqual([
    '  CPU per report  310 [295..322] µs',
    '      three rounds',
    '  lost            0 reports          ≤ 0 met',
    '  block           61 ms              ≤ 50 MISSED',
  ]);
});
