import type { DocumentsPort } from '../documents-port.ts';
import type { PingRow } from '../rows.ts';
import type { FactChanges, HistoryPort, Store } from '../store.ts';
import { createAgentsTable } from './agents.ts';
import { createBackupHistory } from './backup-history.ts';
import { createDocumentsTable } from './documents.ts';
import { createEvidence } from './evidence.ts';
import { createConfigurationNotes } from './configuration-notes.ts';
import { createFactTables } from './facts.ts';
import { createHistory } from './history.ts';
import { createIncidentHistory } from './incident-history.ts';
import { createJudgementTables } from './judgement.ts';
import { createLatestReports } from './latest-reports.ts';
import { createLedger } from './ledger/ledger.ts';
import { type Connection, openConnection } from './open.ts';
import { createOperatorsTable } from './operators.ts';
import { createOutboxTable } from './outbox.ts';
import { createPingsTable } from './pings.ts';
import { createProgress } from './progress.ts';
import { createRegistersTable } from './registers.ts';
import { createReportsTaken } from './reports-taken.ts';
import { createRemoteWriteTable } from './remote-write.ts';
import { createReportsTable } from './reports.ts';
import { createVerdictHistory } from './verdict-history.ts';

/** @param path of the database file; its folder must exist. */
export function openSqliteStore(path: string): Store {
  const connection = openConnection(path);
  const agents = createAgentsTable(connection);
  const facts = createFactTables(connection);
  const reports = createReportsTable(connection, facts);
  const latestReports = createLatestReports(connection);
  const reportsTaken = createReportsTaken(connection);
  const outbox = createOutboxTable(connection);
  const noteConfiguration = createConfigurationNotes(connection);
  const judgement = createJudgementTables(connection, outbox);
  const pings = createPingsTable(connection);
  const history = createHistory(connection, (session) => reports.notePruned(session));
  const writeCheck = createProgress(connection, 'write-check');
  const commitPing = connection.transaction(
    (ping: PingRow, factsOf: (number: number) => FactChanges | undefined): void => {
      const changes = factsOf(pings.add(ping));
      if (changes !== undefined) facts.keep(changes, ping.receivedAtMs);
    },
  ).immediate;
  return {
    ...agentMethods(agents, history),
    commitReports: async (batches, factsOf) => reports.commit(batches, factsOf),
    latestReports: async () => latestReports(),
    reportsTaken: async (agentKey, fromMs, untilMs) => reportsTaken(agentKey, fromMs, untilMs),
    loadLinks: async () => facts.links(),
    loadNetworks: async () => facts.networks(),
    commitPing: async (ping, factsOf) => commitPing(ping, factsOf),
    loadClaims: async () => facts.claims(),
    loadArrivals: async () => facts.arrivals(),
    loadHoldings: async () => facts.holdings(),
    loadVaultScans: async () => facts.vaultScans(),
    loadRestoreTests: async () => facts.restoreTests(),
    loadTraffic: async () => facts.traffic.recent(),
    trafficOf: async ({ pd, site }, fromMs, untilMs) => facts.traffic.ofSite(pd, site, fromMs, untilMs),
    loadPaths: async () => facts.paths.newest(),
    pathsOf: async ({ pd, fromDay, untilDay }) => facts.paths.days(pd, fromDay, untilDay),
    inventoryOf: async (agentKey) => facts.inventory(agentKey),
    ...judgementPort(judgement),
    outbox: outbox.port,
    openedNotices: async (incident) => outbox.openedNotices(incident),
    outboxSummary: async () => outbox.summary(),
    history,
    backupHistory: createBackupHistory(connection),
    verdictHistory: createVerdictHistory(connection),
    incidentHistory: createIncidentHistory(connection),
    evidence: createEvidence(connection),
    remoteWrite: createRemoteWriteTable(connection),
    registers: createRegistersTable(connection),
    operators: createOperatorsTable(connection),
    noteConfiguration: async (detail, nowMs) => noteConfiguration(detail, nowMs),
    ledger: createLedger(connection),
    documents: documentsPort(connection),
    // A transaction that writes nothing would succeed on a full disk too.
    checkWritable: async () => writeCheck.set(writeCheck.get() + 1),
    close: async () => closeTidily(connection),
  };
}

type AgentMethods = Pick<Store, 'loadAgents' | 'addToken' | 'enrol' | 'enrolRouter' | 'revoke'>;

function agentMethods(agents: ReturnType<typeof createAgentsTable>, history: HistoryPort): AgentMethods {
  return {
    loadAgents: async () => agents.load(),
    addToken: async (token, by) => agents.addToken(token, by),
    async enrol(secretHash, agent, nowMs) {
      const known = agents.keyOf(agent.id);
      // A machine may be moved by it: what it has found so far speaks for where it was.
      if (known !== undefined) await history.catchUp([known]);
      return agents.enrol(secretHash, agent, nowMs);
    },
    enrolRouter: async (secretHash, nowMs) => agents.enrolRouter(secretHash, nowMs),
    revoke: async (node, nowMs, by) => agents.revoke(node, nowMs, by),
  };
}

function documentsPort(connection: Connection): DocumentsPort {
  const documents = createDocumentsTable(connection);
  const scheduled = createProgress(connection, 'monthly-report');
  return {
    list: async () => documents.list(),
    byKey: async (key) => documents.byKey(key),
    scheduledUntilMs: async () => scheduled.get(),
    noteScheduled: async (untilMs) => scheduled.set(untilMs),
  };
}

function closeTidily(connection: Connection): void {
  try {
    connection.pragma('optimize');
  } catch {
    // Statistics for the next start are worth nothing on a disk that is full.
  }
  connection.close();
}

function judgementPort(judgement: ReturnType<typeof createJudgementTables>) {
  return {
    loadVerdicts: async () => judgement.verdicts(),
    loadIncidents: async (filter) => judgement.incidents(filter),
    incident: async (id) => judgement.incident(id),
    settlingIncidents: async () => judgement.settling(),
    saveJudgement: async (changes) => judgement.save(changes),
    saveDeadlines: inTurns(judgement.saveDeadlines),
    takeDueDeadlines: async (nowMs, limit) => judgement.takeDue(nowMs, limit),
    nextDeadlineAtMs: async () => judgement.nextDue(),
    firstSeenMs: async (kind, subject, nowMs) => judgement.firstSeen(kind, subject, nowMs),
    saveIncident: async (incident, audit, events) => judgement.saveIncident(incident, audit, events),
    settleIncident: async (incident, audit, events) => judgement.settleIncident(incident, audit, events),
    incidentsEndedSince: async (sinceMs) => judgement.endedSince(sinceMs),
  } satisfies Partial<Store>;
}

const rowsPerTurn = 500;

/**
 * Writes many rows that each stand for themselves in several transactions, so that a whole fleet's need not be one long
 * one. One call after the other: of two that hold the same row the later one wins.
 */
function inTurns<Row>(write: (rows: Row[]) => void): (rows: Row[]) => Promise<void> {
  let before: Promise<void> = Promise.resolve();
  const writeAll = async (rows: Row[]): Promise<void> => {
    for (let at = 0; at < rows.length; at += rowsPerTurn) {
      if (at > 0) await new Promise((next) => setImmediate(next));
      write(rows.slice(at, at + rowsPerTurn));
    }
  };
  return (rows) => {
    const done = before.then(() => writeAll(rows));
    before = done.catch(() => {});
    return done;
  };
}
