import type { Colour } from '../document.ts';
import { type LegendEntry, legendAt } from './legend.ts';
import { type Box, boxesAt, type ChartBlock, chartBlock, fitted, fullWidthPt, lettersAt, textAt } from './picture.ts';
import { ink, tones } from './tones.ts';

export interface CalendarDay {
  /** One letter, or none. */
  mark: string;
  colour: Colour;
}

export interface CalendarRow {
  label: string;
  /** One for each day, the first of the month first; undefined for a day that nothing is said of. */
  days: readonly (CalendarDay | undefined)[];
}

export interface BackupCalendar {
  caption: string;
  dayCount: number;
  rows: readonly CalendarRow[];
  /** What the letters mean. */
  legend: readonly LegendEntry[];
}

const rowPt = 15;
const fieldPt = 12.5;
const labelPt = 108;
const markPt = 7.5;
const nothingSaid: CalendarDay = { mark: '', colour: 'none' };

/** A month of backups: a row for each dataset, a field with a letter for each day. */
export function backupCalendar({ caption, dayCount, rows, legend }: BackupCalendar): ChartBlock {
  const stepPt = (fullWidthPt - labelPt) / Math.max(dayCount, 1);
  const parts: string[] = [];
  const boxes = new Map<Colour, Box[]>();
  for (let day = 1; day <= dayCount; day += 1) {
    const middle = labelPt + (day - 0.5) * stepPt;
    parts.push(textAt(middle, 8, String(day), { sizePt: 7, align: 'middle', fill: ink.quiet }));
  }
  const marks = rows.flatMap(({ label, days }, index) => {
    const y = 12 + index * rowPt;
    const shown = Array.from({ length: dayCount }, (_, day) => days[day] ?? nothingSaid);
    shown.forEach(({ colour }, day) => {
      const box = { x: labelPt + day * stepPt + 0.6, y, width: stepPt - 1.2, height: fieldPt };
      boxes.set(colour, [...(boxes.get(colour) ?? []), box]);
    });
    return [textAt(labelPt - 5, y + 9, fitted(label, labelPt - 8), { align: 'end' }), ...marksOf(shown, y, stepPt)];
  });
  for (const [colour, fields] of boxes) parts.push(boxesAt(fields, tones[colour]));
  const bottom = 12 + rows.length * rowPt + 5;
  const { parts: legendParts, heightPt } = legendAt(labelPt, bottom, fullWidthPt - labelPt, legend);
  return chartBlock(caption, fullWidthPt, bottom + heightPt + 2, [...parts, ...marks, ...legendParts]);
}

/** The letters of a row, those of one ink together. */
function marksOf(days: readonly CalendarDay[], y: number, stepPt: number): string[] {
  const letters = days.flatMap(({ mark, colour }, day) =>
    mark === '' ? [] : [{ x: labelPt + (day + 0.5) * stepPt, letter: mark.slice(0, 1), fill: tones[colour].text }],
  );
  return [...Map.groupBy(letters, ({ fill }) => fill)].map(([fill, inked]) =>
    lettersAt(y + fieldPt / 2 + markPt * 0.36, inked, { sizePt: markPt, bold: true, fill }),
  );
}
