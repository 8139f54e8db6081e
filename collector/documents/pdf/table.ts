import { columnWidths, lineCount } from '../column-widths.ts';
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

/** A table whose head stands on every page, and whose rows do not break; what stands above it is apart. */
export function tableContent({ columns, rows }: TableBlock): Content {
  const cells = rows.map((row) => columns.map((column, index) => bodyCell(row[index], column)));
  const keepsRows = !rows.some((row) => row.some(({ text }) => text.length > maxUnbrokenLetters));
  return {
    layout,
    fontSize: sizes.table,
    margin: [0, 0, 0, 8],
    table: {
      headerRows: 1,
      keepWithHeaderRows: keepsRows ? 1 : 0,
      dontBreakRows: keepsRows,
      widths: textWidths(columns, rows),
      body: [columns.map(headCell), ...cells],
    },
  };
}

export function captionOf(text: string): Content {
  return { text: latinText(text), fontSize: sizes.table, bold: true, margin: [0, 4, 0, 3] };
}

/** Its caption and how it is to be read: below it a note could stand alone on the next page. */
export function aboveTable({ caption, note }: TableBlock): Content[] {
  return [...(caption === undefined ? [] : [captionOf(caption)]), ...(note === undefined ? [] : [noteOf(note)])];
}

function noteOf(text: string): Content {
  return { text: latinText(text), fontSize: sizes.small, color: colours.quiet, margin: [0, 0, 0, 3] };
}

const lineHeightPt = sizes.table * 1.33;
/** More than this is not asked for: a row that is as high as a page begins wherever it can. */
const maxRoomPt = 360;

/** How much room the head of a table and its first row need. */
export function headRoomPt({ columns, rows }: TableBlock): number {
  const widths = textWidths(columns, rows);
  const heightOf = (texts: readonly string[]) => {
    const counts = texts.map((text, at) => lineCount(text, widths[at] ?? 1, sizes.table));
    return Math.max(1, ...counts) * lineHeightPt + 6;
  };
  const first = columns.map((_, at) => rows[0]?.[at]?.text ?? '');
  return Math.min(maxRoomPt, heightOf(columns.map(({ title }) => title)) + heightOf(first));
}

/** Of the texts alone, as pdfmake wants it. */
function textWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  const aroundPt = 2 * paddingPt + linePt;
  const room = { widthPt: page.widthPt - linePt, aroundPt, sizePt: sizes.table };
  return columnWidths(columns, rows, room).map((width) => width - aroundPt);
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
