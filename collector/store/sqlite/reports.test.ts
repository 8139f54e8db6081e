import { describe, expect, it } from 'vitest';
import { enrolAll, keep, noFacts, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import type { AcceptedPlace, Store } from '../store.ts';
import { openConnection } from './open.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const agent = testAgent();

const batchOf = (seqs: readonly number[], session = 'session-0001', receivedAtMs = nowMs) =>
  agent.batch(
    seqs.map((seq) => agent.report(nowMs - 3_600_000 + seq * 1000, { seq, session })),
    receivedAtMs,
  );

async function opened() {
  const file = storeFile();
  await enrolAll(file.store, [agent], nowMs);
  return file;
}

function rowCounts(path: string): Record<string, number> {
  const connection = openConnection(path);
  const count = (table: string) => Number(connection.prepare(`SELECT count(*) AS n FROM ${table}`).pluck().get());
  const counts = { sessions: count('sessions'), bodies: count('bodies'), reports: count('reports') };
  connection.close();
  return counts;
}

async function rollUpAndPrune(store: Store, beforeMs: number): Promise<void> {
  while ((await store.history.rollUpOne(beforeMs)) !== undefined);
  while (await store.history.pruneSome(beforeMs));
}

describe('the store of reports', () => {
  it('counts the same number once within a batch, across batches of a commit and across commits', async () => {
    const { store, path } = await opened();

    expect(await keep(store, [batchOf([1, 2, 2, 1])])).toEqual([{ acceptedCount: 2, duplicateCount: 2 }]);
    expect(await keep(store, [batchOf([2, 3]), batchOf([3, 4])])).toEqual([
      { acceptedCount: 1, duplicateCount: 1 },
      { acceptedCount: 1, duplicateCount: 1 },
    ]);
    expect(await keep(store, [batchOf([1, 2, 3, 4])])).toEqual([{ acceptedCount: 0, duplicateCount: 4 }]);
    expect(rowCounts(path)).toEqual({ sessions: 1, bodies: 3, reports: 4 });
  });

  it('tells the same number of another session apart', async () => {
    const { store } = await opened();
    await keep(store, [batchOf([1])]);

    expect(await keep(store, [batchOf([1], 'session-0002')])).toEqual([{ acceptedCount: 1, duplicateCount: 0 }]);
  });

  it('knows a repeat after it was opened again', async () => {
    const file = await opened();
    await keep(file.store, [batchOf([1, 2])]);
    const store = await file.reopen();

    expect(await keep(store, [batchOf([1, 2, 3])])).toEqual([{ acceptedCount: 1, duplicateCount: 2 }]);
  });

  it('knows a repeat after the bodies were rolled up and pruned, also when opened again', async () => {
    const file = await opened();
    await keep(file.store, [batchOf([1, 2, 3, 7])]);
    await keep(file.store, [batchOf([20], 'session-0001', nowMs + 10_000)]);
    await rollUpAndPrune(file.store, nowMs + 5000);
    expect(rowCounts(file.path)).toEqual({ sessions: 1, bodies: 1, reports: 1 });

    const seqs = [1, 2, 3, 4, 6, 7, 8, 20];
    expect(await keep(file.store, [batchOf(seqs)])).toEqual([{ acceptedCount: 3, duplicateCount: 5 }]);
    const store = await file.reopen();
    expect(await keep(store, [batchOf(seqs)])).toEqual([{ acceptedCount: 0, duplicateCount: 8 }]);
  });

  it('knows a repeat when more sessions were pruned than it remembers', async () => {
    const file = await opened();
    const connection = openConnection(file.path);
    connection.transaction(() => {
      const addSession = connection.prepare('INSERT INTO sessions (key, agent, token) VALUES (?, 1, ?)');
      const addRange = connection.prepare('INSERT INTO pruned_ranges VALUES (?, 1, 1)');
      for (let key = 1; key <= 50_001; key += 1) {
        addSession.run(key, `session-${key}`);
        addRange.run(key);
      }
    })();
    connection.close();
    const store = await file.reopen();

    for (const session of ['session-1', 'session-50001']) {
      expect(await keep(store, [batchOf([1, 2], session)])).toEqual([{ acceptedCount: 1, duplicateCount: 1 }]);
    }
  });

  it('says which reports are new, in batch and place', async () => {
    const { store } = await opened();
    await keep(store, [batchOf([2])]);
    let accepted: AcceptedPlace[] = [];
    await store.commitReports([batchOf([1, 2]).batch, batchOf([2, 3]).batch], (places) => {
      accepted = places;
      return noFacts;
    });

    expect(accepted).toEqual([
      { batch: 0, place: 0 },
      { batch: 1, place: 1 },
    ]);
  });

  it('keeps nothing when the facts cannot be worked out, and takes the same reports afterwards', async () => {
    const { store, path } = await opened();
    const failing = store.commitReports([batchOf([1, 2], 'session-new1').batch], () => {
      throw new Error('facts are broken');
    });

    await expect(failing).rejects.toThrow('facts are broken');
    expect(rowCounts(path)).toEqual({ sessions: 0, bodies: 0, reports: 0 });
    // Another session now takes the number that the lost one had: the cache must not mix them up.
    await keep(store, [batchOf([1], 'session-new2')]);
    expect(await keep(store, [batchOf([1, 2], 'session-new1')])).toEqual([{ acceptedCount: 2, duplicateCount: 0 }]);
    expect(rowCounts(path)).toEqual({ sessions: 2, bodies: 2, reports: 3 });
  });

  it('keeps the bytes, the signature and the encoding as they came', async () => {
    const { store, path } = await opened();
    const { batch } = batchOf([1]);
    const body = Buffer.from([0, 255, 10, 13, 0]);
    await store.commitReports([{ ...batch, body, encoding: 'gzip', signature: 'S'.repeat(86) }], () => noFacts);
    const connection = openConnection(path);

    expect(connection.prepare('SELECT encoding, signature, body FROM bodies').get()).toEqual({
      encoding: 'gzip',
      signature: 'S'.repeat(86),
      body,
    });
    connection.close();
  });

  it('finds the newest report that is not late, across sessions and orders of arrival', async () => {
    const { store } = await opened();
    const at = (seconds: number, seq: number, session: string) =>
      agent.report(nowMs + seconds * 1000, { seq, session });
    await keep(store, [agent.batch([at(10, 1, 'session-old1')], nowMs)]);
    await keep(store, [agent.batch([at(30, 1, 'session-new1'), at(40, 3, 'session-new1')], nowMs)]);
    await keep(store, [agent.batch([at(35, 4, 'session-new1'), at(20, 9, 'session-old1')], nowMs)]);
    await keep(store, [agent.batch([at(5, 1, 'session-odd1')], nowMs)]);
    await keep(store, [agent.batch([at(99, 5, 'session-new1')], nowMs, () => true)]);

    const [latest] = await store.latestReports();
    expect(latest).toMatchObject({ agentKey: 1, session: 'session-new1', seq: 3, takenAtMs: nowMs + 40_000 });
  });
});
