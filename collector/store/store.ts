import type { TrafficRow } from '../facts/traffic-facts.ts';
import type { InterfaceGrowth } from '../facts/traffic-growths.ts';
import type { Report } from '../../shared/report-schema.ts';
import type { Notice } from '../notify/notice.ts';
import type { OperatorPort } from './operator-port.ts';
import type { OutboxPort } from '../notify/outbox-port.ts';
import type { DocumentsPort } from './documents-port.ts';
import type { LedgerPort } from './ledger-port.ts';
import type { EvidencePort } from './evidence-port.ts';
import type { IncidentHistoryPort } from './incident-history-port.ts';
import type { NewIncidentEvent } from './incident-rows.ts';
import type { LinkDay, LinkPlace } from './link-day.ts';
import type { PathRow } from './path-rows.ts';
import type { NetworkRow } from './network-rows.ts';
import type { RegisterPort } from './register-port.ts';
import type { RemoteWritePort } from './remote-write-port.ts';
import type { VerdictHistoryPort } from './verdict-history-port.ts';
import type {
  AgentRow,
  ArrivalRow,
  AuditRow,
  ClaimRow,
  DeadlineRow,
  HoldingRow,
  IncidentRow,
  InventoryRow,
  LinkRow,
  NewAgent,
  NewOutboxRow,
  PingRow,
  ReportBatch,
  RestoreTestRow,
  TokenRow,
  VaultScanRow,
  VerdictRow,
} from './rows.ts';

/** What reports change besides being kept; written in the same transaction as they are. */
export interface FactChanges {
  links: LinkRow[];
  /** Links that are no longer probed. */
  removedLinks: { proberKey: number; probe: string }[];
  /** Runs and backups; one that is known already is not kept twice. */
  claims: ClaimRow[];
  /** Looks that found something else than the look before, and told of no run or backup that was not known. */
  looks: ClaimRow[];
  arrivals: ArrivalRow[];
  holdings: HoldingRow[];
  vaultScans: VaultScanRow[];
  restoreTests: RestoreTestRow[];
  inventories: InventoryRow[];
  /** How machines are connected, where it is not as they told before. */
  networks: NetworkRow[];
  /** By how much WAN interfaces grew between two readings; added to their hours. */
  traffic: InterfaceGrowth[];
  /** Ways of a day; joined with what is kept of that day already. */
  paths: PathRow[];
}

/** Position of one accepted report: batch in the call, place in the batch. */
export interface AcceptedPlace {
  batch: number;
  place: number;
}

export interface BatchOutcome {
  acceptedCount: number;
  duplicateCount: number;
}

/** Everything that one turn of judging decides; it becomes durable as a whole or not at all. */
export interface JudgementChanges {
  verdicts: VerdictRow[];
  /** Verdicts whose subject no longer exists. */
  removedVerdicts: { obligation: string; subject: string }[];
  incidents: IncidentRow[];
  /** What happened to them. */
  events?: NewIncidentEvent[];
  outbox: NewOutboxRow[];
  deadlines: DeadlineRow[];
  audit?: AuditRow[];
  atMs: number;
}

export interface LatestReport {
  agentKey: number;
  session: string;
  seq: number;
  takenAtMs: number;
  receivedAtMs: number;
  sentAtMs: number;
  place: number;
  encoding: string;
  body: Buffer;
  remoteAddress: string | null;
}

export interface TakenTime {
  takenAtMs: number;
  receivedAtMs: number;
  /** It was kept until the agent was heard again. */
  isLate: boolean;
  /** The agent had just begun. */
  isFirst: boolean;
}

/** Reports of one agent by when they were taken, oldest first. */
export interface TakenReports {
  /** The newest few thousand. */
  times: TakenTime[];
  /** A hundred of them at most, spread over the time. */
  sample: (TakenTime & { report: Report })[];
}

export type EnrolOutcome =
  | { outcome: 'enrolled'; agent: AgentRow }
  | { outcome: 'unknown-token' | 'expired-token' | 'used-token' };

/**
 * The only door to durable state. Each method is one transaction. A second engine implements the same interface in a
 * folder of its own.
 */
