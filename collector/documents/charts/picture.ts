import type { Block } from '../document.ts';
import { escapeMarkup } from '../markup.ts';

export type ChartBlock = Extract<Block, { kind: 'chart' }>;

/** What is between the margins of an A4 page of ours. */
export const fullWidthPt = 482;
const fontFamily = 'Helvetica, Arial, sans-serif';
/** Of the mean letter of Helvetica, as a share of the size of the font. */
const letterWidth = 0.52;

export interface TextLook {
  sizePt?: number;
  align?: 'start' | 'middle' | 'end';
  bold?: boolean;
  fill?: string;
}

/** A picture of shapes and text, as the block of a document; the caption says in words what it shows. */
export function chartBlock(caption: string, widthPt: number, heightPt: number, parts: readonly string[]): ChartBlock {
  const size = `width="${round(widthPt)}" height="${round(heightPt)}" viewBox="0 0 ${round(widthPt)} ${round(heightPt)}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${fontFamily}">${parts.join('')}</svg>`;
  return { kind: 'chart', caption, svg, widthPt, heightPt };
}

export function textAt(x: number, y: number, text: string, look: TextLook = {}): string {
  const { sizePt = 8, align = 'start', bold = false, fill = '#1f2429' } = look;
  const weight = bold ? ' font-weight="bold"' : '';
  const anchor = align === 'start' ? '' : ` text-anchor="${align}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${sizePt}"${anchor}${weight} fill="${fill}">${escapeMarkup(text)}</text>`;
}

export interface BoxLook {
  fill: string;
  stroke?: string;
  dashed?: boolean;
}

export function boxAt(x: number, y: number, width: number, height: number, look: BoxLook): string {
  const { fill, stroke, dashed = false } = look;
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="0.6"`;
  const dashes = dashed ? ' stroke-dasharray="2 1.5"' : '';
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${place} fill="${fill}"${edge}${dashes}/>`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Many boxes of one look as one shape: a page of them is drawn several times as fast. */
export function boxesAt(boxes: readonly Box[], { fill, stroke, dashed = false }: BoxLook): string {
  if (boxes.length === 0) return '';
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="0.6"`;
  const dashes = dashed ? ' stroke-dasharray="2 1.5"' : '';
  const path = boxes.map(
    ({ x, y, width, height }) => `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`,
  );
  return `<path d="${path.join('')}" fill="${fill}"${edge}${dashes}/>`;
}

/** Single letters side by side, each in the middle of its own place. */
export function lettersAt(y: number, letters: readonly { x: number; letter: string }[], look: TextLook): string {
  if (letters.length === 0) return '';
  const { sizePt = 8, bold = false, fill = '#1f2429' } = look;
  const weight = bold ? ' font-weight="bold"' : '';
  const places = letters.map(({ x }) => round(x)).join(' ');
  const text = escapeMarkup(letters.map(({ letter }) => letter).join(''));
  return `<text x="${places}" y="${round(y)}" font-size="${sizePt}" text-anchor="middle"${weight} fill="${fill}">${text}</text>`;
}

export interface LineLook {
  stroke: string;
  widthPt?: number;
  dashed?: boolean;
}

export function lineThrough(points: readonly (readonly [number, number])[], look: LineLook): string {
  const { stroke, widthPt = 0.6, dashed = false } = look;
  const dashes = dashed ? ' stroke-dasharray="4 2.5"' : '';
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${stroke}" stroke-width="${widthPt}"${dashes}/>`;
}

/** A text that fits into a width, cut with "…" when it must be. */
export function fitted(text: string, widthPt: number, sizePt = 8): string {
  const room = Math.max(1, Math.floor(widthPt / (sizePt * letterWidth)));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1)).trimEnd()}…`;
}

export function widthOfText(text: string, sizePt = 8): number {
  return text.length * sizePt * letterWidth;
}

/** The value when there is one: what is no number is as little known as what is not there. */
export function knownValue(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

export function knownValues(values: readonly (number | undefined)[]): number[] {
  return values.map(knownValue).filter((value) => value !== undefined);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
