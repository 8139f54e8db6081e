import type { RegisterFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';
import { dayIn } from './entries.ts';

/** Where today stands in the time for which an entry says that something holds. */
export type Validity = 'to-come' | 'valid' | 'ended';

export interface ValidityColumns {
  from: string;
  until: string;
}

const usual: ValidityColumns = { from: 'from', until: 'until' };

/** An entry without an end holds for good. */
export function validityOf(
  entry: RegisterEntry,
  { today }: Pick<RegisterFacts, 'today'>,
  { from, until }: ValidityColumns = usual,
): Validity {
  if ((dayIn(entry, from) ?? '') > today) return 'to-come';
  return (dayIn(entry, until) ?? today) >= today ? 'valid' : 'ended';
}

/** The entry that counts today: of those that are valid the one that began last, whatever their order. */
export function validNow(
  entries: readonly RegisterEntry[],
  facts: Pick<RegisterFacts, 'today'>,
  columns: ValidityColumns = usual,
): RegisterEntry | undefined {
  return latest(
    entries.filter((entry) => validityOf(entry, facts, columns) === 'valid'),
    columns.from,
  );
}

/** Of those that have ended the one that ended last. */
export function lastEnded(
  entries: readonly RegisterEntry[],
  facts: Pick<RegisterFacts, 'today'>,
  columns: ValidityColumns = usual,
): RegisterEntry | undefined {
  return latest(
    entries.filter((entry) => validityOf(entry, facts, columns) === 'ended'),
    columns.until,
  );
}

function latest(entries: readonly RegisterEntry[], column: string): RegisterEntry | undefined {
  const keyOf = (entry: RegisterEntry) =>
    `${dayIn(entry, column) ?? '0000-00-00'} ${String(entry.enteredAtMs).padStart(15, '0')} ${entry.id}`;
  let found: RegisterEntry | undefined;
  for (const entry of entries) if (found === undefined || keyOf(entry) > keyOf(found)) found = entry;
  return found;
}
