import type { Cell, Column } from './document.ts';

/** Of Helvetica Bold, the wider of the two faces, in thousandths of the size of the type. */
const signWidths = [
  { signs: "ijlI'.,|/ ", width: 278 },
  { signs: 'ft()[]-r:;!', width: 389 },
  { signs: 'acekszvxyJ0123456789', width: 556 },
  { signs: 'bdghnopquFLTZ', width: 611 },
  { signs: 'wGOQ', width: 778 },
  { signs: 'mMW%@—…', width: 1000 },
];
const otherWidth = 722;
const widthBySign = new Map(
  signWidths.flatMap(({ signs, width }) => Array.from(signs, (sign): [string, number] => [sign, width])),
);

/** A longer word is no word but an address or a sum: it may break. */
const maxWordPt = 90;
/** What is lost to rounding. */
const sparePt = 0.5;

export interface TableRoom {
  /** Of all columns together, what stands around their texts included. */
  widthPt: number;
  /** Of each column, what stands left and right of its text. */
  aroundPt: number;
  sizePt: number;
}

/**
 * The width of each column, what stands around its text included, by its weight, but never so narrow that a word of its
 * head breaks, nor a word of its rows where there is room for that too.
 */
export function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { widthPt, aroundPt, sizePt }: TableRoom,
): number[] {
  const weights = columns.map(({ weight = 1 }) => weight);
  const leastOf = (texts: readonly string[]) => aroundPt + sparePt + longestWordPt(texts, sizePt);
  const heads = columns.map(({ title }) => leastOf([title]));
  const all = columns.map(({ title }, at) => leastOf([title, ...rows.map((row) => row[at]?.text ?? '')]));
  const least = [all, heads].find((each) => sumOf(each) <= widthPt) ?? columns.map(() => 0);
  return shared(weights, least, widthPt);
}

/** How many lines a text needs at most in a column. */
export function lineCount(text: string, widthPt: number, sizePt: number): number {
  const lines = text.split('\n').map((line) => Math.ceil((textPt(line, sizePt) * 1.15) / widthPt));
  return lines.reduce((sum, count) => sum + Math.max(1, count), 0);
}

/** Whoever has too little by its weight gets what it needs; the others share the rest. */
function shared(weights: readonly number[], least: readonly number[], widthPt: number): number[] {
  const isShort = weights.map(() => false);
  for (;;) {
    const free = (value: number, at: number) => (isShort[at] === true ? 0 : value);
    const taken = sumOf(least.map((value, at) => value - free(value, at)));
    const weightSum = sumOf(weights.map(free));
    const widths = weights.map((weight, at) =>
      isShort[at] === true ? (least[at] ?? 0) : ((widthPt - taken) * weight) / weightSum,
    );
    const short = widths.findIndex((width, at) => isShort[at] !== true && width < (least[at] ?? 0) - 1e-9);
    if (short === -1) return widths;
    isShort[short] = true;
  }
}

function longestWordPt(texts: readonly string[], sizePt: number): number {
  const widths = texts.flatMap((text) => text.split(/[\s-]+/)).map((word) => textPt(word, sizePt));
  return widths.reduce((longest, width) => (width <= maxWordPt ? Math.max(longest, width) : longest), 0);
}

function textPt(text: string, sizePt: number): number {
  return (sumOf(Array.from(text, (sign) => widthBySign.get(sign) ?? otherWidth)) * sizePt) / 1000;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
