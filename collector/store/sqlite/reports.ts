import type { AcceptedPlace, BatchOutcome, FactChanges } from '../store.ts';
import type { ReportBatch } from '../rows.ts';
import type { createFactTables } from './facts.ts';
import type { Connection } from './open.ts';
import { createSessionKeys } from './session-keys.ts';

/** A server that begins a new session with each report must not fill the memory: then each report costs a look-up. */
const sessionsRemembered = 50_000;

type FactTables = ReturnType<typeof createFactTables>;

function prepareStatements(connection: Connection) {
  return {
    addBody: connection.prepare(
      'INSERT INTO bodies (agent, received_at, sent_at, encoding, signature, body, remote_address) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    dropBody: connection.prepare('DELETE FROM bodies WHERE key = ?'),
    addReport: connection.prepare(
      'INSERT INTO reports (session, seq, taken_at, body, place, late) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    // Ranges do not overlap: only the last that begins before the number can hold it.
    rangeBefore: connection.prepare<[number, number], { last_seq: number }>(
      'SELECT last_seq FROM pruned_ranges WHERE session = ? AND first_seq <= ? ORDER BY first_seq DESC LIMIT 1',
    ),
    hasPruned: connection.prepare<[number], { session: number }>('SELECT DISTINCT session FROM pruned_ranges LIMIT ?'),
  };
}

export function createReportsTable(connection: Connection, facts: FactTables) {
  const sql = prepareStatements(connection);
  const sessionKeys = createSessionKeys(connection);
  /** Sessions that have ranges, so that other reports cost no look-up; nothing when there are too many to remember. */
  const known = sql.hasPruned.all(sessionsRemembered + 1).map((row) => row.session);
  let prunedSessions = known.length > sessionsRemembered ? undefined : new Set(known);

  function notePruned(session: number): void {
    prunedSessions?.add(session);
    if (prunedSessions !== undefined && prunedSessions.size > sessionsRemembered) prunedSessions = undefined;
  }

  function wasPruned(session: number, seq: number): boolean {
    if (prunedSessions !== undefined && !prunedSessions.has(session)) return false;
    return (sql.rangeBefore.get(session, seq)?.last_seq ?? -1) >= seq;
  }

  function keepBatch(batch: ReportBatch, index: number, accepted: AcceptedPlace[]): BatchOutcome {
    const { agentKey, receivedAtMs, sentAtMs, encoding, signature, body, remoteAddress = null } = batch;
    const columns = [agentKey, receivedAtMs, sentAtMs, encoding, signature, body, remoteAddress];
    const bodyKey = sql.addBody.run(...columns).lastInsertRowid;
    let acceptedCount = 0;
    for (const [place, report] of batch.reports.entries()) {
      const session = sessionKeys.keyOf(agentKey, report.session);
      if (wasPruned(session, report.seq)) continue;
      const late = report.late ? 1 : 0;
      if (sql.addReport.run(session, report.seq, report.takenAtMs, bodyKey, place, late).changes === 0) continue;
      acceptedCount += 1;
      accepted.push({ batch: index, place });
    }
    if (acceptedCount === 0) sql.dropBody.run(bodyKey);
    return { acceptedCount, duplicateCount: batch.reports.length - acceptedCount };
  }

  function commit(batches: ReportBatch[], factsOf: (accepted: AcceptedPlace[]) => FactChanges): BatchOutcome[] {
    const accepted: AcceptedPlace[] = [];
    const outcomes = batches.map((batch, index) => keepBatch(batch, index, accepted));
    facts.keep(factsOf(accepted), batches[0]?.receivedAtMs ?? 0);
    return outcomes;
  }
  const commitInTransaction = connection.transaction(commit).immediate;

  return {
    commit(batches: ReportBatch[], factsOf: (accepted: AcceptedPlace[]) => FactChanges): BatchOutcome[] {
      try {
        return commitInTransaction(batches, factsOf);
      } catch (error) {
        // A session inserted by the transaction that was rolled back does not exist.
        sessionKeys.forget();
        throw error;
      }
    },
    /** To be called when ranges of a session were pruned. */
    notePruned,
  };
}
