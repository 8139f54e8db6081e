import type { JsonObject } from '../../../ledger/entry.ts';
import type { AppendLimit } from '../../ledger-port.ts';
import type { Connection } from '../open.ts';
import { createProgress } from '../progress.ts';
import { createCite } from './cite.ts';
import type { createEntries } from './entries.ts';
import { ledgerSources } from './sources/registry.ts';
import type { Cite, LedgerSource, SourceRow } from './sources/source.ts';

interface Followed {
  source: LedgerSource;
  cursor: ReturnType<typeof createProgress>;
  next(afterKey: number, limit: number): SourceRow[];
}

/** What waits of one source. */
interface Queue extends Followed {
  rows: SourceRow[];
  at: number;
}

/**
 * Follows every source: in one transaction the entries and how far each source was followed, so that nothing is left
 * out and nothing doubled whenever the process ends.
 */
export function createAppend(connection: Connection, entries: ReturnType<typeof createEntries>) {
  const followed: Followed[] = ledgerSources.map((source) => ({
    source,
    cursor: createProgress(connection, `ledger ${source.table}`),
    next: source.open(connection),
  }));
  const citing = createCite(connection);

  const waiting = (rowCount: number): Queue[] =>
    followed.map((each) => ({ ...each, rows: each.next(each.cursor.get(), rowCount), at: 0 }));

  const append = connection.transaction(({ rowCount, isOver }: AppendLimit): number => {
    const queues = waiting(rowCount);
    let addedCount = 0;
    const write = entries.writer();
    const add: typeof write = (entry) => {
      addedCount += 1;
      return write(entry);
    };
    const cite = citing(add);
    for (let taken = 0; taken < rowCount; taken += 1) {
      const queue = earliest(queues);
      const row = queue?.rows[queue.at];
      if (queue === undefined || row === undefined || (taken > 0 && isOver())) break;
      add({ atMs: row.atMs, kind: queue.source.kind, pd: row.pd, data: dataOf(row, cite) });
      queue.at += 1;
    }
    for (const { rows, at, cursor } of queues) {
      const last = rows[at - 1];
      if (last !== undefined) cursor.set(last.key);
    }
    return addedCount;
  }).immediate;

  return (limit: AppendLimit): number => {
    // Looked at without the lock first: most of the time nothing is new.
    const isNew = followed.some(({ cursor, next }) => next(cursor.get(), 1).length > 0);
    return isNew ? append(limit) : 0;
  };
}

function dataOf({ data, evidence, atMs }: SourceRow, cite: Cite): JsonObject {
  return evidence === undefined ? data : { ...data, evidence: evidence.map((reference) => cite(reference, atMs)) };
}

/** The source whose first waiting row is the oldest; rows of one source stay in their order. */
function earliest(queues: readonly Queue[]): Queue | undefined {
  let found: Queue | undefined;
  for (const queue of queues) {
    const atMs = queue.rows[queue.at]?.atMs;
    const bestMs = found?.rows[found.at]?.atMs;
    if (atMs !== undefined && (bestMs === undefined || atMs < bestMs)) found = queue;
  }
  return found;
}
