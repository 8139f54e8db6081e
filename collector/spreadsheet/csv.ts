import { AppError } from '../../shared/errors.ts';

const separators = [';', ',', '\t'] as const;
/** A spreadsheet would calculate what begins like this (https://owasp.org/www-community/attacks/CSV_Injection). */
const guarded = /^'*[=+\-@\t\r]/;

/** @throws AppError `bad-file` */
function badCsv(message: string): AppError {
  return new AppError('bad-file', message, { status: 422 });
}

/**
 * Rows as a CSV file (RFC 4180) that Excel opens as it is: UTF-8 with a mark, semicolons, and an apostrophe before what it
 * would calculate otherwise.
 */
export function writeCsv(rows: readonly (readonly (string | undefined)[])[]): string {
  const lines = rows.map((row) => row.map((cell) => quoted(cell ?? '')).join(';'));
  return `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`;
}

function quoted(cell: string): string {
  const text = guarded.test(cell) ? `'${cell}` : cell;
  return /[";,\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The cells of a CSV file. It is UTF-8 or what Excel calls Unicode; the separator is the one that parts its first line
 * most. Apostrophes that guard a cell are taken away.
 * @throws AppError `bad-file` that names the line.
 */
export function readCsv(
  bytes: Uint8Array,
  { maxRows, maxColumns }: { maxRows: number; maxColumns: number },
): string[][] {
  const text = decoded(bytes).replace(/^sep=.\r?\n/i, '');
  const found = separators.map((separator) => ({ separator, count: fieldCount(text, separator) }));
  const { separator } = found.reduce((best, each) => (each.count > best.count ? each : best));
  const rows: string[][] = [];
  for (const row of rowsOf(text, separator)) {
    if (row.length > maxColumns) throw badCsv(`Line ${rows.length + 1} has more than ${maxColumns} columns.`);
    rows.push(row.map((cell) => (guarded.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell)));
    if (rows.length > maxRows) throw badCsv(`The file has more than ${maxRows} rows; part it.`);
  }
  return rows;
}

function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badCsv('The file is not UTF-8; save it as "CSV UTF-8" or as an Excel workbook (.xlsx).');
  }
}

/** With another separator than its own the first line may look broken. */
function fieldCount(text: string, separator: string): number {
  try {
    return rowsOf(text, separator).next().value?.length ?? 0;
  } catch {
    return 0;
  }
}

function* rowsOf(text: string, separator: string): Generator<string[], undefined> {
  let at = 0;
  let rowNumber = 1;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at, rowNumber) : plainCell(text, at, separator);
      row.push(cell.value);
      at = cell.endAt;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') {
      throw badCsv(`Row ${rowNumber} has text behind a closing quote; double a quote that belongs to the text.`);
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    rowNumber += 1;
    yield row;
  }
}

interface ReadCell {
  value: string;
  endAt: number;
}

function plainCell(text: string, from: number, separator: string): ReadCell {
  let endAt = from;
  while (endAt < text.length && text[endAt] !== separator && text[endAt] !== '\n' && text[endAt] !== '\r') endAt += 1;
  return { value: text.slice(from, endAt), endAt };
}

function quotedCell(text: string, from: number, rowNumber: number): ReadCell {
  let value = '';
  for (let at = from + 1; ;) {
    const quoteAt = text.indexOf('"', at);
    if (quoteAt === -1) throw badCsv(`Row ${rowNumber} has a quote that is not closed.`);
    value += text.slice(at, quoteAt);
    if (text[quoteAt + 1] !== '"') return { value, endAt: quoteAt + 1 };
    value += '"';
    at = quoteAt + 2;
  }
}
