import writeXlsxFile, { type Cell as WrittenCell } from 'write-excel-file/node';
import type { Sheet } from '../documents/document.ts';
import { sheetNames } from './sheet-names.ts';
import { withoutZipTimes } from './zip-times.ts';

/** Excel opens no file with a longer text in a cell. */
const maxCellCharacters = 32_767;
const maxRows = 1_048_575;
const defaultWidthCharacters = 16;

/** How a cell of each kind of column is shown, also once somebody types into it. */
const formats = { text: '@', day: 'yyyy-mm-dd' } as const;

type SheetColumn = Sheet['columns'][number];

/**
 * Sheets as an Excel workbook. Numbers are numbers, a day of a column of days is a date, and everything else is text
 * whatever it begins with: "=1+1" from outside is never calculated. The same sheets give the same bytes.
 * @throws RangeError for more rows than a sheet can hold.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  const written = sheets.map((sheet, index) => ({
    sheet: names[index] ?? '',
    data: rowsOf(sheet),
    columns: sheet.columns.map(({ widthCharacters }) => ({ width: widthCharacters ?? defaultWidthCharacters })),
    stickyRowsCount: 1,
  }));
  return withoutZipTimes(await writeXlsxFile(written).toBuffer());
}

function rowsOf(sheet: Sheet): WrittenCell[][] {
  if (sheet.rows.length > maxRows) {
    throw new RangeError(`sheet "${sheet.name}" has ${sheet.rows.length} rows; a sheet holds at most ${maxRows}`);
  }
  const header = sheet.columns.map(({ title }): WrittenCell => ({
    value: textOf(title),
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#e7eaee',
    alignVertical: 'top',
    wrap: true,
  }));
  return [header, ...sheet.rows.map((row) => row.map((value, index) => cellOf(value, sheet.columns[index])))];
}

function cellOf(value: string | number | undefined, column: SheetColumn | undefined): WrittenCell {
  if (typeof value === 'number' && Number.isFinite(value)) return { value, type: Number };
  const kind = column?.kind ?? 'any';
  if (value === undefined || value === '') {
    return kind === 'any' ? null : { type: kind === 'day' ? Date : String, format: formats[kind] };
  }
  const text = String(value);
  const day = kind === 'day' ? dateOf(text) : undefined;
  if (day !== undefined) return { value: day, type: Date, format: formats.day };
  return { value: textOf(text), type: String, ...(kind === 'text' ? { format: formats.text } : {}) };
}

/** A day that a workbook can count: those before 1900 stay text. */
function dateOf(text: string): Date | undefined {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= '1900-03-01' ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && date.toJSON()?.startsWith(text) ? date : undefined;
}

/** Without half characters, which are in no XML; and what looks like an escaped character to Excel stays what it is. */
function textOf(text: string): string {
  const escaped = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  // The library looks its texts up in an object, which has some names of its own: "constructor", say.
  const own = escaped in Object.prototype ? escapedCharacter(escaped) + escaped.slice(1) : escaped;
  return own.slice(0, maxCellCharacters).toWellFormed();
}

/** The first character as workbooks escape it: `_x0063_`. */
function escapedCharacter(text: string): string {
  return `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
