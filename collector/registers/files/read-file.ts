import { readCsv } from '../../spreadsheet/csv.ts';
import { readWorkbook, type SheetCell } from '../../spreadsheet/read-workbook.ts';
import type { RegisterKind } from '../kind.ts';
import { badFile, type FoundSheet, findSheet, isFilled } from './find-sheet.ts';

export const maxFileBytes = 5 * 1024 * 1024;
export const maxImportRows = 10_000;
/** The heading, and some empty lines that a spreadsheet leaves behind. */
const maxFileRows = maxImportRows + 100;
const maxColumns = 64;

/** One row of a file, by the names of the columns. */
export interface RowInput {
  /** As a spreadsheet counts them: the heading is 1. */
  row: number;
  /** Every column that the file has: what a row leaves empty there shall be empty. */
  columns: readonly string[];
  id: string | undefined;
  revision: SheetCell;
  pd: SheetCell;
  values: Record<string, SheetCell>;
}

export interface RowProblem {
  row: number;
  column: string;
  message: string;
}

/**
 * The rows of a CSV file or an XLSX workbook, told apart by how they begin.
 * @throws AppError `bad-file` when it is neither, or is too large.
 */
export async function readFile(
  kind: RegisterKind,
  bytes: Uint8Array,
): Promise<{ rows: RowInput[]; problems: RowProblem[] }> {
  if (bytes.length > maxFileBytes) throw badFile(`The file is larger than ${maxFileBytes / 1024 / 1024} MiB; part it.`);
  const { names, headAt, cells, problems } = await sheetOf(kind, bytes);
  const columns = names.filter((name) => name !== undefined);
  const rows = cells.flatMap((row, index) =>
    index > headAt && row.some(isFilled) ? { ...rowOf(row, index + 1, names), columns } : [],
  );
  if (rows.length > maxImportRows) throw badFile(`The file has more than ${maxImportRows} rows; part it.`);
  return { rows, problems };
}

async function sheetOf(kind: RegisterKind, bytes: Uint8Array): Promise<FoundSheet> {
  const limits = { maxRows: maxFileRows, maxColumns };
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return findSheet(
    kind,
    isZip ? await readWorkbook(bytes, limits) : [{ name: '', rows: readCsv(bytes, limits), problems: [] }],
  );
}

function rowOf(
  cells: readonly SheetCell[],
  row: number,
  names: readonly (string | undefined)[],
): Omit<RowInput, 'columns'> {
  const values: Record<string, SheetCell> = {};
  const own: Record<string, SheetCell> = {};
  for (const [place, name] of names.entries()) {
    if (name === undefined || !isFilled(cells[place])) continue;
    if (['id', 'revision', 'pd', 'enteredAt', 'enteredBy', 'attachments'].includes(name)) own[name] = cells[place];
    else values[name] = cells[place];
  }
  const id = own['id'] === undefined ? undefined : String(own['id']).trim();
  return { row, id, revision: own['revision'], pd: own['pd'], values };
}
