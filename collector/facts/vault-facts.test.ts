import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrivalRow, HoldingRow, RestoreTestRow } from '../store/rows.ts';
import { addArrival, addHolding, addRestoreTest, keptArrivals, noVaultFacts, type VaultFacts } from './vault-facts.ts';

const dayMs = 86_400_000;
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

function arrival(patch: Partial<ArrivalRow> = {}): ArrivalRow {
  const nothing = { objectId: undefined, repositoryId: undefined, sha256: undefined, verifiedAtMs: undefined };
  return {
    vault: 'brankas',
    pd: 'dinkes',
    dataset: 'simpus',
    agentKey: 1,
    kind: 'file',
    objectName: 'a.tar',
    modifiedAtMs: dayMs,
    arrivedAtMs: dayMs,
    sizeBytes: 10,
    state: 'present',
    reason: undefined,
    observedAtMs: 2 * dayMs,
    record: record(1),
    ...nothing,
    ...patch,
  };
}

const all = (rows: readonly ArrivalRow[]) =>
  rows.reduce((facts: VaultFacts, row) => addArrival(facts, row).facts, noVaultFacts);

describe('what readers tell of a dataset', () => {
  it('is the same in whatever order their looks arrive', () => {
    const rows = fc.array(
      fc.record({
        objectName: fc.constantFrom('a', 'b', 'c'),
        day: fc.nat({ max: 20 }),
        observedDay: fc.nat({ max: 30 }),
        state: fc.constantFrom('present' as const, 'damaged' as const, 'gone' as const),
        seq: fc.nat({ max: 1000 }),
      }),
      { maxLength: 30 },
    );
    const lists = rows
      .map((list) =>
        list.map(({ objectName, day, observedDay, state }, index) =>
          arrival({
            objectName,
            state,
            modifiedAtMs: day * dayMs,
            arrivedAtMs: day * dayMs,
            observedAtMs: observedDay * dayMs,
            record: record(index),
          }),
        ),
      )
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(lists, ([list, shuffled]) => {
        expect(all(shuffled)).toEqual(all(list));
      }),
    );
  });

  it('knows each object as it was last seen, and what is said again is nothing new', () => {
    const { facts } = addArrival(noVaultFacts, arrival());
    const again = addArrival(facts, arrival({ observedAtMs: 3 * dayMs }));
    const gone = addArrival(again.facts, arrival({ observedAtMs: 4 * dayMs, state: 'gone' }));

    expect([again.isNew, gone.isNew]).toEqual([false, true]);
    expect(gone.facts.arrivals).toMatchObject([{ state: 'gone' }]);
    expect(addArrival(gone.facts, arrival({ observedAtMs: 3.5 * dayMs })).facts.arrivals[0]?.state).toBe('gone');
  });

  it('learns the hash of an object', () => {
    const { facts } = addArrival(noVaultFacts, arrival());

    expect(addArrival(facts, arrival({ sha256: 'a'.repeat(64), observedAtMs: 3 * dayMs })).isNew).toBe(true);
  });

  it('holds the newest arrivals only, and one holding of each vault', () => {
    const many = all(Array.from({ length: 300 }, (_, n) => arrival({ objectName: `${n}`, arrivedAtMs: n * dayMs })));
    expect(many.arrivals).toHaveLength(keptArrivals);
    expect(many.arrivals[0]?.objectName).toBe('299');

    const holding = (vault: string, copyCount: number, observedAtMs: number): HoldingRow => ({
      vault,
      pd: 'dinkes',
      dataset: 'simpus',
      agentKey: 1,
      kind: 'files',
      copyCount,
      observedAtMs,
      reason: undefined,
      repositoryId: undefined,
      fileCount: 1,
      sizeBytes: 1,
      newestAtMs: undefined,
      integrity: undefined,
      whole: undefined,
      record: record(1),
    });
    const facts = [holding('b', 1, 1), holding('a', 2, 1), holding('b', 3, 5), holding('b', 9, 4)].reduce(
      (known: VaultFacts, row) => addHolding(known, row).facts,
      noVaultFacts,
    );
    expect(facts.holdings.map(({ vault, copyCount }) => [vault, copyCount])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('knows each restore test once, newest first', () => {
    const test = (runId: string, completedAtMs: number): RestoreTestRow => ({
      pd: 'dinkes',
      dataset: 'simpus',
      agentKey: 1,
      drill: 'restic',
      runId,
      outcome: 'ok',
      completedAtMs,
      reason: undefined,
      startedAtMs: 0,
      objectName: undefined,
      objectId: undefined,
      fileCount: 1,
      sizeBytes: 1,
      checks: [],
      record: record(1),
    });
    const { facts } = addRestoreTest(addRestoreTest(noVaultFacts, test('one', 1)).facts, test('two', 2));

    expect(facts.restoreTests.map(({ runId }) => runId)).toEqual(['two', 'one']);
    expect(addRestoreTest(facts, test('one', 1)).isNew).toBe(false);
  });
});
