import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  parsePerformance,
  parsePluginOutput,
  parseRange,
  type PerformanceValue,
  secondsOf,
} from './output.ts';

const figure = (value: number | undefined, unit: string): PerformanceValue => ({ label: 'x', value, unit });

describe('output of a plugin', () => {
  it('is a summary, performance data, long text and more of the data', () => {
    const output = parsePluginOutput('DISK OK - 5% | a=1\r\nlong text\nmore | b=2s\nc=3\n');
    expect(output).toEqual({
      summary: 'DISK OK - 5%',
      performance: [
        { label: 'a', value: 1, unit: '' },
        { label: 'b', value: 2, unit: 's' },
        { label: 'c', value: 3, unit: '' },
      ],
    });
    expect(parsePluginOutput('')).toEqual({ summary: '', performance: [] });
  });

  it.each([
    ['age=12s;240;600;0', [{ label: 'age', value: 12, unit: 's', warning: [0, 240], critical: [0, 600], minimum: 0 }]],
    ["'a label'=-1.5e3%;@10:20;~:5;-7;+8", [{ label: 'a label', value: -1500, unit: '%', minimum: -7, maximum: 8 }]],
    ["'it''s'=1 'x=y'=2KiB", [{ label: "it's" }, { label: 'x=y', value: 2, unit: 'KiB' }]],
    [
      'a=U b=1;;;;',
      [
        { label: 'a', value: undefined },
        { label: 'b', value: 1 },
      ],
    ],
    ['bad good=1', [{ label: 'good' }]],
    ['=1 a= b=x c=1.2.3 d=1;;;;;x e=5', [{ label: 'e' }]],
    ["'open=1 a=2", []],
    ["''=1 a''b=1 c=3", [{ label: 'c' }]],
    ['a=1,5 b=0x10 c=NaN d=1e999 e=6', [{ label: 'e' }]],
    ['a=1;x;1:2:3;y;z', [{ label: 'a', value: 1, unit: '' }]],
    ['  \t a=1\n\tb=2  ', [{ label: 'a' }, { label: 'b' }]],
  ])('%j has the figures that it has', (text, expected) => {
    const found = parsePerformance(text).map(({ warning, critical, ...others }) => ({
      ...others,
      ...(warning === undefined || warning.isInside ? {} : { warning: [warning.start, warning.end] }),
      ...(critical === undefined || critical.start === -Infinity ? {} : { critical: [critical.start, critical.end] }),
    }));
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['10', 0, 10, false],
    ['10:', 10, Infinity, false],
    ['~:10', -Infinity, 10, false],
    ['10:20', 10, 20, false],
    ['@10:20', 10, 20, true],
    [':5', 0, 5, false],
    ['@5', 0, 5, true],
    ['~:', -Infinity, Infinity, false],
  ])('range %s is from %d to %d', (text, start, end, isInside) => {
    expect(parseRange(text)).toEqual({ start, end, isInside });
  });

  it.each(['', '@', 'x', '1:2:3', '20:10', '~', '10:~', '-5', '1e', '--1', '@@1:2'])('"%s" is no range', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it('reads back what was written by the grammar', () => {
    const number = fc
      .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }))
      .map((value) => value + 0);
    const item = fc.record({
      label: fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r]/.test(text)),
      value: fc.option(number, { nil: undefined }),
      unit: fc.constantFrom('', 's', 'ms', '%', 'B', 'KB', 'GiB', 'c'),
      minimum: number,
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const written = items
          .map(({ label, value, unit, minimum }) => {
            return `'${label.replaceAll("'", "''")}'=${value === undefined ? 'U' : `${value}${unit}`};;;${minimum}`;
          })
          .join(' ');
        const expected = items.map(({ value, unit, ...others }) => ({
          ...others,
          value,
          unit: value === undefined ? '' : unit,
        }));
        expect(parsePerformance(written)).toEqual(expected);
      }),
    );
  });

  it('never fails, and ends soon, whatever it is', () => {
    const unit = fc.constantFrom("'", '=', ';', '|', ' ', '\n', 'a', '1', '.', '-', 'e', ':', '@', '~', '\u0000', 'é');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        expect(parsePluginOutput(text).performance.length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 500 },
    );
    const startedAtMs = performance.now();
    for (const piece of ["'", "''", "'a'", '=', 'a=', '1', ';', ' ', "'a=1 ", '1e', '|']) {
      parsePluginOutput(`|${piece.repeat(65_536 / piece.length)}`);
    }
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
  });
});

describe('figures of a plugin', () => {
  it.each([
    [12, '', 12],
    [12, 's', 12],
    [1500, 'ms', 1.5],
    [2_000_000, 'us', 2],
    [1, '%', undefined],
    [1, 'B', undefined],
    [1, 'constructor', undefined],
    [undefined, 's', undefined],
  ])('%s%s is %s seconds', (value, unit, seconds) => {
    expect(secondsOf(figure(value, unit))).toBe(seconds);
  });

  it.each([
    [5, '', 5],
    [5, 'B', 5],
    [1.5, 'KB', 1500],
    [1, 'MB', 1e6],
    [2, 'KiB', 2048],
    [1, 'GiB', 1024 ** 3],
    [1, 'kb', 1000],
    [3, 'T', 3e12],
    [1, 's', undefined],
    [1, 'iB', undefined],
    [undefined, 'B', undefined],
  ])('%s%s is %s bytes', (value, unit, sizeBytes) => {
    expect(bytesOf(figure(value, unit))).toBe(sizeBytes);
  });
});
