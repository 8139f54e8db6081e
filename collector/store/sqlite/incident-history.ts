import type { IncidentHistoryPort, IncidentsFilter } from '../incident-history-port.ts';
import { type IncidentEvent, type IncidentEventRow, pantauActor } from '../incident-rows.ts';
import { type IncidentRecord, toIncident } from './incidents.ts';
import { type Connection, openToRead } from './open.ts';

interface EventRecord {
  incident: string;
  at: number;
  event: IncidentEvent;
  actor: string;
  detail: string;
}

const toEvent = ({ incident, at, event, actor, detail }: EventRecord): IncidentEventRow => ({
  incident,
  atMs: at,
  event,
  actor,
  detail: JSON.parse(detail) as IncidentEventRow['detail'],
});

/** Reading only: on a connection of its own it serves beside a running collector, too. */
export function createIncidentHistory(connection: Connection): IncidentHistoryPort {
  const byId = connection.prepare<[string], IncidentRecord>('SELECT * FROM incidents WHERE id = ?');
  const events = connection.prepare<[string, string], EventRecord>(
    `SELECT incident, at, event, actor, detail, 0 AS source, key FROM incident_events WHERE incident = ?
     UNION ALL SELECT incident, at, 'notified', '${pantauActor}',
       json_object('notice', event, 'channel', channel, 'outcome', outcome), 1, key FROM deliveries WHERE incident = ?
     ORDER BY at, source, key`,
  );
  const during = connection.prepare<[number, number], IncidentRecord>(`
    SELECT * FROM incidents WHERE opened_at < ? AND (resolved_at IS NULL OR resolved_at >= ?) ORDER BY opened_at, id`);
  return {
    async incident(id) {
      const record = byId.get(id);
      return record && toIncident(record);
    },
    events: async (incident) => events.all(incident, incident).map(toEvent),
    async during({ pd, fromMs, untilMs }: IncidentsFilter) {
      const found = during.all(untilMs, fromMs).map(toIncident);
      return pd === undefined ? found : found.filter((incident) => incident.pd === pd);
    },
  };
}

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openIncidentHistory(path: string): IncidentHistoryPort & { close(): void } {
  const connection = openToRead(path);
  return { ...createIncidentHistory(connection), close: () => void connection.close() };
}
