import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanReason, cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    { name: 'keeps plain text', text: 'ext4', expected: 'ext4' },
    { name: 'replaces an escape sequence', text: '\u001b[31mred', expected: '\uFFFD[31mred' },
    {
      name: 'replaces newline, tab, NUL and delete',
      text: 'a\nb\tc\0d\u007f',
      expected: 'a\uFFFDb\uFFFDc\uFFFDd\uFFFD',
    },
    { name: 'replaces the C1 control characters', text: 'a\u009bb', expected: 'a\uFFFDb' },
    { name: 'replaces half a surrogate pair', text: 'a\ud83db', expected: 'a\uFFFDb' },
    { name: 'cuts to the limit', text: '1234567890X', expected: '1234567890' },
    { name: 'does not cut a surrogate pair in two', text: '123456789😀', expected: '123456789' },
  ])('$name', ({ text, expected }) => {
    expect(cleanText(text, 10)).toBe(expected);
  });

  it('has nothing to say about an empty text', () => {
    expect(cleanText('', 10)).toBeUndefined();
    expect(cleanReason('')).toBe('unknown');
  });

  it('never exceeds the limit and never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, maxLength) => {
        const clean = cleanText(text, maxLength) ?? 'x';
        expect(clean.length).toBeGreaterThan(0);
        expect(clean.length).toBeLessThanOrEqual(maxLength);
        // oxlint-disable-next-line no-control-regex -- these are what must be gone
        expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });
});
