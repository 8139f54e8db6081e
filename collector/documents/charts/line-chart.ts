import { type ChartBlock, chartBlock, fullWidthPt, knownValue, knownValues, lineThrough, textAt } from './picture.ts';
import { ink } from './tones.ts';

export interface LineChart {
  caption: string;
  fromMs: number;
  untilMs: number;
  lines: readonly {
    name: string;
    /** In order of time; undefined where nothing is known, where the line is broken. */
    points: readonly { atMs: number; value: number | undefined }[];
    dashed?: boolean;
  }[];
  /** A level that holds all the time, such as the approved bandwidth. */
  limit?: { value: number; text: string };
  ticks: readonly { atMs: number; text: string }[];
  /** The value of the axis in words. */
  inWords(value: number): string;
}

const plotPt = 104;
const topPt = 14;
const leftPt = 52;
const inks = [ink.line, '#a35200', '#5a2d82', '#2f7d4a'];
const gridSteps = 4;

/** Values over a time against what was approved. Where nothing is known there is a gap, never a zero. */
export function lineChart({ caption, fromMs, untilMs, lines, limit, ticks, inWords }: LineChart): ChartBlock {
  const values = knownValues(lines.flatMap(({ points }) => points.map(({ value }) => value)));
  const stepValue = roundStep((Math.max(0, ...values, limit?.value ?? 0) * 1.04 || 1) / gridSteps);
  const most = stepValue * gridSteps;
  const bottom = topPt + plotPt;
  const x = (atMs: number) => leftPt + ((atMs - fromMs) / (untilMs - fromMs)) * (fullWidthPt - leftPt);
  const y = (value: number) => bottom - (value / most) * plotPt;
  const parts: string[] = [];
  for (let step = 0; step <= gridSteps; step += 1) {
    const value = stepValue * step;
    parts.push(
      lineThrough(
        [
          [leftPt, y(value)],
          [fullWidthPt, y(value)],
        ],
        { stroke: step === 0 ? ink.axis : ink.grid },
      ),
    );
    parts.push(textAt(leftPt - 4, y(value) + 2.5, inWords(value), { sizePt: 7, align: 'end', fill: ink.quiet }));
  }
  for (const { atMs, text } of ticks) {
    parts.push(textAt(x(atMs), bottom + 10, text, { sizePt: 7, align: 'middle', fill: ink.quiet }));
  }
  if (limit !== undefined) {
    parts.push(
      lineThrough(
        [
          [leftPt, y(limit.value)],
          [fullWidthPt, y(limit.value)],
        ],
        { stroke: ink.text, dashed: true },
      ),
    );
    parts.push(textAt(fullWidthPt, y(limit.value) - 3, limit.text, { sizePt: 7, align: 'end' }));
  }
  lines.forEach(({ points, dashed = false }, index) => {
    const stroke = inks[index % inks.length] ?? ink.line;
    for (const piece of unbroken(points)) {
      const [first] = piece;
      // A single point has no length: a short dash shows it.
      const path =
        piece.length === 1 && first
          ? ([
              [x(first.atMs) - 1, y(first.value)],
              [x(first.atMs) + 1, y(first.value)],
            ] as const)
          : undefined;
      parts.push(
        lineThrough(path ?? piece.map(({ atMs, value }) => [x(atMs), y(value)] as const), {
          stroke,
          widthPt: 1.2,
          dashed,
        }),
      );
    }
  });
  return chartBlock(caption, fullWidthPt, bottom + 28, [...parts, ...namesOf(lines, bottom + 24)]);
}

/** The next greater of 1, 2, 2.5 or 5 times a power of ten. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10) * power;
}

function namesOf(lines: LineChart['lines'], y: number): string[] {
  let left = leftPt;
  return lines.flatMap(({ name, dashed = false }, index) => {
    const stroke = inks[index % inks.length] ?? ink.line;
    const parts = [
      lineThrough(
        [
          [left, y - 2.5],
          [left + 18, y - 2.5],
        ],
        { stroke, widthPt: 1.2, dashed },
      ),
      textAt(left + 22, y, name, { sizePt: 7.5, fill: ink.quiet }),
    ];
    left += 22 + name.length * 4.2 + 16;
    return parts;
  });
}

function unbroken(points: LineChart['lines'][number]['points']): { atMs: number; value: number }[][] {
  const pieces: { atMs: number; value: number }[][] = [];
  let piece: { atMs: number; value: number }[] = [];
  for (const { atMs, value: told } of points) {
    const value = knownValue(told);
    if (value !== undefined) piece.push({ atMs, value });
    else if (piece.length > 0) {
      pieces.push(piece);
      piece = [];
    }
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}
