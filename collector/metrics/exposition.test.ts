import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLabel, formatSample, renderFamilies } from './exposition.ts';
import type { FleetFamily, Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';

/** The families here look at nothing. */
const nothing = {} as FleetView;

const family = (samples: readonly Sample[]): FleetFamily => ({
  of: 'fleet',
  group: 'node',
  name: 'pantau_x',
  type: 'gauge',
  help: 'What \\ it\nis.',
  samples: () => samples,
});

const page = (samples: readonly Sample[]) => [...renderFamilies([family(samples)], nothing)].join('');

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

  it('heads each family with its help and its type, and leaves out what has no sample', () => {
    expect(page([])).toBe('');
    expect(page([{ labels: [], value: 1 }])).toBe(
      '# HELP pantau_x What \\\\ it\\nis.\n# TYPE pantau_x gauge\npantau_x 1\n',
    );
  });

  it('never writes one series twice: a scraper would refuse the whole page', () => {
    const sample = (value: number): Sample => ({ labels: [['node', 'a']], value });

    expect(page([sample(1), sample(2), { labels: [['node', 'b']], value: 3 }])).toMatch(
      /gauge\npantau_x\{node="a"\} 1\npantau_x\{node="b"\} 3\n$/,
    );
  });

  it('comes in pieces, so that a large fleet does not block the process', () => {
    const many = Array.from({ length: 5000 }, (_, index): Sample => ({ labels: [['node', `n${index}`]], value: 1 }));

    expect([...renderFamilies([family(many)], nothing)].map((chunk) => chunk.split('\n').length - 1)).toEqual([
      2002, 2000, 1000,
    ]);
  });
});
