import type { Block } from '../document.ts';
import { latinText } from './latin-text.ts';
import { colours, page, sizes } from './measures.ts';
import type { Content } from './pdfmake.ts';
import { signaturesContent } from './signatures.ts';
import { aboveTable, alignmentOf, captionOf, headRoomPt, tableContent } from './table.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** Below a heading there is room for so much of what it heads, or both go to the next page. */
const roomBelowHeadingPt = 64;
/** Up to so many letters a paragraph is short enough to be kept whole with its heading. */
const shortLetters = 700;

/** The blocks of a document in order. A heading or a caption is never left alone at the foot of a page. */
export function blocksContent(blocks: readonly Block[]): Content[] {
  const contents: Content[] = [];
  let headings: BlockOf<'heading'>[] = [];
  let breaks = false;
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    if (block.kind === 'signatures' && before !== undefined && isShort(before)) {
      // A page with nothing but signatures proves nothing: the last words go with them.
      contents.push({ stack: [contents.pop() ?? '', ...contentOf(block)], unbreakable: true });
      continue;
    }
    if (block.kind === 'heading') {
      headings.push(block);
      continue;
    }
    const pieces = block.kind === 'page-break' ? headings.map(headingContent) : withHeadings(headings, block);
    headings = [];
    if (breaks && pieces.length > 0) pieces.unshift({ text: '', pageBreak: 'before', fontSize: 1 });
    breaks = block.kind === 'page-break' || (breaks && pieces.length === 0);
    contents.push(...pieces);
  }
  return [...contents, ...headings.map(headingContent)];
}

function withHeadings(
  headings: readonly BlockOf<'heading'>[],
  block: Exclude<Block, { kind: 'heading' | 'page-break' }>,
): Content[] {
  const heads = [...headings.map(headingContent), ...(block.kind === 'table' ? aboveTable(block) : [])];
  const body = contentOf(block);
  if (heads.length === 0) return body;
  if (isKeptWhole(block)) return [{ stack: [...heads, ...body], unbreakable: true }];
  // Room is asked for below the headings, and given back to what follows.
  const roomPt = block.kind === 'table' ? headRoomPt(block) : roomBelowHeadingPt;
  const room: Content = { text: '', margin: [0, roomPt, 0, 0], fontSize: 1 };
  return [
    { stack: [...heads, room], unbreakable: true },
    { text: '', margin: [0, -roomPt - 2, 0, 0], fontSize: 1 },
    ...body,
  ];
}

function isKeptWhole(block: Block): boolean {
  if (block.kind === 'chart' || block.kind === 'signatures') return true;
  if (block.kind === 'facts') return block.rows.length <= 8 && block.rows.every(({ value }) => value.length <= 200);
  return isShort(block);
}

function isShort(block: Block): boolean {
  return block.kind === 'paragraph' && block.text.length <= shortLetters;
}

function contentOf(block: Exclude<Block, { kind: 'heading' | 'page-break' }>): Content[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraphContent(block)];
    case 'list': {
      const items = block.items.map((text): Content => ({ text: latinText(text), margin: [0, 0, 0, 2] }));
      return [block.numbered ? { ol: items, margin: [0, 0, 0, 6] } : { ul: items, margin: [0, 0, 0, 6] }];
    }
    case 'facts':
      return [factsContent(block)];
    case 'table':
      return [tableContent(block)];
    case 'chart':
      return [chartContent(block)];
    default:
      return [signaturesContent(block.signatures)];
  }
}

function headingContent({ level, text }: BlockOf<'heading'>): Content {
  const above = { 1: 4, 2: 10, 3: 6 }[level];
  return {
    text: latinText(text),
    fontSize: sizes.heading[level],
    bold: true,
    alignment: level === 1 ? 'center' : 'left',
    margin: [0, above, 0, level === 1 ? 8 : 4],
  };
}

function paragraphContent({ text, align, bold = false, small = false }: BlockOf<'paragraph'>): Content {
  return {
    text: latinText(text),
    bold,
    alignment: align === 'justify' ? 'justify' : alignmentOf(align),
    margin: [0, 0, 0, 6],
    ...(small ? { fontSize: sizes.small, color: colours.quiet } : {}),
  };
}

// Widths in points: what fills the rest would grow with a long word, beyond the page.
const labelPt = 120;
const colonPt = 4;
const valuePt = page.widthPt - labelPt - colonPt - 16;

function factsContent({ rows }: BlockOf<'facts'>): Content {
  return {
    layout: 'noBorders',
    margin: [0, 0, 0, 6],
    table: {
      widths: [labelPt, colonPt, valuePt],
      body: rows.map(({ label, value }) => [latinText(label), ':', latinText(value)]),
    },
  };
}

function chartContent({ caption, svg, widthPt, heightPt }: BlockOf<'chart'>): Content {
  const width = Math.min(widthPt, page.widthPt);
  const picture: Content = { svg, width, height: (heightPt * width) / widthPt, margin: [0, 0, 0, 8] };
  return { stack: [captionOf(caption), picture], unbreakable: true };
}
