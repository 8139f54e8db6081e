import type { Language } from '../../shared/local-time.ts';

/**
 * A document as data, the same for every format: what is written once here is written out as HTML, PDF and a workbook.
 * Texts are plain; whoever writes them out escapes.
 */
export interface FormalDocument {
  /** File name without its ending: `laporan-bulanan-2026-10`. */
  name: string;
  title: string;
  language: Language;
  letterhead: Letterhead | undefined;
  /** Stands at the foot of every page beside the page's number. */
  footer: string;
  /** It may not be sent as it is: "Draf" stands across or above every page. */
  isDraft: boolean;
  blocks: Block[];
  /** The tables once more, for a workbook; each becomes a sheet. */
  sheets: Sheet[];
}

/** Who writes: the Pemda above, the office below it, then its address. */
export interface Letterhead {
  pemda: string;
  office: string;
  lines: string[];
}

export type Colour = 'good' | 'bad' | 'unknown' | 'warning' | 'none';

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | {
      kind: 'paragraph';
      text: string;
      align?: 'left' | 'centre' | 'right' | 'justify';
      bold?: boolean;
      small?: boolean;
    }
  | { kind: 'list'; numbered: boolean; items: string[] }
  | { kind: 'facts'; rows: { label: string; value: string }[] }
  | { kind: 'table'; caption?: string; columns: Column[]; rows: Cell[][]; note?: string }
  /** An SVG of its own width and height in points, with nothing but shapes and text in it. */
  | { kind: 'chart'; caption: string; svg: string; widthPt: number; heightPt: number }
  | { kind: 'signatures'; signatures: Signature[] }
  | { kind: 'page-break' };

export interface Column {
  title: string;
  align?: 'left' | 'right' | 'centre';
  /** Share of the width; 1 unless told. */
  weight?: number;
}

/** `number` is the value for a workbook, in the unit that the column names. */
export interface Cell {
  text: string;
  number?: number;
  colour?: Colour;
}

/** An empty block for a signature: the place is left free. */
export interface Signature {
  /** Above the title: "Mengetahui," or a place and a date to be filled in. */
  above: string[];
  office: string;
  name: string;
  number: string;
}

export interface Sheet {
  /** At most 31 characters, none of []:*?/\ */
  name: string;
  /** A text of a column of days, `2026-10-31`, becomes a date; a column of text stays text also when it is typed into. */
  columns: { title: string; widthCharacters?: number; kind?: 'any' | 'text' | 'day' }[];
  rows: (string | number | undefined)[][];
}
