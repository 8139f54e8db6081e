import { AppError } from '../../../shared/errors.ts';
import { readCsv } from '../../spreadsheet/csv.ts';
import { readWorkbook, type SheetCell } from '../../spreadsheet/read-workbook.ts';
import type { RegisterKind } from '../kind.ts';
import { findHeadings } from './headings.ts';

export const maxFileBytes = 5 * 1024 * 1024;
export const maxImportRows = 10_000;
/** The heading, and some empty lines that a spreadsheet leaves behind. */
const maxFileRows = maxImportRows + 100;
const maxColumns = 64;

/** One row of a file, by the names of the columns. */
export interface RowInput {
  /** As a spreadsheet counts them: the heading is 1. */
  row: number;
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
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const cells = isZip
    ? await readWorkbook(bytes, { maxRows: maxFileRows, maxColumns })
    : readCsv(bytes, { maxRows: maxFileRows, maxColumns });
  const headAt = cells.findIndex((row) => row.some(isFilled));
  if (headAt === -1) throw badFile('The file is empty; the first line names the columns.');
  const { names, problems } = findHeadings(
    kind,
    (cells[headAt] ?? []).map((cell) => (cell === undefined ? '' : String(cell))),
  );
  const rows = cells.flatMap((row, index) =>
    index > headAt && row.some(isFilled) ? rowOf(row, index + 1, names) : [],
  );
  if (rows.length > maxImportRows) throw badFile(`The file has more than ${maxImportRows} rows; part it.`);
  return { rows, problems: problems.map((problem) => ({ row: headAt + 1, ...problem })) };
}

function rowOf(cells: readonly SheetCell[], row: number, names: readonly (string | undefined)[]): RowInput {
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

function isFilled(cell: SheetCell): boolean {
  return cell !== undefined && (typeof cell !== 'string' || cell.trim() !== '');
}

function badFile(message: string): AppError {
  return new AppError('bad-file', message, { status: 422 });
}
