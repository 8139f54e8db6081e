import type { AcceptedPlace, BatchOutcome, FactChanges } from '../store.ts';
import type { ReportBatch } from '../rows.ts';
import type { createFactTables } from './facts.ts';
import type { Connection } from './open.ts';

type FactTables = ReturnType<typeof createFactTables>;

function prepareStatements(connection: Connection) {
  return {
    addSession: connection.prepare('INSERT INTO sessions (agent, token) VALUES (?, ?)'),
    findSession: connection.prepare<[number, string], { key: number }>(
      'SELECT key FROM sessions WHERE agent = ? AND token = ?',
    ),
    addBody: connection.prepare(
      'INSERT INTO bodies (agent, received_at, sent_at, encoding, signature, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    dropBody: connection.prepare('DELETE FROM bodies WHERE key = ?'),
    addReport: connection.prepare(
      'INSERT INTO reports (session, seq, taken_at, body, place, late) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    inPruned: connection.prepare<[number, number, number], { first_seq: number }>(
      'SELECT first_seq FROM pruned_ranges WHERE session = ? AND first_seq <= ? AND last_seq >= ?',
    ),
    hasPruned: connection.prepare<[], { session: number }>('SELECT DISTINCT session FROM pruned_ranges'),
  };
}

export function createReportsTable(connection: Connection, facts: FactTables) {
  const sql = prepareStatements(connection);
  /** Sessions seen by this process, so that a report costs no look-up; bounded by the number of agents' starts. */
  const sessionKeys = new Map<string, number>();
  const prunedSessions = new Set(sql.hasPruned.all().map((row) => row.session));

  function sessionKey(agentKey: number, token: string): number {
    const name = `${agentKey}/${token}`;
    const cached = sessionKeys.get(name);
    if (cached !== undefined) return cached;
    const key =
      sql.findSession.get(agentKey, token)?.key ?? Number(sql.addSession.run(agentKey, token).lastInsertRowid);
    sessionKeys.set(name, key);
    return key;
  }

  function keepBatch(batch: ReportBatch, index: number, accepted: AcceptedPlace[]): BatchOutcome {
    const { agentKey, receivedAtMs, sentAtMs, encoding, signature, body } = batch;
    const bodyKey = sql.addBody.run(agentKey, receivedAtMs, sentAtMs, encoding, signature, body).lastInsertRowid;
    let acceptedCount = 0;
    for (const [place, report] of batch.reports.entries()) {
      const session = sessionKey(agentKey, report.session);
      if (prunedSessions.has(session) && sql.inPruned.get(session, report.seq, report.seq) !== undefined) continue;
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
    facts.keep(factsOf(accepted));
    return outcomes;
  }
  const commitInTransaction = connection.transaction(commit).immediate;

  return {
    commit(batches: ReportBatch[], factsOf: (accepted: AcceptedPlace[]) => FactChanges): BatchOutcome[] {
      try {
        return commitInTransaction(batches, factsOf);
      } catch (error) {
        // A session inserted by the transaction that was rolled back does not exist.
        sessionKeys.clear();
        throw error;
      }
    },
    /** To be called when ranges of a session were pruned. */
    notePruned: (session: number): void => void prunedSessions.add(session),
  };
}
