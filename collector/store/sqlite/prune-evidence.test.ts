import { describe, expect, it } from 'vitest';
import { enrolAll, keep, noFacts, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import type { ClaimRow, VerdictRow } from '../rows.ts';
import type { Store } from '../store.ts';
import { openConnection } from './open.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const dayMs = 86_400_000;
const session = 'session-0001';
const agent = testAgent({ key: 1 });
const other = testAgent({ key: 2, node: 'server-2' });

/** Reports 1 to 5 of one agent, each in a body of its own, then one of another agent as the newest body of all. */
async function withFiveReports(factsOf: (seq: number) => ClaimRow[] = () => []) {
  const file = storeFile();
  await enrolAll(file.store, [agent, other], nowMs);
  for (const seq of [1, 2, 3, 4, 5]) {
    const { batch } = agent.batch([agent.report(nowMs + seq * 1000, { seq, session })], nowMs + seq);
    await file.store.commitReports([batch], () => ({ ...noFacts, claims: factsOf(seq) }));
  }
  await keep(file.store, [other.batch([other.report(nowMs, { seq: 1, session })], nowMs + 30 * dayMs)]);
  return file;
}

async function rollUpAndPrune(store: Store, beforeMs = nowMs + 20 * dayMs): Promise<void> {
  while ((await store.history.rollUpOne(beforeMs)) !== undefined);
  for (let count = 0; count < 1000; count += 1) if (!(await store.history.pruneSome(beforeMs))) return;
  throw new Error('pruning does not end');
}

/** The numbers of the first agent's reports whose bodies are there. */
function keptSeqs(path: string): number[] {
  const connection = openConnection(path);
  const seqs = connection
    .prepare<[], { seq: number }>(
      `SELECT r.seq FROM reports r JOIN sessions s ON s.key = r.session JOIN bodies b ON b.key = r.body
       WHERE s.agent = 1 ORDER BY r.seq`,
    )
    .all();
  connection.close();
  return seqs.map((row) => row.seq);
}

const verdict = (seqs: readonly number[]): VerdictRow => ({
  obligation: 'lebong-19-1-pencadangan-berkala',
  subject: 'dinkes/simpus',
  pd: 'dinkes',
  status: 'compliant',
  grade: undefined,
  severity: undefined,
  reasonCode: 'fine',
  reasonArgs: {},
  sinceMs: nowMs,
  evidence: seqs.map((seq) => ({ agent: agent.id, session, seq })),
});

const judge = (store: Store, verdicts: VerdictRow[], removedVerdicts: VerdictRow[] = []) =>
  store.saveJudgement({ verdicts, removedVerdicts, incidents: [], outbox: [], deadlines: [], atMs: nowMs });

const claim = (seq: number, patch: Partial<ClaimRow> = {}): ClaimRow => ({
  pd: 'dinkes',
  dataset: 'simpus',
  agentKey: 1,
  source: 'files',
  outcome: 'ok',
  reason: undefined,
  runId: undefined,
  objectName: `dump-${seq}`,
  objectId: undefined,
  repositoryId: undefined,
  startedAtMs: undefined,
  completedAtMs: nowMs + seq * 1000,
  saidCompletedAtMs: nowMs + seq * 1000,
  sizeBytes: 10,
  fileCount: undefined,
  exitCode: undefined,
  lastLines: [],
  sha256: undefined,
  observedAtMs: nowMs + seq * 1000,
  record: { agent: agent.id, session, seq },
  ...patch,
});

describe('pruning and what is cited', () => {
  it('keeps the signed body that a current verdict cites, until another verdict replaces it', async () => {
    const { store, path } = await withFiveReports();
    await judge(store, [verdict([2, 3])]);
    await rollUpAndPrune(store);
    expect(keptSeqs(path)).toEqual([2, 3, 5]);

    await judge(store, [verdict([3])]);
    await rollUpAndPrune(store);
    expect(keptSeqs(path)).toEqual([3, 5]);

    await judge(store, [], [verdict([])]);
    await rollUpAndPrune(store);
    expect(keptSeqs(path)).toEqual([5]);
  });

  it('knows each report as a repeat, whether its body was kept, pruned or pruned later', async () => {
    const file = await withFiveReports();
    const again = agent.batch(
      [1, 2, 3, 4, 5].map((seq) => agent.report(nowMs, { seq, session })),
      nowMs + 31 * dayMs,
    );
    await judge(file.store, [verdict([2])]);
    await rollUpAndPrune(file.store);
    expect(await keep(file.store, [again])).toEqual([{ acceptedCount: 0, duplicateCount: 5 }]);

    await judge(file.store, [verdict([])]);
    const store = await file.reopen();
    await rollUpAndPrune(store);
    expect(keptSeqs(file.path)).toEqual([5]);
    expect(await keep(store, [again])).toEqual([{ acceptedCount: 0, duplicateCount: 5 }]);
  });

  it('looks over every verdict, however many there are', async () => {
    const { store, path } = await withFiveReports();
    const many = Array.from({ length: 350 }, (_, index) => ({
      ...verdict(index === 0 ? [1] : index === 349 ? [4] : []),
      subject: `dinkes/${String(index).padStart(4, '0')}`,
    }));
    await judge(store, many);
    await rollUpAndPrune(store);

    expect(keptSeqs(path)).toEqual([1, 4, 5]);
  });

  it('keeps the newest look at a dataset and its newest thirty-two backups', async () => {
    const claims: Record<number, ClaimRow[]> = {
      1: [claim(1)],
      2: Array.from({ length: 31 }, (_, index) => claim(2, { objectName: `more-${index}` })),
      3: [claim(3)],
      4: [claim(4, { outcome: 'failed', completedAtMs: undefined })],
    };
    const { store, path } = await withFiveReports((seq) => claims[seq] ?? []);
    await rollUpAndPrune(store);
    const cited = (await store.loadClaims()).map((row) => row.record.seq);

    expect(new Set(cited)).toEqual(new Set([2, 3, 4]));
    expect(keptSeqs(path)).toEqual([2, 3, 4, 5]);
  });

  it('keeps the newest claims of each of many datasets', async () => {
    const datasets = Array.from({ length: 60 }, (_, index) => `set-${String(index).padStart(3, '0')}`);
    const { store, path } = await withFiveReports((seq) =>
      datasets
        .filter((_, index) => (seq === 1 ? index % 59 === 0 : seq === 2))
        .map((dataset) => claim(seq, { dataset })),
    );
    await rollUpAndPrune(store);

    expect(keptSeqs(path)).toEqual([1, 2, 5]);
  });

  it('keeps the newest report of a silent agent that is not late, and finds it after a restart', async () => {
    const file = storeFile();
    await enrolAll(file.store, [agent, other], nowMs);
    const at = (seconds: number, seq: number) => agent.report(nowMs + seconds * 1000, { seq, session });
    await keep(file.store, [agent.batch([at(1, 1)], nowMs)]);
    await keep(file.store, [agent.batch([at(2, 2)], nowMs)]);
    await keep(file.store, [agent.batch([at(0, 3)], nowMs, () => true)]);
    await keep(file.store, [other.batch([other.report(nowMs, { seq: 1, session })], nowMs + 30 * dayMs)]);
    await rollUpAndPrune(file.store);
    const store = await file.reopen();

    expect(keptSeqs(file.path)).toEqual([2]);
    expect((await store.latestReports()).map(({ agentKey, seq }) => [agentKey, seq])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });
});
