import type { AgentRow } from '../../collector/store/rows.ts';
import type { ParsedBatch } from '../../collector/facts/fleet.ts';
import type {
  Envelope,
  Report,
  ReportArrival,
  ReportBackup,
  ReportHolding,
  ReportProbe,
  ReportRestoreTest,
  ReportRouter,
  ReportVaultScan,
} from '../../shared/report-schema.ts';
import { agentIdOf, createKeyPair, exportPublicKey, type KeyPair, signBytes } from '../../shared/signing.ts';
import { agentHeader, signatureHeader } from '../../shared/wire.ts';

const bootedAtMs = Date.parse('2026-11-01T00:00:00Z');
const bootId = 'b007b007';

export type ReportPatch = Partial<Report> & { seq?: number };

/** An agent with a key of its own, for tests of the collector's parts. */
export interface TestAgent {
  id: string;
  keys: KeyPair;
  row: AgentRow & { publicKey: string };
  report(takenAtMs: number, patch?: ReportPatch): Report;
  envelope(reports: readonly unknown[], sentAtMs: number): Envelope;
  /** Headers over exactly these bytes. */
  sign(body: Buffer): Record<string, string>;
  /** What intake makes of an envelope: nothing is late unless told. */
  batch(reports: readonly Report[], receivedAtMs: number, late?: (report: Report) => boolean): ParsedBatch;
}

export interface TestAgentOptions {
  key?: number;
  pd?: string;
  site?: string;
  node?: string;
  roles?: AgentRow['roles'];
  intervalSeconds?: number;
  session?: string;
  /** When its machine was started; early November 2026 when absent. */
  bootedAtMs?: number;
}

export function testAgent(options: TestAgentOptions = {}): TestAgent {
  const { key = 1, pd = 'dinkes', site = 'kantor', node = 'server-1', roles = [], intervalSeconds = 60 } = options;
  const startedAtMs = options.bootedAtMs ?? bootedAtMs;
  const keys = createKeyPair();
  const publicKey = exportPublicKey(keys.publicKey);
  const id = agentIdOf(publicKey);
  const row = {
    key,
    id,
    pd,
    site,
    node,
    roles,
    publicKey,
    tokenHash: undefined,
    enrolledAtMs: bootedAtMs,
    revokedAtMs: undefined,
  } satisfies AgentRow;
  let nextSeq = 1;

  function report(takenAtMs: number, patch: ReportPatch = {}): Report {
    const seq = patch.seq ?? nextSeq;
    nextSeq = Math.max(nextSeq, seq + 1);
    return {
      session: options.session ?? 'session-0001',
      seq,
      takenAt: new Date(takenAtMs).toISOString(),
      intervalSeconds,
      host: {
        bootId,
        bootedAt: new Date(startedAtMs).toISOString(),
        uptimeSeconds: (takenAtMs - startedAtMs) / 1000,
      },
      spool: { queuedCount: 0, droppedCount: 0 },
      ...patch,
    };
  }

  function envelope(reports: readonly unknown[], sentAtMs: number): Envelope {
    return {
      schema: 'pantau.report/1',
      agent: id,
      sentAt: new Date(sentAtMs).toISOString(),
      bootId,
      uptimeSeconds: (sentAtMs - startedAtMs) / 1000,
      reports: reports as Report[],
    };
  }

  return {
    id,
    keys,
    row,
    report,
    envelope,
    sign: (body) => ({ [agentHeader]: id, [signatureHeader]: signBytes('report', body, keys.privateKey) }),
    batch: (reports, receivedAtMs, late = () => false) => ({
      reports: [...reports],
      batch: {
        agentKey: key,
        agent: id,
        receivedAtMs,
        sentAtMs: receivedAtMs,
        encoding: 'identity',
        signature: 'x'.repeat(86),
        body: Buffer.from(JSON.stringify(envelope(reports, receivedAtMs))),
        reports: reports.map((each) => ({
          session: each.session,
          seq: each.seq,
          takenAtMs: Date.parse(each.takenAt),
          late: late(each),
        })),
      },
    }),
  };
}

export function probe(state: ReportProbe['state'], patch: Partial<ReportProbe> = {}): ReportProbe {
  const receivedCount = state === 'up' ? 5 : 0;
  return { name: 'wan', kind: 'icmp', layer: 'wan', target: '10.20.0.1', state, sentCount: 5, receivedCount, ...patch };
}

export function backup(completedAtMs: number, patch: Partial<ReportBackup> = {}): ReportBackup {
  const completedAt = new Date(completedAtMs).toISOString();
  return {
    dataset: 'simpus',
    source: 'files',
    outcome: 'ok',
    objectName: `simpus-${completedAt.slice(0, 10)}.tar`,
    completedAt,
    sizeBytes: 4096,
    ...patch,
  };
}

export function restoreTest(completedAtMs: number, patch: Partial<ReportRestoreTest> = {}): ReportRestoreTest {
  const instant = (atMs: number) => new Date(atMs).toISOString();
  return {
    dataset: 'simpus',
    drill: 'restic',
    runId: instant(completedAtMs),
    outcome: 'ok',
    startedAt: instant(completedAtMs - 60_000),
    completedAt: instant(completedAtMs),
    ...patch,
  };
}

/** A file in the vault, the copy of what `backup` claims. */
export function arrival(arrivedAtMs: number, patch: Partial<ReportArrival> = {}): ReportArrival {
  const arrivedAt = new Date(arrivedAtMs).toISOString();
  return {
    vault: 'brankas',
    pd: 'dinkes',
    dataset: 'simpus',
    kind: 'file',
    objectName: `simpus-${arrivedAt.slice(0, 10)}.tar`,
    modifiedAt: arrivedAt,
    arrivedAt,
    sizeBytes: 4096,
    state: 'present',
    ...patch,
  };
}

export function holding(patch: Partial<ReportHolding> = {}): ReportHolding {
  return {
    vault: 'brankas',
    pd: 'dinkes',
    dataset: 'simpus',
    kind: 'files',
    copyCount: 1,
    fileCount: 1,
    sizeBytes: 4096,
    ...patch,
  };
}

export function vaultScan(scannedAtMs: number, patch: Partial<ReportVaultScan> = {}): ReportVaultScan {
  const nothing = { unownedCount: 0, unowned: [], problemCount: 0, problems: [] };
  return {
    vault: 'brankas',
    location: 'pusat-data',
    scannedAt: new Date(scannedAtMs).toISOString(),
    durationSeconds: 1,
    outcome: 'ok',
    entryCount: 1,
    ...nothing,
    ...patch,
  };
}

/** A router whose WAN interface received ten times as much as it sent since the reading five minutes before. */
export function routerReading(takenAtMs: number, patch: Partial<ReportRouter> = {}): ReportRouter {
  const grown = { receiveGrowthBytes: 3_000_000, transmitGrowthBytes: 300_000 };
  return {
    address: '10.20.1.1',
    reader: 'snmp',
    state: 'up',
    takenAt: new Date(takenAtMs).toISOString(),
    previousTakenAt: new Date(takenAtMs - 300_000).toISOString(),
    durationSeconds: 0.2,
    interfaces: [{ name: 'ether1', up: true, epoch: 1, isWan: true, ...grown }],
    ...patch,
  };
}
