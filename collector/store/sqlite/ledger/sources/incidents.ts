import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

interface EventRecord {
  key: number;
  at: number;
  pd: string | null;
  incident: string;
  event: string;
  actor: string;
  detail: string;
}

export const incidentSource: LedgerSource = {
  name: 'incidents',
  kind: 'incident',
  table: 'incident_events',
  open(connection) {
    const rows = connection.prepare<[number, number], EventRecord>(`
      SELECT e.key, e.at, i.pd, e.incident, e.event, e.actor, e.detail
      FROM incident_events e LEFT JOIN incidents i ON i.id = e.incident WHERE e.key > ? ORDER BY e.key LIMIT ?`);
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, pd, detail, ...said }) => ({
        key,
        atMs: at,
        pd: pd ?? undefined,
        data: plainJson({ ...said, pd: pd ?? undefined, detail: JSON.parse(detail) as unknown }),
      }));
  },
};