export interface Store {
  loadAgents(): Promise<AgentRow[]>;
  /** @param by who made it, for the audit log. */
  addToken(token: TokenRow, by?: string): Promise<void>;
  /** Spends the token, once. The same key with the same token again gets the answer it got before. */
  enrol(secretHash: string, agent: NewAgent, nowMs: number): Promise<EnrolOutcome>;
  /** The first use of a router's token, which from then on is the router's own; a later one of the node replaces it. */
  enrolRouter(secretHash: string, nowMs: number): Promise<EnrolOutcome>;
  /**
   * Takes back the trust in a node, and the tokens that its router has not used yet.
   * @param by who did it, for the audit log.
   * @returns undefined when there is none.
   */
  revoke(node: { pd: string; node: string }, nowMs: number, by?: string): Promise<AgentRow | undefined>;

  /**
   * Keeps the reports that are new and says which were; a report is known by (agent, session, seq) for ever. When the
   * promise resolves everything is on disk.
   * @param factsOf called inside the transaction with the accepted reports; what it returns is kept with them.
   */
  commitReports(batches: ReportBatch[], factsOf: (accepted: AcceptedPlace[]) => FactChanges): Promise<BatchOutcome[]>;
  /** The newest report of each agent that is not late, to rebuild the present after a start. */
  latestReports(): Promise<LatestReport[]>;
  /** What an agent took within a time, late reports among it. */
  reportsTaken(agentKey: number, fromMs: number, untilMs: number): Promise<TakenReports>;
  loadLinks(): Promise<LinkRow[]>;
  /** What each machine told last of its network. */
  loadNetworks(): Promise<NetworkRow[]>;
  /**
   * Keeps what came in at a ping address, on disk when the promise resolves.
   * @param factsOf called inside the transaction with the number that the ping got; what it returns is kept with it.
   */
  commitPing(ping: PingRow, factsOf: (ping: number) => FactChanges | undefined): Promise<void>;
  /** The claims that the present of each dataset rests on. */
  loadClaims(): Promise<ClaimRow[]>;
  /** The newest arrivals of each dataset. */
  loadArrivals(): Promise<ArrivalRow[]>;
  loadHoldings(): Promise<HoldingRow[]>;
  loadVaultScans(): Promise<VaultScanRow[]>;
  /** The newest restore tests of each dataset. */
  loadRestoreTests(): Promise<RestoreTestRow[]>;
  /** The newest day of WAN traffic that is kept, of all sites. */
  loadTraffic(): Promise<TrafficRow[]>;
  /** Those of one site, oldest first; `fromMs` counts, `untilMs` does not. */
  trafficOf(place: { pd: string; site: string }, fromMs: number, untilMs: number): Promise<TrafficRow[]>;
  /** The ways of each agent where it is now, of the newest day that is kept. */
  loadPaths(): Promise<PathRow[]>;
  /** Ways by department, site, agent and day; the first and last day count. */
  pathsOf(filter: { pd: string; fromDay: string; untilDay: string }): Promise<PathRow[]>;
  inventoryOf(agentKey: number): Promise<InventoryRow | undefined>;

  loadVerdicts(): Promise<VerdictRow[]>;
  loadIncidents(filter: { open?: boolean; limit?: number }): Promise<IncidentRow[]>;
  incident(id: string): Promise<IncidentRow | undefined>;
  /** Incidents that are over and whose cause late reports may still settle. */
  settlingIncidents(): Promise<IncidentRow[]>;
  saveJudgement(changes: JudgementChanges): Promise<void>;
  /** In several transactions when there are many: each deadline stands for itself. */
  saveDeadlines(rows: DeadlineRow[]): Promise<void>;
  /** Takes due deadlines out; the caller stores the next moment of each. */
  takeDueDeadlines(nowMs: number, limit: number): Promise<DeadlineRow[]>;
  nextDeadlineAtMs(): Promise<number | undefined>;
  /** First moment at which this subject was known; kept for ever. */
  firstSeenMs(kind: string, subject: string, nowMs: number): Promise<number>;
  saveIncident(incident: IncidentRow, audit: AuditRow, events?: NewIncidentEvent[]): Promise<void>;
  /** The same for one whose cause is settled. @returns false, and writes nothing, when it is not awaited any more. */
  settleIncident(incident: IncidentRow, audit: AuditRow, events: NewIncidentEvent[]): Promise<boolean>;
  /** Incidents that ended since an instant, in the order in which they did. */
  incidentsEndedSince(sinceMs: number): Promise<IncidentRow[]>;

