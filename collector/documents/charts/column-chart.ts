import type { Bar, BarChart } from './bar-chart.ts';
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

const plotPt = 96;
const topPt = 14;
const footPt = 16;
const leftPt = 40;

/** One standing column for each day or month, with its value above where there is room. */
export function columnChart({ caption, bars, maxValue, minValue = 0, limit }: BarChart): ChartBlock {
  const known = knownValues(bars.map(({ value }) => value));
  const most = Math.max(maxValue ?? Math.max(0, ...known, limit?.value ?? 0), minValue + Number.EPSILON);
  const height = (value: number) =>
    ((Math.min(Math.max(value, minValue), most) - minValue) / (most - minValue)) * plotPt;
  const stepPt = (fullWidthPt - leftPt) / Math.max(bars.length, 1);
  const bottom = topPt + plotPt;
  const parts = bars.map((bar, index) => column(bar, leftPt + index * stepPt, stepPt, height));
  parts.push(
    lineThrough(
      [
        [leftPt, topPt - 4],
        [leftPt, bottom],
        [fullWidthPt, bottom],
      ],
      { stroke: ink.axis },
    ),
  );
  if (limit !== undefined) {
    const y = bottom - height(limit.value);
    parts.push(
      lineThrough(
        [
          [leftPt, y],
          [fullWidthPt, y],
        ],
        { stroke: ink.text, dashed: true },
      ),
    );
    parts.push(
      textAt(leftPt - 3, y + 2.5, fitted(limit.text, leftPt - 4, 7), { sizePt: 7, align: 'end', fill: ink.quiet }),
    );
  }
  return chartBlock(caption, fullWidthPt, bottom + footPt, parts);
}

function column(
  { label, value, text, colour }: Bar,
  x: number,
  stepPt: number,
  height: (value: number) => number,
): string {
  const bottom = topPt + plotPt;
  const [middle, widthPt] = [x + stepPt / 2, Math.min(stepPt * 0.72, 34)];
  const name = textAt(middle, bottom + 10, fitted(label, stepPt + 2, 7), {
    sizePt: 7,
    align: 'middle',
    fill: ink.quiet,
  });
  const known = knownValue(value);
  if (known === undefined) {
    const field = boxAt(middle - widthPt / 2, bottom - 12, widthPt, 12, tones.unknown);
    return name + field + textAt(middle, bottom - 3.5, '?', { sizePt: 7, align: 'middle', fill: ink.quiet });
  }
  const heightPt = Math.max(height(known), 0.5);
  const bar = boxAt(middle - widthPt / 2, bottom - heightPt, widthPt, heightPt, tones[colour ?? 'good']);
  // Digits are wider than the mean letter.
  const fits = text.length * 4.2 <= stepPt + 2;
  return name + bar + (fits ? textAt(middle, bottom - heightPt - 3, text, { sizePt: 7, align: 'middle' }) : '');
}
