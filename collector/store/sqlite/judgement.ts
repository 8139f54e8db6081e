import type { NewIncidentEvent } from '../incident-rows.ts';
import type { AuditRow, DeadlineRow, IncidentRow, VerdictRow } from '../rows.ts';
import type { JudgementChanges } from '../store.ts';
import { createIncidentsTable } from './incidents.ts';
import type { Connection } from './open.ts';
import type { createOutboxTable } from './outbox.ts';
import { createVerdictChanges } from './verdict-changes.ts';

function prepareStatements(connection: Connection) {
  return {
    verdicts: connection.prepare<[], { body: string }>('SELECT body FROM verdicts'),
    saveVerdict: connection.prepare(`
    INSERT INTO verdicts (obligation, subject, pd, body, since) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (obligation, subject) DO UPDATE SET pd = excluded.pd, body = excluded.body, since = excluded.since`),
    removeVerdict: connection.prepare('DELETE FROM verdicts WHERE obligation = ? AND subject = ?'),
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
  const incidents = createIncidentsTable(connection);
  const history = createVerdictChanges(connection);

  function save(changes: JudgementChanges): void {
    for (const row of changes.verdicts) {
      const body = JSON.stringify(row);
      sql.saveVerdict.run(row.obligation, row.subject, row.pd, body, row.sinceMs);
      history.add(row, body, changes.atMs);
    }
    for (const gone of changes.removedVerdicts) {
      history.remove(gone, changes.atMs);
      sql.removeVerdict.run(gone.obligation, gone.subject);
    }
    for (const row of changes.incidents) incidents.keep(row);
    for (const event of changes.events ?? []) incidents.note(event);
    for (const row of changes.outbox) outbox.add(row);
    for (const row of changes.audit ?? []) sql.audit.run(row.atMs, row.actor, row.action, row.subject, row.detail);
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
    incidents: incidents.load,
    incident: incidents.byId,
    settling: incidents.settling,
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
    endedSince: incidents.endedSince,
    ...incidentMethods(connection, incidents, sql.audit),
  };
}

/** One incident at a time, as people or late reports change it. */
function incidentMethods(
  connection: Connection,
  incidents: ReturnType<typeof createIncidentsTable>,
  audit: ReturnType<typeof prepareStatements>['audit'],
) {
  function save(row: IncidentRow, entry: AuditRow, events: NewIncidentEvent[] = []): void {
    incidents.keep(row);
    for (const event of events) incidents.note(event);
    audit.run(entry.atMs, entry.actor, entry.action, entry.subject, entry.detail);
  }

  /** Nothing is written when the incident is open again, or nobody waits for its cause any more. */
  function settle(row: IncidentRow, entry: AuditRow, events: NewIncidentEvent[]): boolean {
    const now = incidents.byId(row.id);
    if (now?.state !== 'resolved' || now.settleByMs === undefined) return false;
    save(row, entry, events);
    return true;
  }

  return {
    saveIncident: connection.transaction(save).immediate,
    settleIncident: connection.transaction(settle).immediate,
  };
}
