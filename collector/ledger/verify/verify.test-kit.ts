import { compressWithDictionary } from '../../../shared/report-dictionary.ts';
import { createKeyPair, type KeyPair } from '../../../shared/signing.ts';
import { dictionaryEncoding, signatureHeader } from '../../../shared/wire.ts';
import {
  addAction,
  addVerdicts,
  followAll,
  keepSigned,
  ledgerStartMs,
  signedBatch,
  verdictOf,
} from '../../../test/kit/ledger-world.ts';
import { enrolAll, storeFile } from '../../../test/kit/store-file.ts';
import { type TestAgent, testAgent } from '../../../test/kit/test-agent.ts';
import type { EvidenceReference } from '../../store/evidence-reference.ts';
import { noFactChanges } from '../../store/no-changes.ts';
import type { ReportBatch } from '../../store/rows.ts';
import { openLedgerArchive } from '../../store/sqlite/ledger/ledger-archive.ts';
import type { Store } from '../../store/store.ts';
import { canonicalJson } from '../canonical-json.ts';
import { exportLedger, type ExportRequest } from '../export-ledger.ts';
import { makeCheckpoint } from '../make-checkpoint.ts';
import { LedgerFault } from './fault.ts';
import type { LedgerSummary } from './verifier.ts';
import { verifyLedger } from './verify-ledger.ts';

const minuteMs = 60_000;

export interface MadeLedger {
  path: string;
  store: Store;
  keys: KeyPair;
  agents: readonly TestAgent[];
  /** Adds rounds of evidence, verdicts, actions and now and then a checkpoint. */
  grow(roundCount: number): Promise<void>;
  exported(request?: Partial<ExportRequest>): string;
}

/** A batch as a modern agent sends it. */
function compressed(agent: TestAgent, atMs: number): ReportBatch {
  const batch = signedBatch(agent, 3, atMs);
  const body = compressWithDictionary(batch.body);
  return { ...batch, encoding: dictionaryEncoding, body, signature: agent.sign(body)[signatureHeader] ?? '' };
}

/** The ledger of an office with two agents, a router that shows a token, and a job that calls a ping address. */
export async function madeLedger(keys: KeyPair = createKeyPair()): Promise<MadeLedger> {
  const file = storeFile();
  const agents = [testAgent({ key: 1 }), testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'b' })];
  await enrolAll(file.store, agents, ledgerStartMs);
  const [first, second] = agents as [TestAgent, TestAgent];
  let round = 0;

  async function evidenceOf(atMs: number): Promise<EvidenceReference[]> {
    const { store } = file;
    if (round % 4 === 0) return keepSigned(store, compressed(first, atMs));
    if (round % 4 === 1) return keepSigned(store, signedBatch(second, 1, atMs));
    if (round % 4 === 2) return keepSigned(store, { ...signedBatch(second, 1, atMs), signature: 'token' });
    const ping = { pd: 'dinkes', dataset: 'simpus', atMs, receivedAtMs: atMs, kind: 'success' as const };
    const rest = { exitStatus: 0, rid: undefined, body: Buffer.from(''), userAgent: 'curl', remoteAddress: '10.1.1.1' };
    let number = 0;
    await store.commitPing({ ...ping, ...rest }, (given) => {
      number = given;
      return noFactChanges();
    });
    return [{ agent: 'ping', session: 'dinkes/simpus', seq: number }];
  }

  const made: MadeLedger = {
    path: file.path,
    store: file.store,
    keys,
    agents,
    async grow(roundCount) {
      for (const end = round + roundCount; round < end; round += 1) {
        const atMs = ledgerStartMs + round * minuteMs;
        const evidence = await evidenceOf(atMs);
        await addVerdicts(file.store, [verdictOf({ reasonCode: `round-${round}`, evidence })], atMs);
        await addAction(file.store, `action-${round}`, atMs + 1);
        await followAll(file.store);
        if (round % 3 === 2) await makeCheckpoint(file.store.ledger, keys.privateKey, atMs);
      }
    },
    exported: (request = {}) => exportedFrom(file.path, keys, request),
  };
  return made;
}

/** The ledger of a database, which may be in use. */
export function exportedFrom(path: string, keys: KeyPair, request: Partial<ExportRequest> = {}): string {
  const archive = openLedgerArchive(path);
  try {
    const usual = { pemda: 'Kabupaten Lebong', fromMs: undefined, untilMs: undefined, withBodies: true };
    const all = { ...usual, privateKey: keys.privateKey, nowMs: ledgerStartMs, ...request };
    return [...exportLedger(archive, all, () => {})].join('');
  } finally {
    archive.close();
  }
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  // Cut where lines are not.
  const chunkBytes = 1000;
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export function verify(
  content: string | Buffer,
  keys: KeyPair,
  expectedHashes: readonly string[] = [],
): Promise<LedgerSummary | LedgerFault> {
  return verifyLedger(chunksOf(Buffer.from(content as string)), { publicKey: keys.publicKey, expectedHashes });
}

/** `<code> line <line> record <seq>: <message>`, or that it is whole. */
export async function verdictOn(content: string | Buffer, keys: KeyPair): Promise<string> {
  const found = await verify(content, keys);
  if (!(found instanceof LedgerFault)) return 'whole';
  return `${found.code} line ${found.line} record ${found.seq ?? '-'}: ${found.message}`;
}

export type LineObject = Record<string, unknown> & { type: string };

export function linesOf(text: string): LineObject[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LineObject);
}

export function textOf(lines: readonly LineObject[]): string {
  return lines.map((line) => `${canonicalJson(line)}\n`).join('');
}
