import type { ReportReference } from '../../shared/evidence.ts';
import type { ProbeCertificate } from '../../shared/probe-schema.ts';
import type { ClaimOutcome, ReportHolding } from '../../shared/report-schema.ts';
import type { Grade, Layer, OwnerRole, State, VerdictStatus } from '../../shared/states.ts';
import type { EvidenceReference } from './evidence-reference.ts';
import type { Notice } from '../notify/notice.ts';

export type { IncidentRow, IncidentState, SettledCause } from './incident-rows.ts';

/** Rows as the store keeps them. Instants are milliseconds since the epoch. */
export interface AgentRow {
  /** The store's own number of the agent. */
  key: number;
  id: string;
  pd: string;
  site: string;
  node: string;
  roles: ('vantage' | 'vault')[];
  /** Undefined for a router, which cannot sign and shows a token instead. */
  publicKey: string | undefined;
  /** SHA-256 of the token that a router shows, hex; undefined for an agent that signs. */
  tokenHash: string | undefined;
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
  /** Name of the router that the secret is for, which it then shows with each report; absent for an agent that signs. */
  routerNode?: string;
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
  /** The address from which it came, where intake knows it. */
  remoteAddress?: string | undefined;
  reports: { session: string; seq: number; takenAtMs: number; late: boolean }[];
}

export interface LinkRow {
  proberKey: number;
  probe: string;
  pd: string;
  site: string;
  /** The server that was probed, when it was not the router. */
  node: string | undefined;
  layer: Layer;
  kind: string;
  target: string;
  state: State;
  /** When the state began: the first round of the run that led to it. */
  sinceMs: number;
  reason: string | undefined;
  lastRoundAtMs: number;
  /** Its last answer; undefined when it never gave one. */
  lastUpAtMs: number | undefined;
  /** Time between its rounds, when it is not the agent's own interval. */
  everySeconds: number | undefined;
  /** Since when it comes and goes; undefined while it does not. */
  unstableSinceMs: number | undefined;
  httpStatus: number | undefined;
  /** What it showed last. */
  certificate: ProbeCertificate | undefined;
}

export interface ClaimRow {
  pd: string;
  dataset: string;
  /** `collectorKey` when the collector itself heard it at a ping address. */
  agentKey: number;
  source: string;
  outcome: ClaimOutcome;
  reason: string | undefined;
  /** Names the run, where the source knows one. */
  runId: string | undefined;
  objectName: string | undefined;
  /** What the tool calls the object for ever: snapshot, archive, label. */
  objectId: string | undefined;
  repositoryId: string | undefined;
  startedAtMs: number | undefined;
  completedAtMs: number | undefined;
  /** The same instant by the agent's own clock: it stays as it is however that clock is corrected later. */
  saidCompletedAtMs: number | undefined;
  sizeBytes: number | undefined;
  fileCount: number | undefined;
  sha256: string | undefined;
  exitCode: number | undefined;
  /** The last lines of a job that did not end well. */
  lastLines: string[];
  /** When the agent looked. */
  observedAtMs: number;
  record: ReportReference;
}

/** The agent key of what the collector hears itself; no agent has it. */
export const collectorKey = 0;

/** An object in a vault, as its reader last saw it. */
export interface ArrivalRow {
  vault: string;
  pd: string;
  dataset: string;
  agentKey: number;
  kind: 'file' | 'restic' | 'borg';
  objectName: string;
  objectId: string | undefined;
  repositoryId: string | undefined;
  modifiedAtMs: number;
  arrivedAtMs: number;
  sizeBytes: number | undefined;
  sha256: string | undefined;
  verifiedAtMs: number | undefined;
  state: 'present' | 'damaged' | 'gone';
  reason: string | undefined;
  observedAtMs: number;
  record: ReportReference;
}

/** What a vault holds of one dataset, as its reader last saw it. */
export interface HoldingRow {
  vault: string;
  pd: string;
  dataset: string;
  agentKey: number;
  kind: ReportHolding['kind'];
  reason: string | undefined;
  repositoryId: string | undefined;
  copyCount: number | undefined;
  fileCount: number;
  sizeBytes: number;
  newestAtMs: number | undefined;
  integrity:
    | {
        checkedCount: number;
        totalCount: number;
        damagedCount: number;
        damaged: string[];
        /** Everything was read since then; undefined until each file was read once. */
        coveredSinceMs: number | undefined;
      }
    | undefined;
  /**
   * The last moment at which everything there had been read and was whole, and since when it had been read; new objects
   * that are not read yet leave it as it is, damage ends it.
   */
  whole: { atMs: number; coveredSinceMs: number } | undefined;
  observedAtMs: number;
  record: ReportReference;
}

/** The last scan of a vault. */
export interface VaultScanRow {
  vault: string;
  agentKey: number;
  location: 'pusat-data' | 'drc';
  scannedAtMs: number;
  durationSeconds: number;
  outcome: 'ok' | 'failed';
  reason: string | undefined;
  entryCount: number;
  unownedCount: number;
  unowned: string[];
  problemCount: number;
  problems: { path: string; reason: string }[];
  record: ReportReference;
}

export interface RestoreTestRow {
  pd: string;
  dataset: string;
  agentKey: number;
  drill: string;
  runId: string;
  outcome: 'ok' | 'failed';
  reason: string | undefined;
  startedAtMs: number;
  completedAtMs: number;
  objectName: string | undefined;
  objectId: string | undefined;
  fileCount: number | undefined;
  sizeBytes: number | undefined;
  checks: string[];
  record: ReportReference;
}

/** One call of a ping address, as it came in. */
export interface PingRow {
  pd: string;
  dataset: string;
  /** When it happened: the caller's own time when it gave one, else when it came in. */
  atMs: number;
  receivedAtMs: number;
  kind: 'start' | 'success' | 'fail' | 'log';
  exitStatus: number | undefined;
  rid: string | undefined;
  /** The first bytes of what was posted. */
  body: Buffer;
  userAgent: string;
  remoteAddress: string;
}

export interface InventoryRow {
  agentKey: number;
  takenAtMs: number;
  body: string;
}

export interface VerdictRow {
  obligation: string;
  /** `<pd>`, `<pd>/<dataset or site>` or `wilayah/<area>`: unique within the obligation. */
  subject: string;
  pd: string;
  status: VerdictStatus;
  grade: Grade | undefined;
  /** With `breached`: how urgent it is. */
  severity: 'critical' | 'warning' | 'info' | undefined;
  /** With `breached`: who must act, when it is not the one whom the duty names. */
  owner?: OwnerRole;
  reasonCode: string;
  reasonArgs: Record<string, string | number>;
  /** With `no-evidence`: an open incident is over all the same. */
  endsBreach?: boolean;
  /** Of an area: the sites that are affected, `<pd>/<site>`. */
  sites?: string[];
  sinceMs: number;
  evidence: EvidenceReference[];
}

export interface NewOutboxRow {
  incident: string;
  channel: string;
  notice: Notice;
  createdAtMs: number;
}

/** A moment at which something must be looked at again. */
export interface DeadlineRow {
  kind: 'freshness' | 'verdict' | 'settle';
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
