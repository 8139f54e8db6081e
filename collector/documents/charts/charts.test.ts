import { describe, expect, it } from 'vitest';
import { sampleBlocks } from '../sample.test-kit.ts';
import { backupCalendar } from './backup-calendar.ts';
import { barChart } from './bar-chart.ts';
import { columnChart } from './column-chart.ts';
import { lineChart } from './line-chart.ts';
import { type ChartBlock, fitted } from './picture.ts';
import { stateStrips } from './state-strips.ts';
import { tones } from './tones.ts';

const rects = (chart: ChartBlock, fill: string) =>
  [...chart.svg.matchAll(new RegExp(`<rect [^>]*fill="${fill}"[^>]*>`, 'g'))].map(([tag]) => tag);
const attribute = (tag: string | undefined, name: string) =>
  Number(new RegExp(` ${name}="([^"]+)"`).exec(tag ?? '')?.[1]);

describe('charts', () => {
  it('draw bars as long as their values, and what is unknown as an empty frame with its reason', () => {
    const chart = barChart({
      caption: 'a',
      maxValue: 100,
      bars: [
        { label: 'A', value: 50, text: '50%' },
        { label: 'B', value: 100, text: '100%' },
        { label: 'C', value: undefined, text: 'tidak diketahui' },
        { label: 'D', value: 0, text: '0%' },
      ],
    });
    const [half, whole, none] = rects(chart, tones.good.fill).map((tag) => attribute(tag, 'width'));
    expect(whole).toBeCloseTo((half ?? 0) * 2, 1);
    expect(none).toBe(0.5);
    expect(rects(chart, tones.unknown.fill)).toHaveLength(1);
    expect(chart.svg).toContain('>tidak diketahui</text>');
  });

  it('draw columns of days in the same way', () => {
    const chart = columnChart({
      caption: 'a',
      bars: [
        { label: '1', value: 2, text: '2' },
        { label: '2', value: 4, text: '4' },
        { label: '3', value: undefined, text: '' },
      ],
    });
    expect(rects(chart, tones.good.fill).map((tag) => attribute(tag, 'height'))).toEqual([48, 96]);
    expect(chart.svg).toContain('>?</text>');
  });

  it('tell states by height, too; time that nothing is known of stays an empty frame, a short outage is seen', () => {
    const chart = stateStrips({
      caption: 'a',
      fromMs: 0,
      untilMs: 1000,
      ticks: [],
      words: { up: 'terhubung', down: 'terputus', unknown: 'tidak diketahui' },
      strips: [
        {
          label: 'A',
          spans: [
            { fromMs: -500, untilMs: 500, state: 'up' },
            { fromMs: 500, untilMs: 500.001, state: 'down' },
            { fromMs: 2000, untilMs: 3000, state: 'down' },
          ],
        },
      ],
    });
    const [frame] = rects(chart, tones.unknown.fill);
    const [up] = rects(chart, tones.good.fill);
    const [down, legend, ...more] = rects(chart, tones.bad.fill);
    expect(attribute(up, 'width') / attribute(frame, 'width')).toBeCloseTo(0.5, 2);
    expect(attribute(down, 'width')).toBe(0.8);
    expect(new Set([frame, up, down].map((tag) => attribute(tag, 'height'))).size).toBe(3);
    expect({ legend: attribute(legend, 'width'), more }).toEqual({ legend: 10, more: [] });
  });

  it('draw a month of days, each with its letter in its own place', () => {
    const days = [
      { mark: 'B', colour: 'good' as const },
      undefined,
      { mark: 'G', colour: 'bad' as const },
      { mark: 'B', colour: 'good' as const },
    ];
    const chart = backupCalendar({ caption: 'a', dayCount: 5, rows: [{ label: 'simpeg', days }], legend: [] });
    const fields = (fill: string) =>
      new RegExp(`<path d="([^"]+)" fill="${fill}"`).exec(chart.svg)?.[1]?.match(/M[\d.]+/g);
    const [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map(
      (day) => `M${Math.round((108 + day * 74.8 + 0.6) * 100) / 100}`,
    );
    expect(fields(tones.good.fill)).toEqual([first, fourth]);
    expect(fields(tones.bad.fill)).toEqual([third]);
    expect(fields(tones.none.fill)).toEqual([second, fifth]);
    expect(chart.svg).toMatch(/<text x="145\.4 369\.8" [^>]+>BB<\/text><text x="295" [^>]+>G<\/text>/);
  });

  it('break a line where nothing is known, and end the axis at a round number', () => {
    const points = [1, 2, undefined, 4, undefined, 9].map((value, atMs) => ({ atMs, value }));
    const chart = lineChart({
      caption: 'a',
      fromMs: 0,
      untilMs: 6,
      lines: [{ name: 'unduh', points }],
      limit: { value: 9.5, text: 'disetujui' },
      ticks: [],
      inWords: String,
    });
    const drawn = [
      ...chart.svg.matchAll(/<polyline points="([^"]+)" fill="none" stroke="#1d4e89" stroke-width="1.2"\/>/g),
    ];
    // Three pieces and the sample beside the name.
    expect(drawn.map(([, path]) => path?.split(' ').length)).toEqual([2, 2, 2, 2]);
    expect([...chart.svg.matchAll(/text-anchor="end"[^>]*>([\d.]+)</g)].map(([, text]) => text)).toEqual([
      '0',
      '2.5',
      '5',
      '7.5',
      '10',
    ]);
  });

  it('hold nothing but shapes and text, escaped, within their size', () => {
    for (const block of sampleBlocks()) {
      if (block.kind !== 'chart') continue;
      expect(new Set([...block.svg.matchAll(/<(\w+)/g)].map(([, name]) => name))).toEqual(
        new Set(['svg', 'rect', 'path', 'polyline', 'text'].filter((name) => block.svg.includes(`<${name}`))),
      );
      for (const [tag] of block.svg.matchAll(/<rect [^>]+>/g)) {
        expect(attribute(tag, 'x') + attribute(tag, 'width')).toBeLessThanOrEqual(block.widthPt + 0.02);
        expect(attribute(tag, 'y') + attribute(tag, 'height')).toBeLessThanOrEqual(block.heightPt + 0.02);
      }
    }
    const chart = barChart({ caption: 'a', bars: [{ label: '</text><script>', value: Number.NaN, text: '&' }] });
    expect(chart.svg).not.toContain('<script>');
    expect(chart.svg).not.toContain('NaN');
  });

  it('cut a name that is too long for its place', () => {
    expect(fitted('Dinas Pekerjaan Umum dan Penataan Ruang', 80)).toBe('Dinas Pekerjaan Um…');
    expect(fitted('Dinas', 80)).toBe('Dinas');
  });
});
