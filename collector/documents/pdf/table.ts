import type { Block, Cell, Column } from '../document.ts';
import { latinText } from './latin-text.ts';
import { colours, page, sizes } from './measures.ts';
import type { Content, TableLayout } from './pdfmake.ts';

type TableBlock = Extract<Block, { kind: 'table' }>;

const paddingPt = 4;
const linePt = 0.5;
/** A row of more letters than this in one cell may be as high as a page: it is allowed to break. */
const maxUnbrokenLetters = 900;

const layout: TableLayout = {
  hLineWidth: () => linePt,
  vLineWidth: () => linePt,
  hLineColor: () => colours.line,
  vLineColor: () => colours.line,
  paddingLeft: () => paddingPt,
  paddingRight: () => paddingPt,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

/** A table whose head stands on every page, and whose rows do not break. */
export function tableContent({ caption, columns, rows, note }: TableBlock): Content[] {
  const cells = rows.map((row) => columns.map((column, index) => bodyCell(row[index], column)));
  const keepsRows = !rows.some((row) => row.some(({ text }) => text.length > maxUnbrokenLetters));
  const table: Content = {
    layout,
    fontSize: sizes.table,
    margin: [0, 0, 0, note === undefined ? 8 : 2],
    table: {
      headerRows: 1,
      keepWithHeaderRows: keepsRows ? 1 : 0,
      dontBreakRows: keepsRows,
      widths: widthsOf(columns),
      body: [columns.map(headCell), ...cells],
    },
  };
  return [...(caption === undefined ? [] : [captionOf(caption)]), table, ...(note === undefined ? [] : [noteOf(note)])];
}

export function captionOf(text: string): Content {
  return { text: latinText(text), fontSize: sizes.table, bold: true, margin: [0, 4, 0, 3] };
}

function noteOf(text: string): Content {
  return { text: latinText(text), fontSize: sizes.small, color: colours.quiet, margin: [0, 0, 0, 8] };
}

function widthsOf(columns: readonly Column[]): number[] {
  const roomPt = page.widthPt - columns.length * 2 * paddingPt - (columns.length + 1) * linePt;
  const sum = columns.reduce((total, { weight = 1 }) => total + weight, 0);
  return columns.map(({ weight = 1 }) => (roomPt * weight) / sum);
}

function headCell({ title, align }: Column): Content {
  return { text: latinText(title), bold: true, fillColor: colours.head, alignment: alignmentOf(align) };
}

function bodyCell(cell: Cell | undefined, { align }: Column): Content {
  const fill = colours.cell[cell?.colour ?? 'none'];
  return {
    text: latinText(cell?.text ?? ''),
    alignment: alignmentOf(align),
    ...(fill === undefined ? {} : { fillColor: fill }),
  };
}

export function alignmentOf(align: Column['align']): 'left' | 'right' | 'center' {
  return align === 'centre' ? 'center' : (align ?? 'left');
}
