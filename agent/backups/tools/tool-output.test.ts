import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, hexIdOf, instantOf, instantOfSeconds, lastLineOf } from './tool-output.ts';

describe('careful reading', () => {
  it.each([
    ['2026-11-25T21:47:11.276921474Z', '2026-11-25T21:47:11.276Z'],
    ['2026-11-25T21:47:11+09:00', '2026-11-25T12:47:11.000Z'],
    ['2026-02-30T00:00:00Z', '2026-03-02T00:00:00.000Z'],
    ['2026-11-25T21:47:11', undefined],
    ['2026-11-25T25:00:00Z', undefined],
    ['2026-11-25', undefined],
    ['1', undefined],
    [`2026-11-25T21:47:11.${'0'.repeat(100)}Z`, undefined],
    [7, undefined],
    [null, undefined],
  ])('takes the moment %j for %j', (value, expected) => {
    expect(instantOf(value)).toBe(expected);
  });

  it('puts a time without a zone into the zone that is assumed', () => {
    expect(instantOf('2026-11-25T21:47:11.000000', 'Z')).toBe('2026-11-25T21:47:11.000Z');
    expect(instantOf('2026-11-25T21:47:11.000000+09:00', 'Z')).toBe('2026-11-25T12:47:11.000Z');
  });

  it.each([
    [1_795_644_052, '2026-11-25T22:00:52.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1e12, undefined],
    [-1e12, undefined],
    [Number.NaN, undefined],
    ['1795644052', undefined],
  ])('takes %j seconds for %j', (value, expected) => {
    expect(instantOfSeconds(value)).toBe(expected);
  });

  it('gives only moments that a report can carry', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.maxSafeInteger()), (value) => {
        expect(instantOfSeconds(value) ?? '2026-01-01T00:00:00.000Z').toMatch(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
        );
      }),
    );
  });

  it('takes no count that is not whole, not safe or below zero', () => {
    expect([0, 7, 2 ** 53 - 1].map(countOf)).toEqual([0, 7, 2 ** 53 - 1]);
    expect([-1, 1.5, 2 ** 53, Number.NaN, Infinity, '7', null].map(countOf)).toEqual(Array(7).fill(undefined));
  });

  it('takes no id but 64 hexadecimal digits', () => {
    expect(hexIdOf('ab'.repeat(32))).toBe('ab'.repeat(32));
    expect(['AB'.repeat(32), 'ab', `${'ab'.repeat(32)}\n`, 7].map(hexIdOf)).toEqual(Array(4).fill(undefined));
  });

  it('finds the last line with something in it', () => {
    expect(['', 'a', 'a\nb\n\n', '\n \n'].map(lastLineOf)).toEqual(['', 'a', 'b', '']);
  });
});
