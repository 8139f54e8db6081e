import { type LegendEntry, legendAt } from './legend.ts';
import { boxAt, type ChartBlock, chartBlock, fitted, fullWidthPt, lineThrough, textAt } from './picture.ts';
import { ink, tones } from './tones.ts';

export interface Strip {
  label: string;
  /** In order, without overlap. What lies between them is drawn as unknown. */
  spans: readonly { fromMs: number; untilMs: number; state: 'up' | 'down' | 'unknown' }[];
  /** Beside the strip: `99,52%`. */
  text?: string;
}

export interface StateStrips {
  caption: string;
  fromMs: number;
  untilMs: number;
  strips: readonly Strip[];
  /** Lines with a word below: the days of a month, say. */
  ticks: readonly { atMs: number; text: string }[];
  words: { up: string; down: string; unknown: string };
}

const rowPt = 17;
const barPt = 10;
const labelPt = 120;
const valuePt = 46;
/** A minute's outage in a month of 43 200 must not vanish. */
const leastPt = 0.8;

/**
 * How things stood over a time. Each state has its own height, so that print in black and white tells them apart: up is
 * light and of middle height, down is dark and the highest, unknown is an empty frame.
 */
export function stateStrips({ caption, fromMs, untilMs, strips, ticks, words }: StateStrips): ChartBlock {
  const roomPt = fullWidthPt - labelPt - valuePt;
  const at = (atMs: number) =>
    labelPt + ((Math.min(Math.max(atMs, fromMs), untilMs) - fromMs) / (untilMs - fromMs)) * roomPt;
  const bottom = 4 + strips.length * rowPt;
  const parts = ticks.flatMap(({ atMs, text }) => [
    lineThrough(
      [
        [at(atMs), 2],
        [at(atMs), bottom + 2],
      ],
      { stroke: ink.grid },
    ),
    textAt(at(atMs), bottom + 10, text, { sizePt: 7, align: 'middle', fill: ink.quiet }),
  ]);
  strips.forEach((strip, index) => parts.push(...stripAt(strip, 4 + index * rowPt, at, { fromMs, untilMs })));
  const legend: LegendEntry[] = [
    { colour: 'good', text: words.up },
    { colour: 'bad', text: words.down },
    { colour: 'unknown', text: words.unknown },
  ];
  const { parts: legendParts, heightPt } = legendAt(labelPt, bottom + 16, roomPt + valuePt, legend);
  return chartBlock(caption, fullWidthPt, bottom + 16 + heightPt + 2, [...parts, ...legendParts]);
}

function stripAt(
  strip: Strip,
  y: number,
  at: (atMs: number) => number,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): string[] {
  const parts = [
    textAt(labelPt - 5, y + 9, fitted(strip.label, labelPt - 8), { align: 'end' }),
    boxAt(at(fromMs), y + 1.5, at(untilMs) - at(fromMs), barPt - 1, tones.unknown),
  ];
  const shown = strip.spans.filter((span) => span.untilMs > fromMs && span.fromMs < untilMs);
  for (const { fromMs: start, untilMs: end } of shown.filter(({ state }) => state === 'up')) {
    parts.push(boxAt(at(start), y + 1, at(end) - at(start), barPt, { fill: tones.good.fill }));
    parts.push(
      lineThrough(
        [
          [at(start), y + 1],
          [at(end), y + 1],
        ],
        { stroke: tones.good.stroke },
      ),
    );
    parts.push(
      lineThrough(
        [
          [at(start), y + 1 + barPt],
          [at(end), y + 1 + barPt],
        ],
        { stroke: tones.good.stroke },
      ),
    );
  }
  for (const { fromMs: start, untilMs: end } of shown.filter(({ state }) => state === 'down')) {
    parts.push(boxAt(at(start), y - 0.5, Math.max(at(end) - at(start), leastPt), barPt + 3, { fill: tones.bad.fill }));
  }
  if (strip.text !== undefined) parts.push(textAt(fullWidthPt, y + 9, strip.text, { align: 'end' }));
  return parts;
}
