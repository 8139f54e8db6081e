import { suggestName } from '../../config/nearest-name.ts';
import type { ColumnType, RegisterColumn } from '../kind.ts';
import type { RegisterNames } from '../names.ts';
import { readDay, readTime } from './read-day.ts';
import { readNumber } from './read-number.ts';

/** What may come out of a file or a request; a date is what a workbook shows, in UTC. */
export type CellInput = string | number | Date;

/** The value as it is kept, or what is wrong and how it is written right. */
export type CellOutcome = string | number | { problem: string };

export const maxTextCharacters = 4000;
// A line break and a tab are text too; every other control character is a file that was read wrongly.
const controls = /[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/u;

/** @param pd the department that the entry speaks of, whose sites and nodes may be named. */
export function readCell(
  column: RegisterColumn,
  given: CellInput,
  pd: string | undefined,
  names: RegisterNames,
): CellOutcome {
  const shown = given instanceof Date ? dateText(given) : String(given).trim();
  const read = readers[column.type]({ column, given: typeof given === 'string' ? shown : given, shown, pd, names });
  return read ?? { problem: `"${shown.slice(0, 60)}" ${forms[column.type] ?? 'cannot be read'}` };
}

interface Reading {
  column: RegisterColumn;
  given: CellInput;
  /** The same as text. */
  shown: string;
  pd: string | undefined;
  names: RegisterNames;
}

/** By the type of the column; undefined for what has no form of it. */
const readers: Record<ColumnType, (reading: Reading) => CellOutcome | undefined> = {
  text: ({ shown }) => readText(shown),
  number: ({ given }) => (given instanceof Date ? undefined : readNumber(given)),
  day: ({ given, shown }) => readDay(given instanceof Date ? given : shown),
  time: ({ given, shown, names }) => readTime(given instanceof Date ? given : shown, names.timezone),
  choice: ({ column, shown }) => readChoice(column, shown),
  site: ({ shown, pd, names }) => ofDepartment(shown, names.sites, pd, 'site'),
  node: ({ shown, pd, names }) => ofDepartment(shown, names.nodes, pd, 'node'),
  obligation: ({ shown, names }) => named(shown, names.obligations, 'duty of the regulations in force'),
  incident: ({ shown }) => (/^INC-\d{8}-[0-9A-Z]{6}$/.test(shown) ? shown : undefined),
};

const forms: Partial<Record<ColumnType, string>> = {
  number: 'is a date; write a number',
  day: 'is no day; write it like 2026-11-25 or 25/11/2026',
  time: 'is no time; write it like 2026-11-25 13:45 or 25/11/2026 13.45',
  incident: 'is no incident; write its number, such as INC-20261122-7K3QMX',
};

function readText(shown: string): CellOutcome {
  const text = shown.replace(/\r\n?/g, '\n');
  if (text.length > maxTextCharacters) return { problem: `a text is at most ${maxTextCharacters} characters long` };
  if (controls.test(text) || !text.isWellFormed()) return { problem: 'there is a character in it that is no text' };
  return text;
}

/** By its code, or as people read it in either language. */
function readChoice({ choices = [] }: RegisterColumn, shown: string): CellOutcome {
  const word = shown.toLowerCase();
  const found = choices.find(({ name, title }) =>
    [name, title.id, title.en].some((known) => known.toLowerCase() === word),
  );
  if (found !== undefined) return found.name;
  const codes = choices.map(({ name }) => name);
  return { problem: `"${shown.slice(0, 60)}" is none of the choices; ${suggestName(shown.slice(0, 60), codes)}` };
}

function ofDepartment(
  shown: string,
  known: ReadonlyMap<string, readonly string[]>,
  pd: string | undefined,
  what: string,
): CellOutcome {
  if (pd === undefined) return { problem: `a ${what} is of a department; name that as well` };
  return named(shown, known.get(pd) ?? [], `${what} of ${pd}`);
}

function named(shown: string, known: readonly string[], what: string): CellOutcome {
  if (known.includes(shown)) return shown;
  const word = shown.slice(0, 80);
  return { problem: `there is no ${what} "${word}"; ${suggestName(word, known)}` };
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const [day = '', clock = ''] = date.toISOString().slice(0, 19).split('T');
  return clock === '00:00:00' ? day : `${day} ${clock}`;
}
