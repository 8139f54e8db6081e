import type { Notice } from '../notify/notice.ts';
import type { OutboxPort } from '../notify/outbox-port.ts';
import type {
  AgentRow,
  AuditRow,
  ClaimRow,
  DeadlineRow,
  IncidentRow,
  InventoryRow,
  LinkRow,
  NewAgent,
  NewOutboxRow,
  ReportBatch,
  TokenRow,
  VerdictRow,
} from './rows.ts';

/** What reports change besides being kept; written in the same transaction as they are. */
export interface FactChanges {
  links: LinkRow[];
  /** Links that are no longer probed. */
  removedLinks: { proberKey: number; probe: string }[];
  claims: ClaimRow[];
  inventories: InventoryRow[];
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
  outbox: NewOutboxRow[];
  deadlines: DeadlineRow[];
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
  addToken(token: TokenRow): Promise<void>;
  /** Spends the token, once. The same key with the same token again gets the answer it got before. */
  enrol(secretHash: string, agent: NewAgent, nowMs: number): Promise<EnrolOutcome>;

  /**
   * Keeps the reports that are new and says which were; a report is known by (agent, session, seq) for ever. When the
   * promise resolves everything is on disk.
   * @param factsOf called inside the transaction with the accepted reports; what it returns is kept with them.
   */
  commitReports(batches: ReportBatch[], factsOf: (accepted: AcceptedPlace[]) => FactChanges): Promise<BatchOutcome[]>;
  /** The newest report of each agent that is not late, to rebuild the present after a start. */
  latestReports(): Promise<LatestReport[]>;
  loadLinks(): Promise<LinkRow[]>;
  /** Newest claim of each outcome per dataset. */
  loadClaims(): Promise<ClaimRow[]>;
  inventoryOf(agentKey: number): Promise<InventoryRow | undefined>;

  loadVerdicts(): Promise<VerdictRow[]>;
  loadIncidents(filter: { open?: boolean; limit?: number }): Promise<IncidentRow[]>;
  saveJudgement(changes: JudgementChanges): Promise<void>;
  /** In several transactions when there are many: each deadline stands for itself. */
  saveDeadlines(rows: DeadlineRow[]): Promise<void>;
  /** Takes due deadlines out; the caller stores the next moment of each. */
  takeDueDeadlines(nowMs: number, limit: number): Promise<DeadlineRow[]>;
  nextDeadlineAtMs(): Promise<number | undefined>;
  /** First moment at which this subject was known; kept for ever. */
  firstSeenMs(kind: string, subject: string, nowMs: number): Promise<number>;
  saveIncident(incident: IncidentRow, audit: AuditRow): Promise<void>;

  readonly outbox: OutboxPort;
  /** What was said, and through which channel, when an incident was opened. */
  openedNotices(incident: string): Promise<{ channel: string; notice: Notice }[]>;
  outboxSummary(): Promise<{ pendingCount: number; givenUpCount: number }>;

  history: HistoryPort;
  /** Proves that the store can be written, by a small transaction that is on disk when it resolves. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** Roll-ups and pruning; each call is one short transaction, so that nothing else waits long. */
export interface HistoryPort {
  /**
   * Merges raw reports of one agent into its hourly buckets, exactly once each: about a hundred, and whole bodies.
   * @returns how many reports were merged, or undefined when no agent has unmerged reports received before the instant.
   */
  rollUpOne(receivedBeforeMs: number): Promise<number | undefined>;
  /**
   * Removes raw bodies that were received before an instant and are rolled up. Those stay that a current verdict or
   * claim cites, and each agent's newest report that is not late.
   * @returns true while there is more to do.
   */
  pruneSome(receivedBeforeMs: number): Promise<boolean>;
  /** Removes hourly buckets that began before an instant. @returns how many went; 0 when nothing is left. */
  forgetHours(startedBeforeMs: number): Promise<number>;
  sizeBytes(): Promise<number>;
}
