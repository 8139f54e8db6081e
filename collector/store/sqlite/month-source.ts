import type { MonthSource } from '../month-source.ts';
import type { IncidentRow } from '../rows.ts';
import { createAgentsTable } from './agents.ts';
import { createBackupHistory } from './backup-history.ts';
import { createDocumentsTable } from './documents.ts';
import { createIncidentHistory } from './incident-history.ts';
import { type IncidentRecord, toIncident } from './incidents.ts';
import { createLedger } from './ledger/ledger.ts';
import { createLinkDays } from './link-days.ts';
import { type Connection, openToRead } from './open.ts';
import { createPathsTable } from './paths.ts';
import { createRegistersTable } from './registers.ts';
import { createTrafficTable } from './traffic.ts';
import { createVerdictHistory } from './verdict-history.ts';

/**
 * @param path of the database file of a collector, which may be running.
 * @throws AppError as `openToRead` does.
 */
export function openMonthSource(path: string): MonthSource {
  const connection = openToRead(path);
  const agents = createAgentsTable(connection);
  const linkDays = createLinkDays(connection);
  const traffic = createTrafficTable(connection);
  const paths = createPathsTable(connection);
  const ledger = createLedger(connection);
  const documents = createDocumentsTable(connection);
  const incidentHistory = createIncidentHistory(connection);
  const registers = createRegistersTable(connection);
  const seen = connection.prepare<[string, string], { at: number }>(
    'SELECT at FROM first_seen WHERE kind = ? AND subject = ?',
  );
  return {
    agents: () => agents.load(),
    monitoredLinks: () => linkDays.monitored(),
    history: { linkDays: async (place, fromMs, untilMs) => linkDays.read(place, fromMs, untilMs) },
    trafficOf: ({ pd, site }, fromMs, untilMs) => traffic.ofSite(pd, site, fromMs, untilMs),
    pathsOf: ({ pd, fromDay, untilDay }) => paths.days(pd, fromDay, untilDay),
    backupHistory: createBackupHistory(connection),
    firstSeenMs: async (kind, subject, nowMs) => seen.get(kind, subject)?.at ?? nowMs,
    heardHourCounts: countHours(connection),
    verdictHistory: createVerdictHistory(connection),
    incidentsDuring: findIncidents(connection),
    incidentEvents: (incident) => incidentHistory.events(incident),
    registerRows: async () => (await registers.load()).rows,
    documentsNamed: (name) => documents.named(name),
    figuresOf: (key) => documents.figures(key),
    latestCheckpoint: async () => ledger.latestCheckpoint(),
    lastRecord: () => ledger.entryCount(),
    close: () => void connection.close(),
  };
}

function countHours(connection: Connection): MonthSource['heardHourCounts'] {
  const count = connection.prepare<[number, number], { agent: number; count: number }>(`
    SELECT a.key AS agent, (SELECT count(*) FROM rollups r WHERE r.agent = a.key AND r.resolution_seconds = 3600
      AND r.starts_at >= ? AND r.starts_at < ?) AS count FROM agents a`);
  return (fromMs, untilMs) => new Map(count.all(fromMs, untilMs).map((row) => [row.agent, row.count]));
}

function findIncidents(connection: Connection): (fromMs: number, untilMs: number) => IncidentRow[] {
  const find = connection.prepare<[number, number], IncidentRecord>(`
    SELECT * FROM incidents WHERE opened_at < ? AND (resolved_at IS NULL OR resolved_at >= ?) ORDER BY opened_at, id`);
  return (fromMs, untilMs) => find.all(untilMs, fromMs).map(toIncident);
}
