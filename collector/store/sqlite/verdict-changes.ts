import type { VerdictRow } from '../rows.ts';
import type { Connection } from './open.ts';

const changesPerCall = 500;

/** Writes the history of verdicts, inside the caller's transaction. */
export function createVerdictChanges(connection: Connection) {
  const add = connection.prepare(
    'INSERT INTO verdict_changes (obligation, subject, pd, at, body, removed) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const remove = connection.prepare(`
    INSERT INTO verdict_changes (obligation, subject, pd, at, body, removed)
    SELECT obligation, subject, pd, ?, body, 1 FROM verdicts WHERE obligation = ? AND subject = ?`);
  return {
    add({ obligation, subject, pd }: VerdictRow, body: string, atMs: number): void {
      add.run(obligation, subject, pd, atMs, body);
    },
    /** Before the verdict itself goes. */
    remove({ obligation, subject }: { obligation: string; subject: string }, atMs: number): void {
      remove.run(atMs, obligation, subject);
    },
  };
}

interface Looked {
  at: number;
  key: number;
}

/**
 * Forgets changes that another one of the same case had replaced before an instant: what stood at that instant stays,
 * and with it what stands now, and what the ledger has not taken yet. A few hundred changes are looked at in a call.
 * @returns true while there is more to look at.
 */
export function createChangesPrune(connection: Connection): (beforeMs: number) => boolean {
  const next = connection.prepare<[number, number, number], Looked>(`
    SELECT at, key FROM verdict_changes WHERE (at, key) > (?, ?) AND at < ? ORDER BY at, key LIMIT ${changesPerCall}`);
  // The newest change of all stays: the next one is numbered after it, and others remember these numbers.
  const forget = connection.prepare(`
    DELETE FROM verdict_changes AS c WHERE key = ?
      AND key <= coalesce((SELECT value FROM progress WHERE name = 'ledger verdict_changes'), 0) AND key < (SELECT max(key) FROM verdict_changes) AND (
      EXISTS (SELECT 1 FROM verdict_changes n
        WHERE n.obligation = c.obligation AND n.subject = c.subject AND n.key > c.key AND n.at <= ?)
      OR removed = 1 AND NOT EXISTS (SELECT 1 FROM verdict_changes e
        WHERE e.obligation = c.obligation AND e.subject = c.subject AND e.key < c.key))`);
  let looked: Looked = { at: -1, key: 0 };
  return connection.transaction((beforeMs: number): boolean => {
    const rows = next.all(looked.at, looked.key, beforeMs);
    for (const { key } of rows) forget.run(key, beforeMs);
    // Begun anew with the next call after the last piece.
    looked = rows.length === changesPerCall ? (rows.at(-1) ?? looked) : { at: -1, key: 0 };
    return rows.length === changesPerCall;
  }).immediate;
}
