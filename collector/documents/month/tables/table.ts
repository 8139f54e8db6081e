import type { Block, Cell, Column, Sheet } from '../../document.ts';
import type { ReportView } from '../report-view.ts';
import type { Words } from '../scribe.ts';

export interface TableColumn extends Omit<Column, 'title'> {
  title: Words;
  /** Names the row: the same row in another revision has the same keys. */
  isKey?: true;
  widthCharacters?: number;
  /** Stands in the workbook only: a page has not room for all of them. */
  sheetOnly?: true;
}

/** One table of the report, which is also a sheet of the workbook. */
export interface TableKind {
  /** Of the sheet, at most 31 characters. */
  name: Words;
  title: Words;
  columns: readonly TableColumn[];
  note?: Words;
  /** @param pd only of this department; all when absent. */
  rows(view: ReportView, pd?: string): Cell[][];
}

/** @param options.hidePd the reader knows whose rows these are; the first column is left out. */
export function tableBlock(
  kind: TableKind,
  view: ReportView,
  options: { pd?: string; hidePd?: true; otherwise: Words },
): Block[] {
  const { text } = view.scribe;
  const rows = kind.rows(view, options.pd);
  if (rows.length === 0) return [{ kind: 'paragraph', text: text(options.otherwise), small: true }];
  const isShown = (column: TableColumn, at: number) =>
    column.sheetOnly !== true && !(options.hidePd === true && at === 0);
  const shown = kind.columns.flatMap((column, at) => (isShown(column, at) ? [at] : []));
  const columns = kind.columns.filter(isShown).map(({ title, align, weight }) => ({
    title: text(title),
    ...(align === undefined ? {} : { align }),
    ...(weight === undefined ? {} : { weight }),
  }));
  return [
    {
      kind: 'table',
      caption: text(kind.title),
      columns,
      rows: rows.map((row) => shown.map((at) => row[at] ?? { text: '' })),
      ...(kind.note === undefined ? {} : { note: text(kind.note) }),
    },
  ];
}

export function tableSheet(kind: TableKind, view: ReportView): Sheet {
  const { text } = view.scribe;
  return {
    name: text(kind.name),
    columns: kind.columns.map(({ title, widthCharacters }) => ({
      title: text(title),
      ...(widthCharacters === undefined ? {} : { widthCharacters }),
    })),
    rows: kind.rows(view).map((row) => row.map(({ text: shown, number }) => number ?? shown)),
  };
}

/** The departments that are told of. */
export function asked({ figures }: ReportView, pd: string | undefined): ReportView['figures']['departments'] {
  return pd === undefined ? figures.departments : figures.departments.filter((each) => each.pd === pd);
}
