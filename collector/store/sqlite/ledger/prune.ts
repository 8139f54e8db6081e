import type { Connection } from '../open.ts';
import { createProgress } from '../progress.ts';
import type { createEntries } from './entries.ts';

const entriesPerCall = 500;
/** Entries go a day's worth at a time: each time is an entry of its own. */
const dayMs = 86_400_000;

function prepareStatements(connection: Connection) {
  return {
    first: connection.prepare<[number], { seq: number; at: number }>(
      'SELECT seq, at FROM ledger WHERE seq > ? ORDER BY seq LIMIT 1',
    ),
    firstLater: connection.prepare<[number, number], { seq: number | null }>(
      'SELECT min(seq) AS seq FROM ledger WHERE seq > ? AND at >= ?',
    ),
    anchor: connection.prepare<[number], { seq: number; hash: string }>(
      'SELECT seq, hash FROM checkpoints WHERE seq < ? ORDER BY seq DESC LIMIT 1',
    ),
    next: connection.prepare<[number, number], { seq: number }>(
      'SELECT seq FROM ledger WHERE seq <= ? ORDER BY seq LIMIT ?',
    ),
    dropEntry: connection.prepare('DELETE FROM ledger WHERE seq = ?'),
    dropBody: connection.prepare('DELETE FROM ledger_bodies WHERE entry = ?'),
    dropReports: connection.prepare('DELETE FROM ledger_reports WHERE entry = ?'),
    dropCheckpoints: connection.prepare('DELETE FROM checkpoints WHERE seq < ?'),
  };
}

export const prunedThroughName = 'ledger-pruned-through';

/**
 * Forgets what is older than the retention, up to a checkpoint: it signs the hash on which the rest builds, so that the
 * rest can still be verified. What is removed is said in an entry before the first of it goes.
 */
export function createLedgerPrune(connection: Connection, entries: ReturnType<typeof createEntries>) {
  const sql = prepareStatements(connection);
  const prunedThrough = createProgress(connection, prunedThroughName);

  function decide(beforeMs: number, nowMs: number): boolean {
    const through = prunedThrough.get();
    const first = sql.first.get(through);
    if (first === undefined || first.at >= beforeMs - dayMs) return false;
    const later = sql.firstLater.get(through, beforeMs)?.seq ?? entries.head()?.seq ?? 0;
    const anchor = sql.anchor.get(later);
    if (anchor === undefined || anchor.seq <= through) return false;
    const data = { firstSeq: first.seq, lastSeq: anchor.seq, lastHash: anchor.hash, beforeMs };
    entries.writer()({ atMs: nowMs, kind: 'pruning', pd: undefined, data });
    prunedThrough.set(anchor.seq);
    sql.dropCheckpoints.run(anchor.seq);
    return true;
  }

  return connection.transaction((beforeMs: number, nowMs: number): boolean => {
    const gone = sql.next.all(prunedThrough.get(), entriesPerCall);
    if (gone.length === 0) return decide(beforeMs, nowMs);
    for (const { seq } of gone) {
      sql.dropEntry.run(seq);
      sql.dropBody.run(seq);
      sql.dropReports.run(seq);
    }
    return true;
  }).immediate;
}