  /**
   * Adds a line about the settings to the audit log unless the last such line says the same.
   * @returns whether it was added.
   */
  noteConfiguration(detail: string, nowMs: number): Promise<boolean>;

  readonly outbox: OutboxPort;
  /** What was said, and through which channel, when an incident was opened. */
  openedNotices(incident: string): Promise<{ channel: string; notice: Notice }[]>;
  outboxSummary(): Promise<{ pendingCount: number; givenUpCount: number }>;

  history: HistoryPort;
  backupHistory: BackupHistoryPort;
  verdictHistory: VerdictHistoryPort;
  incidentHistory: IncidentHistoryPort;
  evidence: EvidencePort;
  remoteWrite: RemoteWritePort;
  registers: RegisterPort;
  operators: OperatorPort;
  ledger: LedgerPort;
  documents: DocumentsPort;
  /** Proves that the store can be written, by a small transaction that is on disk when it resolves. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** What was said of backups over the years. Instants in milliseconds; `fromMs` counts, `untilMs` does not. */
export interface BackupHistoryPort {
  /** Runs and backups of a dataset by when they happened, oldest first; each once, looks without a finding left out. */
  claims(subject: { pd: string; dataset: string }, fromMs: number, untilMs: number): Promise<ClaimRow[]>;
  arrivals(subject: { pd: string; dataset: string }, fromMs: number, untilMs: number): Promise<ArrivalRow[]>;
  restoreTests(subject: { pd: string; dataset: string }, fromMs: number, untilMs: number): Promise<RestoreTestRow[]>;
  /** Starts of the hours that are rolled up and in which an agent of the department took a report, oldest first. */
  heardHours(pd: string, fromMs: number, untilMs: number): Promise<number[]>;
}

/** A link of a site, and when it was probed for the first time. */
export interface MonitoredLink extends LinkPlace {
  sinceMs: number;
}

/** Roll-ups and pruning; each call is one short transaction, so that nothing else waits long. */
export interface HistoryPort {
  /**
   * Merges raw reports of one agent into its hourly buckets, exactly once each: about a hundred, and whole bodies.
   * @returns how many reports were merged, or undefined when no agent has unmerged reports received before the instant.
   */
  rollUpOne(receivedBeforeMs: number): Promise<number | undefined>;
  /**
   * Merges what some agents have sent up to now, so that what is read next has it. In several transactions; after a
   * long time away the last of it may be left to `rollUpOne`.
   */
  catchUp(agentKeys: readonly number[]): Promise<void>;
  /** Every link that was ever probed, in order. */
  monitoredLinks(): Promise<MonitoredLink[]>;
  /** The days in which a round may speak for a part of the period, one for each probe; merged reports only. */
  linkDays(place: LinkPlace, fromMs: number, untilMs: number): Promise<LinkDay[]>;
  /**
   * Removes raw bodies that were received before an instant and are rolled up. Those stay that a current verdict or
   * claim cites, and each agent's newest report that is not late.
   * @returns true while there is more to do.
   */
  pruneSome(receivedBeforeMs: number): Promise<boolean>;
  /**
   * Removes hourly buckets that began before an instant, and days of links that were over by then.
   * @returns how many went; 0 when nothing is left.
   */
  forgetHours(startedBeforeMs: number): Promise<number>;
  /**
   * Empties the bodies of pings that were received before one instant, and removes the pings that were received before
   * another. What they claimed stays with the claims.
   * @returns true while there is more to do.
   */
  prunePings(bodiesBeforeMs: number, rowsBeforeMs: number): Promise<boolean>;
  /** Removes ways of days before one. @returns whether there may be more to remove. */
  forgetPaths(beforeDay: string): Promise<boolean>;
  /**
   * Removes changes of verdicts that others had replaced before an instant.
   * @returns true while there is more to look at.
   */
  forgetVerdictChanges(beforeMs: number): Promise<boolean>;
  sizeBytes(): Promise<number>;
}
