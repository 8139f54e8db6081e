import { closeSync, createReadStream, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hashSecret, newSecret } from '../../../collector/intake/enrolment.ts';
import { exportLedger } from '../../../collector/ledger/export-ledger.ts';
import { makeCheckpoint } from '../../../collector/ledger/make-checkpoint.ts';
import { LedgerFault } from '../../../collector/ledger/verify/fault.ts';
import { verifyLedger } from '../../../collector/ledger/verify/verify-ledger.ts';
import { noFactChanges } from '../../../collector/store/no-changes.ts';
import type { ReportBatch, VerdictRow } from '../../../collector/store/rows.ts';
import { openLedgerArchive } from '../../../collector/store/sqlite/ledger/ledger-archive.ts';
import { openSqliteStore } from '../../../collector/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../collector/store/store.ts';
import { TimeSlices } from '../../../collector/time-slices.ts';
import { createKeyPair, exportPublicKey, type KeyPair } from '../../../shared/signing.ts';
import { dictionaryEncoding, signatureHeader } from '../../../shared/wire.ts';
import { createSimulatedAgent, type SimulatedAgent } from '../../simulation/simulated-agent.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { quantile, single, spreadOf } from '../statistics.ts';

const hourMs = 3_600_000;
const verdictsPerTurn = 500;
/** As the collector's writer does (collector/ledger/writer.ts). */
const rowsPerTurn = 100;
const entriesPerCheckpoint = 1000;

export const ledger: Bench = {
  name: 'ledger',
  docs: 'entries that a second of CPU follows, exports and verifies, and how long one turn takes',
  async run(context) {
    const verdictCount = context.isQuick ? 2000 : 30_000;
    const path = join(context.folder, 'pantau.db');
    const store = openSqliteStore(path);
    context.later(() => store.close());
    const keys = createKeyPair();
    await makeVerdicts(context, store, verdictCount);
    context.say(`${verdictCount} verdicts made, each resting on a report of its own`);
    const following = await follow(context, store, keys);
    const { entryCount } = following;
    context.say(`${entryCount} entries follow them`);
    const out = join(context.folder, 'ledger.jsonl');
    const exportMs = writeOut(context, path, out, keys);
    const sizeMb = statSync(out).size / 1e6;
    const verifyMs: number[] = [];
    for (let round = 0; round < context.roundCount; round += 1) verifyMs.push(await readBack(out, keys));
    return [
      {
        name: 'following',
        unit: 'entries/CPU-s',
        value: single(entryCount / (following.cpuMs / 1000)),
      },
      {
        name: 'one turn: 99 of 100 are shorter than',
        unit: 'ms',
        value: single(quantile(following.turnMs, 0.99)),
        target: { atMost: 20 },
      },
      { name: 'one turn: the longest', unit: 'ms', value: single(Math.max(...following.turnMs)) },
      { name: 'in the file, for each entry', unit: 'bytes', value: single((sizeMb * 1e6) / entryCount) },
      { name: 'export', unit: 'MB/CPU-s', value: single(sizeMb / (exportMs / 1000)) },
      {
        name: 'verify',
        unit: 'MB/CPU-s',
        value: spreadOf(verifyMs.map((ms) => sizeMb / (ms / 1000))),
        note: `${sizeMb.toFixed(1)} MB, ${verdictCount} signatures of agents among it`,
      },
      { name: 'verify', unit: 'entries/CPU-s', value: spreadOf(verifyMs.map((ms) => entryCount / (ms / 1000))) },
    ] satisfies Figure[];
  },
};

