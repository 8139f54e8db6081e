import type { Colour } from '../document.ts';
import { field, type LegendEntry, legendAt } from './legend.ts';
import { type ChartBlock, chartBlock, fitted, fullWidthPt, textAt } from './picture.ts';
import { ink } from './tones.ts';

export interface CalendarRow {
  label: string;
  /** One for each day, the first of the month first; undefined for a day that nothing is said of. */
  days: readonly ({ mark: string; colour: Colour } | undefined)[];
}

export interface BackupCalendar {
  caption: string;
  dayCount: number;
  rows: readonly CalendarRow[];
  /** What the letters mean. */
  legend: readonly LegendEntry[];
}

const rowPt = 15;
const labelPt = 108;

/** A month of backups: a row for each dataset, a field with a letter for each day. */
export function backupCalendar({ caption, dayCount, rows, legend }: BackupCalendar): ChartBlock {
  const stepPt = (fullWidthPt - labelPt) / Math.max(dayCount, 1);
  const parts: string[] = [];
  for (let day = 1; day <= dayCount; day += 1) {
    const middle = labelPt + (day - 0.5) * stepPt;
    parts.push(textAt(middle, 8, String(day), { sizePt: 7, align: 'middle', fill: ink.quiet }));
  }
  rows.forEach(({ label, days }, index) => {
    const y = 12 + index * rowPt;
    parts.push(textAt(labelPt - 5, y + 9, fitted(label, labelPt - 8), { align: 'end' }));
    for (let day = 0; day < dayCount; day += 1) {
      const shown = days[day] ?? { mark: '', colour: 'none' as const };
      parts.push(field(labelPt + day * stepPt + 0.6, y, stepPt - 1.2, rowPt - 2.5, shown));
    }
  });
  const bottom = 12 + rows.length * rowPt + 5;
  const { parts: legendParts, heightPt } = legendAt(labelPt, bottom, fullWidthPt - labelPt, legend);
  return chartBlock(caption, fullWidthPt, bottom + heightPt + 2, [...parts, ...legendParts]);
}
