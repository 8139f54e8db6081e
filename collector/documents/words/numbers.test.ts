import { describe, expect, it } from 'vitest';
import { bandwidthInWords, numberInWords, percentInWords, sizeInWords } from './numbers.ts';

describe('numbers', () => {
  it('are written as in Indonesian, and as in English', () => {
    expect([numberInWords(1234.5, 'id'), numberInWords(1234.5, 'en')]).toEqual(['1.234,5', '1,234.5']);
    expect([numberInWords(7, 'id'), numberInWords(0.126, 'id', 2), numberInWords(-3.25, 'id', 2)]).toEqual([
      '7',
      '0,13',
      '-3,25',
    ]);
  });

  it.each([
    [0.9952, '99,52%'],
    [1, '100%'],
    [0, '0%'],
    [0.999_999_9, '99,99%'],
    [0.000_001, '0,01%'],
    [0.5, '50%'],
    [0.943, '94,30%'],
  ])('the share %d is %s: what is not whole is never called so', (ratio, text) => {
    expect(percentInWords(ratio, 'id')).toBe(text);
  });

  it('sizes and bandwidths have the digits that matter', () => {
    expect([999, 1000, 12_345_678, 123_456_789, 2e15, 1e19].map((size) => sizeInWords(size, 'id'))).toEqual([
      '999 B',
      '1 KB',
      '12,3 MB',
      '123 MB',
      '2 PB',
      '10.000 PB',
    ]);
    expect([bandwidthInWords(2_345_678, 'id'), bandwidthInWords(20_000_000, 'en')]).toEqual(['2,35 Mbps', '20 Mbps']);
  });
});
