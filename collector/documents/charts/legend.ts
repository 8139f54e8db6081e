import type { Colour } from '../document.ts';
import { boxAt, textAt, widthOfText } from './picture.ts';
import { ink, tones } from './tones.ts';

export interface LegendEntry {
  colour: Colour;
  /** At most two letters, which stand in the field itself. */
  mark?: string;
  text: string;
}

const fieldPt = 10;
const textSizePt = 7.5;

/** The meaning of fields in one row, or in several when the width does not hold them. */
export function legendAt(
  x: number,
  y: number,
  widthPt: number,
  entries: readonly LegendEntry[],
): { parts: string[]; heightPt: number } {
  const parts: string[] = [];
  let [left, top] = [x, y];
  for (const { colour, mark, text } of entries) {
    const entryWidth = fieldPt + 4 + widthOfText(text, textSizePt) + 12;
    if (left > x && left + entryWidth > x + widthPt) [left, top] = [x, top + fieldPt + 4];
    parts.push(field(left, top, fieldPt, fieldPt, { colour, mark }));
    parts.push(textAt(left + fieldPt + 4, top + 7.8, text, { sizePt: textSizePt, fill: ink.quiet }));
    left += entryWidth;
  }
  return { parts, heightPt: top - y + fieldPt };
}

/** A field of a state with its letters in the middle. */
export function field(
  x: number,
  y: number,
  width: number,
  height: number,
  { colour, mark }: { colour: Colour; mark?: string | undefined },
): string {
  const tone = tones[colour];
  const box = boxAt(x, y, width, height, tone);
  if (mark === undefined || mark === '') return box;
  const sizePt = Math.min(7.5, height - 2.5);
  const look = { sizePt, align: 'middle', bold: true, fill: tone.text } as const;
  return box + textAt(x + width / 2, y + height / 2 + sizePt * 0.36, mark, look);
}
