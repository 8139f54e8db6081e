import type { DepartmentSubjectFacts, PemdaSubjectFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';

const none: readonly RegisterEntry[] = [];

/** Registers give the same list for as long as nothing changes: five hundred departments ask for their part of it. */
const known = new WeakMap<readonly RegisterEntry[], ReadonlyMap<string | undefined, readonly RegisterEntry[]>>();

function byDepartment(entries: readonly RegisterEntry[]): ReadonlyMap<string | undefined, readonly RegisterEntry[]> {
  const grouped = known.get(entries) ?? Map.groupBy(entries, ({ pd }) => pd);
  known.set(entries, grouped);
  return grouped;
}

export function entriesOfDepartment(
  { registers, pd }: Pick<DepartmentSubjectFacts, 'registers' | 'pd'>,
  register: string,
): readonly RegisterEntry[] {
  const entries = registers.entries(register);
  return entries.length === 0 ? none : (byDepartment(entries).get(pd) ?? none);
}

/** What concerns the Pemda as a whole, or was entered for Diskominfo, which acts for it. */
export function entriesOfPemda(
  { registers, diskominfo }: Pick<PemdaSubjectFacts, 'registers' | 'diskominfo'>,
  register: string,
): readonly RegisterEntry[] {
  const entries = registers.entries(register);
  if (entries.length === 0) return none;
  const grouped = byDepartment(entries);
  return [...(grouped.get(undefined) ?? none), ...(grouped.get(diskominfo) ?? none)];
}

/** What stands in a column as text; undefined for an empty cell. */
export function textIn({ values }: RegisterEntry, column: string): string | undefined {
  const value = values[column];
  return value === undefined || value === '' ? undefined : String(value);
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** What stands in a column as a day; undefined for what is none. */
export function dayIn(entry: RegisterEntry, column: string): string | undefined {
  const value = entry.values[column];
  return typeof value === 'string' && dayPattern.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** An entry with the day that counts of it. */
export interface Dated {
  entry: RegisterEntry;
  day: string;
}

/** Entries that have a day in a column, the newest first; whatever the order in which they stand in the register. */
export function newestFirst(entries: readonly RegisterEntry[], column: string): Dated[] {
  return entries
    .flatMap((entry) => {
      const day = dayIn(entry, column);
      return day === undefined ? [] : [{ entry, day }];
    })
    .toSorted(
      (a, b) => compare(b.day, a.day) || b.entry.enteredAtMs - a.entry.enteredAtMs || compare(b.entry.id, a.entry.id),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
