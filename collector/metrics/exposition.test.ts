import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLabel, formatSample } from './exposition.ts';
/** Reads a label's text back as Prometheus does. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_whole, letter: string) => (letter === 'n' ? '\n' : letter));
}

describe('the text format', () => {
  it.each([
    ['a quote', 'a"b', String.raw`a\"b`],
    ['a backslash', String.raw`C:\new`, String.raw`C:\\new`],
    ['a line break', 'a\nb', String.raw`a\nb`],
    ['an end of the labels', 'x"} 1\npantau_node_up{node="y', String.raw`x\"} 1\npantau_node_up{node=\"y`],
    ['letters of any script', 'Ruang Kadis ☎ 情報', 'Ruang Kadis ☎ 情報'],
  ])('escapes %s', (_name, text, escaped) => {
    expect(formatSample('pantau_x', { labels: [['node', text]], value: 1 })).toBe(`pantau_x{node="${escaped}"} 1\n`);
  });

  it('has one line for each sample, whatever the text, and gives the text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, two) => {
        const line = formatSample('x', { labels: [['a', one], ['b', two]], value: 0 }); // prettier-ignore
        const match = /^x\{a="((?:[^"\\\n]|\\.)*)",b="((?:[^"\\\n]|\\.)*)"\} 0\n$/u.exec(line);

        expect([unescaped(match?.[1] ?? '?'), unescaped(match?.[2] ?? '?')]).toEqual([one, two]);
        expect(escapeLabel(one)).not.toContain('\n');
      }),
    );
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
    [-0, '0'],
  ])('writes the value %d as %s', (value, text) => {
    expect(formatSample('x', { labels: [], value })).toBe(`x ${text}\n`);
  });
});
