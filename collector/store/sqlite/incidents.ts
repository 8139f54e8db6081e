import type { IncidentRow, NewIncidentEvent } from '../incident-rows.ts';
import type { Connection } from './open.ts';

export interface IncidentRecord {
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
  sites: string;
  obligations: string;
  settled_cause: IncidentRow['settledCause'] | null;
  settle_by: number | null;
  revision: number;
  restated_at: number | null;
  handling: string;
}

type Handling = Pick<IncidentRow, 'handling' | 'statedCause' | 'reopened' | 'closed'>;

export const toIncident = (record: IncidentRecord): IncidentRow => ({
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
  sites: JSON.parse(record.sites) as string[],
  obligations: JSON.parse(record.obligations) as string[],
  settledCause: record.settled_cause ?? undefined,
  settleByMs: record.settle_by ?? undefined,
  revision: record.revision,
  restatedAtMs: record.restated_at ?? undefined,
  ...(JSON.parse(record.handling) as Handling),
});

function prepareStatements(connection: Connection) {
  return {
    saveIncident: connection.prepare(`
    INSERT INTO incidents (id, pd, obligation, subject, kind, cause, owner, severity, state, since, opened_at,
      acknowledged_at, acknowledged_by, resolved_at, sites, obligations, settled_cause, settle_by, revision, restated_at,
      handling) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET cause = excluded.cause, owner = excluded.owner, severity = excluded.severity,
      state = excluded.state, since = excluded.since, acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by,
      resolved_at = excluded.resolved_at, sites = excluded.sites, obligations = excluded.obligations,
      settled_cause = excluded.settled_cause, settle_by = excluded.settle_by, revision = excluded.revision,
      restated_at = excluded.restated_at, handling = excluded.handling`),
    openIncidents: connection.prepare<[], IncidentRecord>(
      `SELECT * FROM incidents WHERE state <> 'resolved' ORDER BY opened_at`,
    ),
    incident: connection.prepare<[string], IncidentRecord>('SELECT * FROM incidents WHERE id = ?'),
    settlingIncidents: connection.prepare<[], IncidentRecord>(
      'SELECT * FROM incidents WHERE settle_by IS NOT NULL ORDER BY settle_by',
    ),
    recentIncidents: connection.prepare<[number], IncidentRecord>(
      'SELECT * FROM incidents ORDER BY opened_at DESC, id LIMIT ?',
    ),
    endedSince: connection.prepare<[number], IncidentRecord>(
      `SELECT * FROM incidents WHERE state = 'resolved' AND resolved_at >= ? ORDER BY resolved_at`,
    ),
    addEvent: connection.prepare(
      'INSERT INTO incident_events (incident, at, event, actor, detail) VALUES (?, ?, ?, ?, ?)',
    ),
  };
}

function handlingOf({ handling, statedCause, reopened, closed }: IncidentRow): string {
  return JSON.stringify({ handling, statedCause, reopened, closed });
}

export function createIncidentsTable(connection: Connection) {
  const sql = prepareStatements(connection);
  return {
    /** Inside the caller's transaction. */
    keep(row: IncidentRow): void {
      const what = [row.id, row.pd, row.obligation, row.subject, row.kind];
      const said = [row.cause, row.owner, row.severity, row.state];
      const acknowledged = [row.acknowledgedAtMs ?? null, row.acknowledgedBy ?? null];
      const times = [row.sinceMs, row.openedAtMs, ...acknowledged, row.resolvedAtMs ?? null];
      const lists = [JSON.stringify(row.sites), JSON.stringify(row.obligations)];
      const settling = [row.settledCause ?? null, row.settleByMs ?? null, row.revision, row.restatedAtMs ?? null];
      sql.saveIncident.run(...what, ...said, ...times, ...lists, ...settling, handlingOf(row));
    },
    /** Inside the caller's transaction. */
    note({ incident, atMs, event, actor, detail }: NewIncidentEvent): void {
      sql.addEvent.run(incident, atMs, event, actor, JSON.stringify(detail));
    },
    load: (filter: { open?: boolean; limit?: number }): IncidentRow[] =>
      (filter.open === true ? sql.openIncidents.all() : sql.recentIncidents.all(filter.limit ?? 1000)).map(toIncident),
    byId: (id: string): IncidentRow | undefined => {
      const record = sql.incident.get(id);
      return record && toIncident(record);
    },
    settling: (): IncidentRow[] => sql.settlingIncidents.all().map(toIncident),
    endedSince: (sinceMs: number): IncidentRow[] => sql.endedSince.all(sinceMs).map(toIncident),
  };
}
