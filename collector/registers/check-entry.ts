import { suggestName } from '../config/nearest-name.ts';
import { type CellInput, readCell } from './cells/read-cell.ts';
import type { RegisterColumn, RegisterKind } from './kind.ts';
import type { RegisterNames } from './names.ts';

/** An entry as somebody hands it in. */
export interface EntryInput {
  pd: unknown;
  /** By the names of the columns; what is absent, null or empty is an empty cell. */
  values: Readonly<Record<string, unknown>>;
}

export interface CheckedEntry {
  pd: string | undefined;
  values: Record<string, string | number>;
}

/** What is wrong with one cell, and how it is written right. */
export interface CellProblem {
  column: string;
  message: string;
}

const maxEntryBytes = 64 * 1024;

/** @returns the entry as it is kept, or everything that is wrong with it. */
export function checkEntry(
  kind: RegisterKind,
  input: EntryInput,
  names: RegisterNames,
): { entry: CheckedEntry; problems: readonly [] } | { entry: undefined; problems: readonly CellProblem[] } {
  const problems: CellProblem[] = [];
  const say = (column: string, message: string) => void problems.push({ column, message });
  const pd = departmentOf(kind, input.pd, names, say);
  const values: Record<string, string | number> = {};
  for (const column of kind.columns) {
    const value = valueOf(column, input.values[column.name], { pd, names, say });
    if (value !== undefined) values[column.name] = value;
  }
  const own = kind.columns.map(({ name }) => name);
  for (const name of Object.keys(input.values)) {
    if (!own.includes(name)) say(name.slice(0, 64), `there is no such column; ${suggestName(name.slice(0, 64), own)}`);
  }
  for (const [from, until] of kind.order ?? []) {
    if (isAfter(values[from], values[until])) say(until, `it comes before ${from}`);
  }
  if (Buffer.byteLength(JSON.stringify(values)) > maxEntryBytes) say('', 'the whole entry is larger than 64 KiB');
  return problems.length > 0 ? { entry: undefined, problems } : { entry: { pd, values }, problems: [] };
}

type Say = (column: string, message: string) => void;

function departmentOf(
  kind: RegisterKind,
  given: unknown,
  { departments }: RegisterNames,
  say: Say,
): string | undefined {
  if (given === undefined || given === null || given === '') {
    if (kind.pd === 'required') say('pd', 'it is empty; write the id of the department');
    return undefined;
  }
  const pd = typeof given === 'string' ? given.trim() : '';
  if (departments.includes(pd)) return pd;
  say('pd', `there is no department "${pd.slice(0, 64)}"; ${suggestName(pd.slice(0, 64), departments)}`);
  return undefined;
}

function valueOf(
  column: RegisterColumn,
  given: unknown,
  { pd, names, say }: { pd: string | undefined; names: RegisterNames; say: Say },
): string | number | undefined {
  if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) {
    if (column.required) say(column.name, 'it is empty; an entry needs it');
    return undefined;
  }
  if (!isCell(given)) {
    say(column.name, 'it must be a text or a number');
    return undefined;
  }
  const read = readCell(column, given, pd, names);
  if (typeof read !== 'object') return read;
  say(column.name, read.problem);
  return undefined;
}

function isCell(given: unknown): given is CellInput {
  return typeof given === 'string' || (typeof given === 'number' && Number.isFinite(given)) || given instanceof Date;
}

/** Days compare as text; times as instants, because they may be of different zones. */
function isAfter(from: string | number | undefined, until: string | number | undefined): boolean {
  if (typeof from !== 'string' || typeof until !== 'string') return false;
  return from.includes('T') ? Date.parse(from) > Date.parse(until) : from > until;
}
