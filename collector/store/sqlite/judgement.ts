import type { AuditRow, DeadlineRow, IncidentRow, VerdictRow } from '../rows.ts';
import type { JudgementChanges } from '../store.ts';
import type { Connection } from './open.ts';
import type { createOutboxTable } from './outbox.ts';

interface IncidentRecord {
  id: string;
  pd: string;
  obligation: string;
  subject: string;
  kind: string;
  cause: string;
  owner: string;
  severity: IncidentRow['severity'];
  state: IncidentRow['state'];
  since: number;
  opened_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  resolved_at: number | null;
}

const toIncident = (record: IncidentRecord): IncidentRow => ({
  id: record.id,
  pd: record.pd,
  obligation: record.obligation,
  subject: record.subject,
  kind: record.kind,
  cause: record.cause,
  owner: record.owner,
  severity: record.severity,
  state: record.state,
  sinceMs: record.since,
  openedAtMs: record.opened_at,
  acknowledgedAtMs: record.acknowledged_at ?? undefined,
  acknowledgedBy: record.acknowledged_by ?? undefined,
  resolvedAtMs: record.resolved_at ?? undefined,
});

function prepareStatements(connection: Connection) {
  return {
    verdicts: connection.prepare<[], { body: string }>('SELECT body FROM verdicts'),
    saveVerdict: connection.prepare(`
    INSERT INTO verdicts (obligation, subject, pd, body, since) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (obligation, subject) DO UPDATE SET pd = excluded.pd, body = excluded.body, since = excluded.since`),
    addChange: connection.prepare('INSERT INTO verdict_changes (obligation, subject, at, body) VALUES (?, ?, ?, ?)'),
    removeVerdict: connection.prepare('DELETE FROM verdicts WHERE obligation = ? AND subject = ?'),
    saveIncident: connection.prepare(`
    INSERT INTO incidents (id, pd, obligation, subject, kind, cause, owner, severity, state, since, opened_at,
      acknowledged_at, acknowledged_by, resolved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET cause = excluded.cause, owner = excluded.owner, severity = excluded.severity,
      state = excluded.state, since = excluded.since, acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by,
      resolved_at = excluded.resolved_at`),
    openIncidents: connection.prepare<[], IncidentRecord>(
      `SELECT * FROM incidents WHERE state <> 'resolved' ORDER BY opened_at`,
    ),
    recentIncidents: connection.prepare<[number], IncidentRecord>(
      'SELECT * FROM incidents ORDER BY opened_at DESC, id LIMIT ?',
    ),
    saveDeadline: connection.prepare(`
    INSERT INTO deadlines (kind, subject, due_at) VALUES (?, ?, ?)
    ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at`),
    due: connection.prepare<[number, number], DeadlineRow>(
      'SELECT kind, subject, due_at AS dueAtMs FROM deadlines WHERE due_at <= ? ORDER BY due_at LIMIT ?',
    ),
    dropDeadline: connection.prepare('DELETE FROM deadlines WHERE kind = ? AND subject = ?'),
    nextDue: connection.prepare<[], { at: number | null }>('SELECT min(due_at) AS at FROM deadlines'),
    audit: connection.prepare('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)'),
    seen: connection.prepare<[string, string], { at: number }>(
      'SELECT at FROM first_seen WHERE kind = ? AND subject = ?',
    ),
    addSeen: connection.prepare('INSERT INTO first_seen (kind, subject, at) VALUES (?, ?, ?)'),
  };
}

/** Verdicts, incidents and what follows from them, written as one turn of judging. */
export function createJudgementTables(connection: Connection, outbox: ReturnType<typeof createOutboxTable>) {
  const sql = prepareStatements(connection);

  function keepIncident(row: IncidentRow): void {
    const { id, pd, obligation, subject, kind, cause, owner, severity, state } = row;
    const { acknowledgedAtMs, acknowledgedBy, resolvedAtMs } = row;
    const seen = [acknowledgedAtMs ?? null, acknowledgedBy ?? null, resolvedAtMs ?? null];
    const times = [row.sinceMs, row.openedAtMs, ...seen];
    sql.saveIncident.run(id, pd, obligation, subject, kind, cause, owner, severity, state, ...times);
  }

  function save(changes: JudgementChanges): void {
    for (const row of changes.verdicts) {
      const body = JSON.stringify(row);
      sql.saveVerdict.run(row.obligation, row.subject, row.pd, body, row.sinceMs);
      sql.addChange.run(row.obligation, row.subject, changes.atMs, body);
    }
    for (const gone of changes.removedVerdicts) sql.removeVerdict.run(gone.obligation, gone.subject);
    for (const row of changes.incidents) keepIncident(row);
    for (const row of changes.outbox) outbox.add(row);
    for (const row of changes.deadlines) sql.saveDeadline.run(row.kind, row.subject, row.dueAtMs);
  }

  /** Takes the due rows away: whoever asked for them looks at each and stores the next moment. */
  function takeDue(nowMs: number, limit: number): DeadlineRow[] {
    const rows = sql.due.all(nowMs, limit);
    for (const row of rows) sql.dropDeadline.run(row.kind, row.subject);
    return rows;
  }

  return {
    verdicts: (): VerdictRow[] => sql.verdicts.all().map((record) => JSON.parse(record.body) as VerdictRow),
    incidents: (filter: { open?: boolean; limit?: number }): IncidentRow[] =>
      (filter.open === true ? sql.openIncidents.all() : sql.recentIncidents.all(filter.limit ?? 1000)).map(toIncident),
    save: connection.transaction(save).immediate,
    saveDeadlines: connection.transaction((rows: DeadlineRow[]) => {
      for (const row of rows) sql.saveDeadline.run(row.kind, row.subject, row.dueAtMs);
    }).immediate,
    takeDue: connection.transaction(takeDue).immediate,
    nextDue: (): number | undefined => sql.nextDue.get()?.at ?? undefined,
    firstSeen: connection.transaction((kind: string, subject: string, nowMs: number): number => {
      const known = sql.seen.get(kind, subject);
      if (known !== undefined) return known.at;
      sql.addSeen.run(kind, subject, nowMs);
      return nowMs;
    }).immediate,
    saveIncident: connection.transaction((row: IncidentRow, entry: AuditRow) => {
      keepIncident(row);
      sql.audit.run(entry.atMs, entry.actor, entry.action, entry.subject, entry.detail);
    }).immediate,
  };
}
