import { AppError } from '../../../shared/errors.ts';
import type { SheetCell, WorkbookSheet } from '../../spreadsheet/read-workbook.ts';
import type { RegisterKind } from '../kind.ts';
import { findHeadings } from './headings.ts';
import type { RowProblem } from './read-file.ts';

/** The sheet of a file in which the entries stand. */
export interface FoundSheet {
  name: string;
  cells: readonly (readonly SheetCell[])[];
  /** Where its heading stands, from 0. */
  headAt: number;
  /** The columns by place; undefined for one without a heading. */
  names: (string | undefined)[];
  problems: RowProblem[];
}

/**
 * The one sheet that is headed as the register is, wherever it stands; when none is, the first in which anything stands,
 * so that it can be told what is wrong with it.
 * @throws AppError `bad-file` when there is nothing, or when entries stand on several sheets.
 */
export function findSheet(kind: RegisterKind, sheets: readonly WorkbookSheet[]): FoundSheet {
  const read = sheets.flatMap((sheet) => headed(kind, sheet) ?? []);
  const fitting = read.filter(({ names }) => neededBy(kind).every((name) => names.includes(name)));
  const filled = fitting.filter(({ cells, headAt }) => cells.slice(headAt + 1).some((row) => row.some(isFilled)));
  if (filled.length > 1) {
    const names = filled.map(({ name }) => `"${name}"`).join(' and ');
    throw badFile(`There are entries on more than one sheet, ${names}; put them on one.`);
  }
  const found = filled[0] ?? fitting[0] ?? read[0];
  if (found === undefined) throw badFile('The file is empty; the first line names the columns.');
  return found;
}

function headed(kind: RegisterKind, { name, rows: cells, problems: wrong }: WorkbookSheet): FoundSheet | undefined {
  const headAt = cells.findIndex((row) => row.some(isFilled));
  if (headAt === -1) return undefined;
  const heading = (cells[headAt] ?? []).map((cell) => (cell === undefined ? '' : String(cell)));
  const { names, problems } = findHeadings(kind, heading);
  return {
    name,
    cells,
    headAt,
    names,
    problems: [
      ...problems.map((problem) => ({ row: headAt + 1, ...problem })),
      ...wrong.filter(({ row }) => row > headAt + 1).map(({ row, cell, message }) => ({ row, column: cell, message })),
    ],
  };
}

function neededBy({ pd, columns }: RegisterKind): string[] {
  const names = columns.filter(({ required }) => required).map(({ name }) => name);
  return pd === 'required' ? ['pd', ...names] : names;
}

export function isFilled(cell: SheetCell): boolean {
  return cell !== undefined && (typeof cell !== 'string' || cell.trim() !== '');
}

export function badFile(message: string): AppError {
  return new AppError('bad-file', message, { status: 422 });
}
