import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimRow } from '../store/rows.ts';
import { addClaim, type DatasetFacts, noDatasetFacts } from './dataset-facts.ts';

const dayMs = 86_400_000;

function claim(patch: Partial<ClaimRow> & { seq?: number } = {}): ClaimRow {
  const { seq = 1, ...rest } = patch;
  return {
    pd: 'dinkes',
    dataset: 'simpus',
    agentKey: 1,
    source: 'files',
    outcome: 'ok',
    reason: undefined,
    runId: undefined,
    objectName: 'a.tar',
    objectId: undefined,
    repositoryId: undefined,
    startedAtMs: undefined,
    completedAtMs: 10 * dayMs,
    saidCompletedAtMs: 'completedAtMs' in rest ? rest.completedAtMs : 10 * dayMs,
    sizeBytes: 100,
    fileCount: undefined,
    exitCode: undefined,
    lastLines: [],
    sha256: undefined,
    observedAtMs: 11 * dayMs,
    record: { agent: 'aaaaaaaaaaaaaaaa', session: 'session-0001', seq },
    ...rest,
  };
}

function all(claims: readonly ClaimRow[]): DatasetFacts {
  let facts: DatasetFacts | undefined;
  for (const each of claims) facts = addClaim(facts, each).facts;
  return facts ?? noDatasetFacts;
}

/** Claims as agents make them: every claim is of another report, or of another row of it. */
const claims = fc
  .array(
    fc.record({
      completedDay: fc.nat({ max: 30 }),
      object: fc.nat({ max: 3 }),
      outcome: fc.constantFrom('ok' as const, 'ok' as const, 'failed' as const, 'no-data' as const),
      observedDay: fc.nat({ max: 40 }),
      hashed: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map(({ completedDay, object, outcome, observedDay, hashed }, index) =>
      claim({
        outcome,
        seq: index,
        objectName: outcome === 'ok' ? `object-${object}` : undefined,
        completedAtMs: outcome === 'ok' ? completedDay * dayMs : undefined,
        sha256: hashed && outcome === 'ok' ? 'ab'.repeat(32) : undefined,
        observedAtMs: observedDay * dayMs,
      }),
    ),
  );

describe('the facts of a dataset', () => {
  it('are the same in whatever order the claims arrive', () => {
    const shuffled = claims.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, otherOrder]) => {
        expect(all(otherOrder)).toEqual(all(list));
      }),
      { numRuns: 500 },
    );
  });

  it('have the newest thirty-two successes, newest completion first', () => {
    const facts = all(Array.from({ length: 40 }, (_, day) => claim({ seq: day, completedAtMs: day * dayMs })));

    expect(facts.successes.map((success) => (success.completedAtMs ?? 0) / dayMs)).toEqual(
      Array.from({ length: 32 }, (_, index) => 39 - index),
    );
  });

  it('say that a claim made again is nothing new', () => {
    const { facts } = addClaim(undefined, claim({ seq: 1 }));
    const again = addClaim(facts, claim({ seq: 2, observedAtMs: 12 * dayMs }));

    expect(again.isNew).toBe(false);
    expect(again.facts.successes).toHaveLength(1);
    expect(again.facts.lastLook?.observedAtMs).toBe(12 * dayMs);
  });

  it('learn the hash of a backup that they know', () => {
    const { facts } = addClaim(undefined, claim());
    const hashed = addClaim(facts, claim({ seq: 2, sha256: 'cd'.repeat(32) }));

    expect(hashed.isNew).toBe(true);
    expect(hashed.facts.successes.map((success) => success.sha256)).toEqual(['cd'.repeat(32)]);
  });

  it('learn the size of a backup that was not known at first', () => {
    const named = { objectId: 'snapshot-1', sizeBytes: undefined };
    const { facts } = addClaim(undefined, claim(named));
    const sized = addClaim(facts, claim({ ...named, seq: 2, sizeBytes: 5, observedAtMs: 12 * dayMs }));

    expect(sized.isNew).toBe(true);
    expect(sized.facts.successes).toMatchObject([{ sizeBytes: 5, observedAtMs: 11 * dayMs }]);
    expect(addClaim(sized.facts, claim({ ...named, seq: 3 })).facts.successes[0]?.sizeBytes).toBe(5);
  });

  it('keep a success although a later look failed, and know that it failed', () => {
    const facts = all([claim(), claim({ outcome: 'failed', reason: 'disk full', observedAtMs: 12 * dayMs, seq: 2 })]);

    expect(facts.successes).toHaveLength(1);
    expect(facts.lastLook).toMatchObject({ outcome: 'failed', reason: 'disk full' });
  });

  it('do not let an old failure that arrives late become the last look', () => {
    const facts = all([claim(), claim({ outcome: 'failed', observedAtMs: 1 * dayMs, seq: 2 })]);

    expect(facts.lastLook?.outcome).toBe('ok');
  });

  it('call it new when looking succeeds again after a failure, although the backup is known', () => {
    const facts = all([claim(), claim({ outcome: 'failed', observedAtMs: 12 * dayMs, seq: 2 })]);

    expect(addClaim(facts, claim({ observedAtMs: 13 * dayMs, seq: 3 }))).toMatchObject({
      isNew: false,
      isNewFinding: true,
    });
  });

  it('take a success without a time of completion as a look and nothing more', () => {
    const facts = all([claim({ completedAtMs: undefined })]);

    expect(facts.successes).toEqual([]);
    expect(facts.lastLook?.outcome).toBe('ok');
  });
});