/** What 500 departments with 60 duties each say after a reconnect. */
async function makeVerdicts({ clock }: BenchContext, store: Store, count: number): Promise<void> {
  const agents = Array.from({ length: 100 }, (_, index) =>
    createSimulatedAgent({ seed: index + 1, intervalSeconds: 60, pd: `pd-${index}`, node: 'srv' }),
  );
  const keys = new Map<string, number>();
  for (const agent of agents) {
    const secretHash = hashSecret(newSecret());
    const place = { pd: agent.pd, site: 'kantor', roles: [] };
    const nowMs = clock.nowMs();
    await store.addToken({ ...place, secretHash, createdAtMs: nowMs, expiresAtMs: nowMs + hourMs });
    const publicKey = exportPublicKey(agent.keys.publicKey);
    const enrolled = await store.enrol(secretHash, { id: agent.id, node: agent.node, publicKey }, nowMs);
    if (enrolled.outcome !== 'enrolled') throw new Error('A simulated agent could not be enrolled.');
    keys.set(agent.id, enrolled.agent.key);
  }
  for (let first = 0; first < count; first += verdictsPerTurn) {
    const places = Array.from({ length: Math.min(verdictsPerTurn, count - first) }, (_, index) => first + index);
    const made = places.map((place) => {
      const agent = agents[place % agents.length] as SimulatedAgent;
      return { agent, place, batch: batchOf(agent, keys.get(agent.id) ?? 0, clock.nowMs()) };
    });
    await store.commitReports(
      made.map(({ batch }) => batch),
      () => noFactChanges(),
    );
    const nothing = { removedVerdicts: [], incidents: [], outbox: [], deadlines: [] };
    const verdicts = made.map(({ agent, place, batch }) => verdictOf(agent, place, batch));
    await store.saveJudgement({ ...nothing, verdicts, atMs: clock.nowMs() });
  }
}

function batchOf(agent: SimulatedAgent, agentKey: number, nowMs: number): ReportBatch {
  const report = agent.report({ takenAtMs: nowMs });
  const { body, headers } = agent.signedRequest(agent.envelope([report], nowMs), { encoding: 'dictionary' });
  return {
    agentKey,
    agent: agent.id,
    receivedAtMs: nowMs,
    sentAtMs: nowMs,
    encoding: dictionaryEncoding,
    signature: headers[signatureHeader] ?? '',
    body,
    reports: [{ session: report.session, seq: report.seq, takenAtMs: nowMs, late: false }],
  };
}

function verdictOf(agent: SimulatedAgent, place: number, { reports }: ReportBatch): VerdictRow {
  const evidence = reports.map(({ session, seq }) => ({ agent: agent.id, session, seq }));
  return {
    obligation: `lebong-19-1-pencadangan-berkala-${place % 60}`,
    subject: `${agent.pd}/dataset-${place}`,
    pd: agent.pd,
    status: 'compliant',
    grade: undefined,
    severity: undefined,
    reasonCode: 'backup-in-time',
    reasonArgs: { lastSuccessAtMs: place, sizeBytes: 123_456_789, vault: 'brankas' },
    sinceMs: place,
    evidence,
  };
}

async function follow({ clock }: BenchContext, store: Store, keys: KeyPair) {
  const slices = new TimeSlices(() => clock.monotonicMs());
  const turnMs: number[] = [];
  let cpuMs = 0;
  let [entryCount, signedCount] = [0, 0];
  for (let added = 1; added > 0;) {
    const [beganMs, cpu] = [clock.monotonicMs(), process.cpuUsage()];
    slices.begin();
    added = await store.ledger.appendSome({ rowCount: rowsPerTurn, isOver: () => slices.isOver });
    entryCount += added;
    if (entryCount - signedCount >= entriesPerCheckpoint || added === 0) {
      await makeCheckpoint(store.ledger, keys.privateKey, clock.nowMs());
      signedCount = entryCount;
    }
    cpuMs += spentMs(cpu);
    turnMs.push(clock.monotonicMs() - beganMs);
  }
  return { entryCount, cpuMs, turnMs };
}

function writeOut({ clock }: BenchContext, path: string, out: string, keys: KeyPair): number {
  const archive = openLedgerArchive(path);
  const file = openSync(out, 'w');
  const cpu = process.cpuUsage();
  try {
    const whole = { pemda: 'Kabupaten', fromMs: undefined, untilMs: undefined, withBodies: true };
    const request = { ...whole, privateKey: keys.privateKey, nowMs: clock.nowMs() };
    for (const text of exportLedger(archive, request, () => {})) writeSync(file, text);
    return spentMs(cpu);
  } finally {
    closeSync(file);
    archive.close();
  }
}

async function readBack(out: string, keys: KeyPair): Promise<number> {
  const cpu = process.cpuUsage();
  const chunks = createReadStream(out, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
  const outcome = await verifyLedger(chunks, { publicKey: keys.publicKey, expectedHashes: [] });
  if (outcome instanceof LedgerFault) throw new Error(outcome.message);
  return spentMs(cpu);
}

function spentMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
