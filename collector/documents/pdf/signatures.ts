import type { Signature } from '../document.ts';
import { latinText } from './latin-text.ts';
import { page } from './measures.ts';
import type { Content } from './pdfmake.ts';

const roomPt = 46;
const gapPt = 24;
const placePt = (page.widthPt - gapPt) / 2;

/** Places for signatures, two in a row; a single one stands at the right, as in a letter, the last of three in the middle. */
export function signaturesContent(signatures: readonly Signature[]): Content {
  const rows: Content[] = [];
  for (let first = 0; first < signatures.length; first += 2) {
    const pair = signatures.slice(first, first + 2);
    const columns: Content[] = pair.map(signatureColumn);
    const leftPt = first === 0 ? placePt : (page.widthPt - placePt) / 2 - gapPt;
    rows.push({
      columns: columns.length === 1 ? [{ width: leftPt, text: '' }, ...columns] : columns,
      columnGap: gapPt,
      margin: [0, 10, 0, 6],
    });
  }
  return { stack: rows, unbreakable: true };
}

function signatureColumn({ above, office, name, number }: Signature): Content {
  const line = (text: string, bold = false): Content => ({ text: latinText(text), alignment: 'center', bold });
  return {
    width: placePt,
    stack: [
      ...above.map((text) => line(text)),
      line(office),
      { text: '', margin: [0, roomPt, 0, 0] },
      line(name, true),
      ...(number === '' ? [] : [line(number)]),
    ],
  };
}
