import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agents, bucketsOf, measured, rollUp, startsAtMs } from '../../../test/kit/history-reports.ts';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import type { Store } from '../store.ts';

describe('the roll-up of a long session', () => {
  const sessions = ['session-0001', 'session-0002'];
  const bodiesOf = (seqs: readonly number[], sizes: readonly number[]): number[][] => {
    const bodies: number[][] = [];
    for (let at = 0; at < seqs.length;) {
      const size = sizes[bodies.length % sizes.length] ?? 1;
      bodies.push(seqs.slice(at, at + size));
      at += size;
    }
    return bodies;
  };
  const allSeqs = Array.from({ length: 260 }, (_, index) => index + 1);

  async function keepBodies(store: Store, bodies: readonly (readonly number[])[]): Promise<void> {
    await enrolAll(store, agents, startsAtMs);
    for (const [index, seqs] of bodies.entries()) {
      const reports = seqs.map((seq) => measured(0, seq, sessions[seq > 200 ? 1 : 0] ?? ''));
      await keep(store, [agents[0].batch(reports, startsAtMs + index)]);
    }
  }

  it('takes whole bodies, about a hundred reports in a call', async () => {
    const { store } = storeFile();
    await keepBodies(store, bodiesOf(allSeqs, [50]));
    const merged: (number | undefined)[] = [];
    while (merged.at(-1) !== undefined || merged.length === 0) merged.push(await store.history.rollUpOne(Infinity));

    expect(merged).toEqual([100, 100, 60, undefined]);
  });

  it('takes a body of many reports whole and goes on after a restart where it stopped', async () => {
    const file = storeFile();
    await keepBodies(file.store, bodiesOf(allSeqs, [120, 1, 99]));
    const merged: (number | undefined)[] = [];
    for (let count = 0; count < 10 && (count === 0 || merged.at(-1) !== undefined); count += 1) {
      merged.push(await file.store.history.rollUpOne(Infinity));
      await file.reopen();
    }

    expect(merged).toEqual([120, 100, 40, 0, undefined]);
    expect(Object.values(bucketsOf(file.path)).reduce((sum, bucket) => sum + bucket.reportCount, 0)).toBe(260);
  });

  it('is the same in parts, with neighbours in any bodies and restarts between, as from first to last', async () => {
    const inOrder = storeFile();
    await keepBodies(inOrder.store, bodiesOf(allSeqs, [50]));
    await rollUp(inOrder.store);
    const expected = bucketsOf(inOrder.path);
    const shuffled = fc.shuffledSubarray(allSeqs, { minLength: allSeqs.length });
    const stretched = fc.constant(allSeqs);
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });

    await fc.assert(
      fc.asyncProperty(fc.oneof(shuffled, stretched), sizes, fc.array(fc.boolean()), async (seqs, parts, restarts) => {
        const file = storeFile();
        await keepBodies(file.store, bodiesOf(seqs, parts));
        for (const restart of restarts) {
          await file.store.history.rollUpOne(Infinity);
          if (restart) await file.reopen();
        }
        await rollUp(file.store);

        expect(bucketsOf(file.path)).toEqual(expected);
        await file.store.close();
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('is done with reports that were received in any order of the clock', async () => {
    const { store } = storeFile();
    await enrolAll(store, agents, startsAtMs);
    for (const [seq, receivedAtMs] of [
      [1, 50],
      [2, 10],
      [3, 20],
      [4, 90],
    ] as const) {
      await keep(store, [agents[0].batch([measured(0, seq, 'session-0001')], receivedAtMs)]);
    }

    expect(await rollUp(store, 60)).toBe(3);
    expect(await rollUp(store, 91)).toBe(1);
  });
});
