import type { FormalDocument, Letterhead } from '../document.ts';
import { draftWords, pageWords } from '../words/document-words.ts';
import { blocksContent } from './blocks.ts';
import { latinText } from './latin-text.ts';
import { colours, page, sizes } from './measures.ts';
import { type Content, type Definition, renderPdf } from './pdfmake.ts';

/**
 * A document as PDF on A4. The same document gives the same bytes.
 * @param createdAtMs the time of creation that the file tells
 */
export async function writePdf(document: FormalDocument, createdAtMs: number): Promise<Uint8Array> {
  const created = new Date(createdAtMs);
  return renderPdf({
    pageSize: 'A4',
    pageMargins: [page.marginLeftPt, page.marginTopPt, page.marginRightPt, page.marginBottomPt],
    info: {
      title: document.title,
      author: document.letterhead?.office ?? 'Pantau',
      creator: 'Pantau',
      producer: 'Pantau',
      creationDate: created,
      modDate: created,
    },
    language: document.language,
    displayTitle: true,
    defaultStyle: { font: 'Helvetica', fontSize: sizes.body, lineHeight: 1.15, color: colours.ink },
    content: [...letterheadContent(document.letterhead), ...blocksContent(document.blocks)],
    footer: (number, count) => footerContent(document, number, count),
    ...(document.isDraft ? draftMarks(document) : {}),
  });
}

function letterheadContent(letterhead: Letterhead | undefined): Content[] {
  if (letterhead === undefined) return [];
  const { pemda, office, lines } = letterhead;
  const right = page.widthPt;
  return [
    { text: latinText(pemda.toUpperCase()), alignment: 'center', bold: true, fontSize: 12.5 },
    { text: latinText(office.toUpperCase()), alignment: 'center', bold: true, fontSize: 14 },
    ...lines.map((line): Content => ({ text: latinText(line), alignment: 'center', fontSize: sizes.small })),
    {
      canvas: [
        { type: 'line', x1: 0, y1: 4, x2: right, y2: 4, lineWidth: 2 },
        { type: 'line', x1: 0, y1: 6.5, x2: right, y2: 6.5, lineWidth: 0.6 },
      ],
      margin: [0, 0, 0, 12],
    },
  ];
}

function footerContent({ footer, language }: FormalDocument, number: number, count: number): Content {
  return {
    margin: [page.marginLeftPt, 14, page.marginRightPt, 0],
    fontSize: sizes.footer,
    color: colours.quiet,
    columns: [
      { text: latinText(footer), width: '*' },
      { text: pageWords(number, count, language), width: 110, alignment: 'right' },
    ],
  };
}

function draftMarks({ language }: FormalDocument): Partial<Definition> {
  const { mark, sentence } = draftWords[language];
  return {
    watermark: { text: mark, color: '#8a9199', opacity: 0.12, bold: true, fontSize: 120 },
    header: {
      text: sentence,
      alignment: 'center',
      fontSize: sizes.footer,
      color: colours.quiet,
      margin: [page.marginLeftPt, 22, page.marginRightPt, 0],
    },
  };
}
