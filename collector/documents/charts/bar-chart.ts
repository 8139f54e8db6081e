import type { Colour } from '../document.ts';
import {
  boxAt,
  type ChartBlock,
  chartBlock,
  fitted,
  fullWidthPt,
  knownValue,
  knownValues,
  lineThrough,
  textAt,
} from './picture.ts';
import { ink, tones } from './tones.ts';

export interface Bar {
  label: string;
  /** Undefined when it is not known, which is never drawn as nothing. */
  value: number | undefined;
  /** The value in words, `99,52%`; or why there is none. */
  text: string;
  colour?: Colour;
}

export interface BarChart {
  caption: string;
  bars: readonly Bar[];
  /** Where the axis ends; the greatest value when absent. */
  maxValue?: number;
  /** Where it begins; 0 when absent. A chart that begins elsewhere says so in its caption. */
  minValue?: number;
  limit?: { value: number; text: string };
}

const rowPt = 15;
const labelPt = 168;
const valuePt = 74;

/** One lying bar for each name, with its value in words at the end: for as many names as a page holds. */
export function barChart({ caption, bars, maxValue, minValue = 0, limit }: BarChart): ChartBlock {
  const topPt = limit === undefined ? 2 : 12;
  const heightPt = topPt + bars.length * rowPt + 4;
  const known = knownValues(bars.map(({ value }) => value));
  const most = Math.max(maxValue ?? Math.max(0, ...known, limit?.value ?? 0), minValue + Number.EPSILON);
  const roomPt = fullWidthPt - labelPt - valuePt;
  const at = (value: number) =>
    labelPt + ((Math.min(Math.max(value, minValue), most) - minValue) / (most - minValue)) * roomPt;
  const parts = bars.map((bar, index) => barRow(bar, topPt + index * rowPt, at));
  parts.push(
    lineThrough(
      [
        [labelPt, topPt],
        [labelPt, heightPt - 4],
      ],
      { stroke: ink.axis },
    ),
  );
  if (limit !== undefined) {
    const x = at(limit.value);
    parts.push(
      lineThrough(
        [
          [x, topPt - 2],
          [x, heightPt - 4],
        ],
        { stroke: ink.text, dashed: true },
      ),
    );
    const align = x > fullWidthPt - valuePt - 60 ? 'end' : 'start';
    parts.push(textAt(align === 'end' ? x + 2 : x, topPt - 4, limit.text, { sizePt: 7, align, fill: ink.quiet }));
  }
  return chartBlock(caption, fullWidthPt, heightPt, parts);
}

function barRow({ label, value, text, colour }: Bar, y: number, at: (value: number) => number): string {
  const name = textAt(labelPt - 5, y + 9.5, fitted(label, labelPt - 8), { align: 'end' });
  const known = knownValue(value);
  if (known === undefined) {
    const field = boxAt(labelPt, y + 2, 40, rowPt - 5, tones.unknown);
    return name + field + textAt(labelPt + 46, y + 9.5, fitted(text, 200), { fill: ink.quiet });
  }
  const tone = tones[colour ?? 'good'];
  const end = at(known);
  const bar = boxAt(labelPt, y + 2, Math.max(end - labelPt, 0.5), rowPt - 5, tone);
  return name + bar + textAt(end + 4, y + 9.5, text);
}
