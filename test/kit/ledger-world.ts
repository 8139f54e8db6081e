import type { EvidenceReference } from '../../collector/store/evidence-reference.ts';
import type { LedgerRow } from '../../collector/store/ledger-port.ts';
import type { ReportBatch, VerdictRow } from '../../collector/store/rows.ts';
import type { Store } from '../../collector/store/store.ts';
import { noFactChanges } from '../../collector/store/no-changes.ts';
import { signatureHeader } from '../../shared/wire.ts';
import type { TestAgent } from './test-agent.ts';

export const ledgerStartMs = Date.parse('2026-11-22T03:00:00Z');

/** A batch of an agent with a real signature. */
export function signedBatch(agent: TestAgent, reportCount: number, receivedAtMs: number): ReportBatch {
  const reports = Array.from({ length: reportCount }, () => agent.report(receivedAtMs - 1000));
  const body = Buffer.from(JSON.stringify(agent.envelope(reports, receivedAtMs)));
  const { batch } = agent.batch(reports, receivedAtMs);
  return { ...batch, body, signature: agent.sign(body)[signatureHeader] ?? '' };
}

/** Keeps them. @returns what names each report of the batch. */
export async function keepSigned(store: Store, batch: ReportBatch): Promise<EvidenceReference[]> {
  await store.commitReports([batch], () => noFactChanges());
  return batch.reports.map(({ session, seq }) => ({ agent: batch.agent, session, seq }));
}

export function verdictOf(patch: Partial<VerdictRow> = {}): VerdictRow {
  return {
    obligation: 'lebong-19-1-pencadangan-berkala',
    subject: 'dinkes/simpus',
    pd: 'dinkes',
    status: 'compliant',
    grade: undefined,
    severity: undefined,
    reasonCode: 'backup-in-time',
    reasonArgs: { sizeBytes: 4096, ratio: 0.1 },
    sinceMs: ledgerStartMs,
    evidence: [],
    ...patch,
  };
}

export async function addVerdicts(store: Store, verdicts: readonly VerdictRow[], atMs: number): Promise<void> {
  const nothing = { removedVerdicts: [], incidents: [], outbox: [], deadlines: [] };
  await store.saveJudgement({ ...nothing, verdicts: [...verdicts], atMs });
}

export function addAction(store: Store, action: string, atMs: number): Promise<void> {
  return addActions(store, [action], atMs);
}

export async function addActions(store: Store, actions: readonly string[], atMs: number): Promise<void> {
  const nothing = { verdicts: [], removedVerdicts: [], incidents: [], outbox: [], deadlines: [] };
  const audit = actions.map((action) => ({ atMs, actor: 'operator', action, subject: 'INC-1', detail: '' }));
  await store.saveJudgement({ ...nothing, audit, atMs });
}

export const noLimit = { rowCount: 1000, isOver: () => false };

/** Takes everything that is new into the ledger. */
export async function followAll(store: Store): Promise<void> {
  while ((await store.ledger.appendSome(noLimit)) > 0);
}

export async function wholeLedger(store: Store): Promise<LedgerRow[]> {
  return (await store.ledger.page({}, { offset: 0, limit: 1_000_000 })).rows;
}

/** `<seq> <kind> <what>` of each. */
export function shortRows(rows: readonly LedgerRow[]): string[] {
  return rows.map(({ seq, kind, data }) => {
    const said = JSON.parse(data) as Record<string, unknown>;
    const what = said['action'] ?? said['reasonCode'] ?? said['sha256'] ?? said['outcome'] ?? said['lastSeq'] ?? '';
    return `${seq} ${kind} ${typeof what === 'string' ? what : JSON.stringify(what)}`;
  });
}
