import type { ReportReference } from '../../shared/evidence.ts';
import type { Grade, Layer, State, VerdictStatus } from '../../shared/states.ts';
import type { Notice } from '../notify/notice.ts';

/** Rows as the store keeps them. Instants are milliseconds since the epoch. */
export interface AgentRow {
  /** The store's own number of the agent. */
  key: number;
  id: string;
  pd: string;
  site: string;
  node: string;
  roles: ('vantage' | 'vault')[];
  publicKey: string;
  enrolledAtMs: number;
  revokedAtMs: number | undefined;
}

export interface TokenRow {
  /** SHA-256 of the secret, hex; the secret itself is never kept. */
  secretHash: string;
  pd: string;
  site: string;
  roles: ('vantage' | 'vault')[];
  createdAtMs: number;
  expiresAtMs: number;
}

export interface NewAgent {
  id: string;
  node: string;
  publicKey: string;
}

/** One request body of an agent as it arrived, with what intake learnt from it. */
export interface ReportBatch {
  agentKey: number;
  agent: string;
  receivedAtMs: number;
  sentAtMs: number;
  encoding: string;
  signature: string;
  body: Buffer;
  reports: { session: string; seq: number; takenAtMs: number; late: boolean }[];
}

export interface LinkRow {
  proberKey: number;
  probe: string;
  pd: string;
  site: string;
  layer: Layer;
  kind: string;
  target: string;
  state: State;
  /** When the state began: the first round of the run that led to it. */
  sinceMs: number;
  reason: string | undefined;
  lastRoundAtMs: number;
}

export interface ClaimRow {
  pd: string;
  dataset: string;
  agentKey: number;
  source: string;
  outcome: 'ok' | 'no-data' | 'failed';
  reason: string | undefined;
  objectName: string | undefined;
  completedAtMs: number | undefined;
  sizeBytes: number | undefined;
  sha256: string | undefined;
  /** When the agent looked. */
  observedAtMs: number;
  record: ReportReference;
}

export interface InventoryRow {
  agentKey: number;
  takenAtMs: number;
  body: string;
}

export interface VerdictRow {
  obligation: string;
  /** `<pd>` or `<pd>/<dataset or site>`: unique within the obligation. */
  subject: string;
  pd: string;
  status: VerdictStatus;
  grade: Grade | undefined;
  reasonCode: string;
  reasonArgs: Record<string, string | number>;
  sinceMs: number;
  evidence: ReportReference[];
}

export type IncidentState = 'open' | 'acknowledged' | 'resolved';

export interface IncidentRow {
  id: string;
  pd: string;
  obligation: string;
  subject: string;
  kind: string;
  cause: string;
  owner: string;
  severity: 'critical' | 'warning' | 'info';
  state: IncidentState;
  /** Since when it was so; it was opened when that was judged. */
  sinceMs: number;
  openedAtMs: number;
  acknowledgedAtMs: number | undefined;
  acknowledgedBy: string | undefined;
  resolvedAtMs: number | undefined;
}

export interface NewOutboxRow {
  incident: string;
  channel: string;
  notice: Notice;
  createdAtMs: number;
}

/** A moment at which something must be looked at again. */
export interface DeadlineRow {
  kind: 'freshness' | 'verdict';
  subject: string;
  dueAtMs: number;
}

export interface AuditRow {
  atMs: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}
