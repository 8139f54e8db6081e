import type { CellProblem, SheetCell } from './read-workbook.ts';
import type { ZipEntry } from './zip-entries.ts';

/** What the files of a workbook say of one sheet. */
export interface SheetPart {
  isHidden: boolean;
  /** Its XML; empty where there is none. */
  content: string;
}

/** The sheets of a workbook in its own order. */
export function sheetParts(entries: readonly ZipEntry[]): SheetPart[] {
  const textOf = (name: string) => entries.find((entry) => entry.name === name)?.content.toString('utf8') ?? '';
  const targets = new Map(
    tagsOf(textOf('xl/_rels/workbook.xml.rels'), 'Relationship').map((about) => [
      attribute(about, 'Id'),
      attribute(about, 'Target')?.replace(/^\/xl\//, ''),
    ]),
  );
  return tagsOf(textOf('xl/workbook.xml'), 'sheet').map((about) => ({
    isHidden: /^(hidden|veryHidden)$/.test(attribute(about, 'state') ?? ''),
    content: textOf(`xl/${targets.get(attribute(about, '(?:\\w+:)?id')) ?? ''}`),
  }));
}

/** What stands in a sheet and is no value: taken as empty cells it would be lost without a word. */
export function cellProblems(content: string, rows: readonly (readonly SheetCell[])[]): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const [, about = '', body = ''] of content.matchAll(/<(?:\w+:)?c(?=\s)([^>]*[^>/])>([\s\S]*?)<\/(?:\w+:)?c>/g)) {
    const message = whyNoValue(about, body);
    const cell = attribute(about, 'r') ?? '';
    if (message !== undefined) problems.push({ row: rowOf(cell), cell, message });
  }
  for (const about of tagsOf(content, 'mergeCell')) {
    const cells = attribute(about, 'ref') ?? '';
    const row = rowOf(cells);
    if (rows[row - 1] === undefined) continue;
    const message = 'these cells are merged; part them and write the value into each';
    problems.push({ row, cell: cells, message });
  }
  return problems;
}

function whyNoValue(about: string, body: string): string | undefined {
  const type = attribute(about, 't');
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</.exec(body)?.[1] ?? '';
  if (type === 'e') return `the cell holds the error ${value.slice(0, 20)}; write the value`;
  const isUnknown = type !== 'str' && value === '' && /<(?:\w+:)?f[\s/>]/.test(body);
  return isUnknown ? 'the formula was never calculated; save the file in a spreadsheet, or write the value' : undefined;
}

/** The attributes of every tag of a name. */
function tagsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?=\\s)([^>]*)>`, 'g'))].map(([, about = '']) => about);
}

function attribute(about: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(about)?.[1];
}

function rowOf(address: string): number {
  return Number(/\d+/.exec(address)?.[0] ?? 0);
}
