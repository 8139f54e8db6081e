import type { MonthFigures } from './figures.ts';
import { monthTables } from './month-tables.ts';
import type { ReportView } from './report-view.ts';
import type { TableKind } from './tables/table.ts';

/** One figure that is not what it was in the revision before. */
export interface FigureChange {
  table: string;
  /** Which row, in words. */
  row: string;
  column: string;
  /** Empty where the row or the figure was not there. */
  before: string;
  after: string;
}

/** What differs between two revisions of a month, as people read it; figures that only look the same do not differ. */
export function changesBetween(before: MonthFigures, view: ReportView): FigureChange[] {
  const old: ReportView = { ...view, figures: before };
  return monthTables.flatMap((kind) => tableChanges(kind, old, view));
}

function tableChanges(kind: TableKind, old: ReportView, view: ReportView): FigureChange[] {
  const { text } = view.scribe;
  const [was, is] = [rowsByKey(kind, old), rowsByKey(kind, view)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((row) =>
    kind.columns.flatMap((column, at): FigureChange[] => {
      if (column.isKey === true) return [];
      const [before = '', after = ''] = [was.get(row)?.[at], is.get(row)?.[at]];
      return before === after ? [] : [{ table: text(kind.title), row, column: text(column.title), before, after }];
    }),
  );
}

function rowsByKey(kind: TableKind, view: ReportView): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const cells of kind.rows(view)) {
    const texts = cells.map(({ text }) => text);
    const key = texts.filter((text, at) => kind.columns[at]?.isKey === true && text !== '').join(', ');
    // Two rows of one name, an incident's twin say, are told apart by their order.
    let name = key;
    for (let count = 2; rows.has(name); count += 1) name = `${key} (${count})`;
    rows.set(name, texts);
  }
  return rows;
}
