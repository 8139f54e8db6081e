import { createRequire } from 'node:module';

/**
 * What we use of pdfmake. Its own types bring in those of a browser, which contradict those of Node, so that they are
 * not asked.
 */
export type Content = string | ContentNode;

/** In points; pdfmake's own names do not say so. */
type Sizes = Partial<Record<'fontSize' | 'lineHeight', number>>;

interface Look extends Sizes {
  bold?: boolean;
  color?: string;
  alignment?: 'left' | 'right' | 'center' | 'justify';
  /** Left, top, right, bottom. */
  margin?: [number, number, number, number];
  width?: number | '*';
}

export type ContentNode = Look &
  (
    | { text: string; pageBreak?: 'before'; fillColor?: string }
    | { stack: Content[]; unbreakable?: true }
    | { columns: Content[]; columnGap?: number }
    | { ol: Content[] }
    | { ul: Content[] }
    | { svg: string; height: number }
    | { canvas: { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number }[] }
    | { layout: TableLayout | 'noBorders'; table: Table }
  );

interface Table {
  headerRows?: number;
  keepWithHeaderRows?: number;
  dontBreakRows?: boolean;
  widths: (number | '*')[];
  body: Content[][];
}

export interface TableLayout {
  hLineWidth(): number;
  vLineWidth(): number;
  hLineColor(): string;
  vLineColor(): string;
  paddingLeft(): number;
  paddingRight(): number;
  paddingTop(): number;
  paddingBottom(): number;
}

export interface Definition {
  pageSize: 'A4';
  pageMargins: [number, number, number, number];
  info: Record<'title' | 'author' | 'creator' | 'producer', string> & { creationDate: Date; modDate: Date };
  language: string;
  displayTitle: boolean;
  defaultStyle: Look & { font: string };
  content: Content[];
  footer(pageNumber: number, pageCount: number): Content;
  header?: Content;
  watermark?: Look & { text: string; opacity: number };
}

interface PdfMake {
  setFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void;
  setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
  setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
  createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> };
}

const pdfmake = createRequire(import.meta.url)('pdfmake') as PdfMake;

/** Fonts that every PDF reader has: no font file is read or put in. */
const fonts = {
  Helvetica: {
    normal: 'Helvetica',
    bold: 'Helvetica-Bold',
    italics: 'Helvetica-Oblique',
    bolditalics: 'Helvetica-BoldOblique',
  },
};
const fontNames = new Set<string>(Object.values(fonts.Helvetica));

pdfmake.setFonts(fonts);
// A document is made of what it is given: nothing is fetched and no file is read, whatever a text says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontNames.has(path));

export function renderPdf(definition: Definition): Promise<Uint8Array> {
  return pdfmake.createPdf(definition).getBuffer();
}
