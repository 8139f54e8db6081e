import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

const bodiesPerCall = 2000;
const sessionsPerCall = 20;

/** The consecutive runs in a rising list: [1, 2, 3, 7] gives [[1, 3], [7, 7]]. */
export function runsOf(seqs: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}

function prepareStatements(connection: Connection) {
  return {
    // The newest body of all stays: a new one is numbered after it, and the marks compare these numbers.
    newestOld: connection.prepare<[number, number], { key: number | null }>(
      `SELECT max(key) AS key FROM bodies
       WHERE key <= ? AND received_at < ? AND key < (SELECT max(key) FROM bodies)`,
    ),
    sessions: connection.prepare<[number, number], { key: number }>(
      'SELECT key FROM sessions WHERE pruned_through < ? ORDER BY key LIMIT ?',
    ),
    seqs: connection.prepare<[number, number], { seq: number }>(
      'SELECT seq FROM reports WHERE session = ? AND body <= ? ORDER BY seq',
    ),
    dropReports: connection.prepare('DELETE FROM reports WHERE session = ? AND body <= ?'),
    mark: connection.prepare('UPDATE sessions SET pruned_through = ? WHERE key = ?'),
    left: connection.prepare<[number, number], { first_seq: number }>(
      'SELECT first_seq FROM pruned_ranges WHERE session = ? AND last_seq = ?',
    ),
    right: connection.prepare<[number, number], { last_seq: number }>(
      'SELECT last_seq FROM pruned_ranges WHERE session = ? AND first_seq = ?',
    ),
    dropRange: connection.prepare('DELETE FROM pruned_ranges WHERE session = ? AND first_seq = ?'),
    addRange: connection.prepare('INSERT INTO pruned_ranges (session, first_seq, last_seq) VALUES (?, ?, ?)'),
    dropBodies: connection.prepare(
      'DELETE FROM bodies WHERE key IN (SELECT key FROM bodies WHERE key <= ? ORDER BY key LIMIT ?)',
    ),
  };
}

/**
 * Removes raw bodies that are old and rolled up. What remains of their reports are ranges of seq, so that a report is
 * recognised as a repeat however late it comes again.
 * @param onPruned told of each session that now has ranges.
 */
export function createPrune(connection: Connection, onPruned: (session: number) => void) {
  const sql = prepareStatements(connection);
  const rolledThrough = createProgress(connection, 'rolled-through');

  function remember(session: number, firstSeq: number, lastSeq: number): void {
    const before = sql.left.get(session, firstSeq - 1)?.first_seq;
    const after = sql.right.get(session, lastSeq + 1)?.last_seq;
    if (before !== undefined) sql.dropRange.run(session, before);
    if (after !== undefined) sql.dropRange.run(session, lastSeq + 1);
    sql.addRange.run(session, before ?? firstSeq, after ?? lastSeq);
  }

  function pruneSession(session: number, through: number): void {
    const gone = sql.seqs.all(session, through).map((row) => row.seq);
    for (const [firstSeq, lastSeq] of runsOf(gone)) remember(session, firstSeq, lastSeq);
    if (gone.length > 0) {
      sql.dropReports.run(session, through);
      onPruned(session);
    }
    sql.mark.run(through, session);
  }

  return connection.transaction((receivedBeforeMs: number): boolean => {
    const through = sql.newestOld.get(rolledThrough.get(), receivedBeforeMs)?.key ?? undefined;
    if (through === undefined) return false;
    const behind = sql.sessions.all(through, sessionsPerCall);
    if (behind.length > 0) {
      for (const session of behind) pruneSession(session.key, through);
      return true;
    }
    sql.dropBodies.run(through, bodiesPerCall);
    return true;
  }).immediate;
}
