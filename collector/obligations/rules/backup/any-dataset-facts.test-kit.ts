import fc from 'fast-check';
import type { BackupView, DatasetSubjectFacts, VaultView } from '../../rule.ts';
import { wib } from './backup-facts.test-kit.ts';

/** Facts as the world might bring them, for properties that must hold of every judgement. */
export const judgedAt = fc.integer({ min: wib('2026-11-01T00:00'), max: wib('2026-11-30T00:00') });
export const recent = fc.integer({ min: wib('2026-10-25T00:00'), max: wib('2026-11-30T00:00') });
const longAgo = fc.integer({ min: 0, max: wib('2027-01-01T00:00') });
export const evidence = fc.constant({ agent: 'a'.repeat(16), session: 'session-0001', seq: 1 });
export const orUndefined = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const proof = fc.constantFrom('claimed' as const, 'arrived' as const, 'intact' as const, 'restorable' as const);

const dataset = fc.record({
  id: fc.constant('simpus'),
  schedule: fc.constant({ cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 3600 }),
  scheduleAdopted: fc.boolean(),
  minSizeBytes: fc.nat({ max: 10 }),
  demandedProof: proof,
  maxRunSeconds: fc.constant(7200),
  keepCopies: orUndefined(fc.integer({ min: 1, max: 5 })),
  restoreTestEverySeconds: orUndefined(fc.constant(30 * 86_400)),
  isClaimless: fc.boolean(),
});

const arrival = fc.record({
  atMs: recent,
  by: fc.constantFrom(...(['hash', 'snapshot', 'repository', 'name', 'time'] as const)),
  vault: fc.constant('brankas'),
  objectName: fc.constant('x.tar'),
  missedAtMs: fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: recent }),
  record: evidence,
});

const mismatch = fc.record({
  kind: fc.constantFrom(...(['truncated', 'larger', 'content', 'damaged', 'gone'] as const)),
  sizeBytes: orUndefined(fc.nat({ max: 10 })),
  record: evidence,
});

const backup: fc.Arbitrary<BackupView> = fc
  .record({
    outcome: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'warning' as const),
    source: fc.constant('files'),
    completedAtMs: fc.oneof(recent, recent, recent, longAgo),
    startedAtMs: orUndefined(recent),
    sizeBytes: orUndefined(fc.oneof(fc.constant(10), fc.nat({ max: 20 }))),
    objectName: fc.constant(undefined),
    exitCode: orUndefined(fc.nat({ max: 255 })),
    reason: orUndefined(fc.constant('a reason')),
    proof,
    arrival,
    mismatch: orUndefined(mismatch),
    record: evidence,
  })
  // What is not there has not arrived, and what has arrived is not wrong.
  .map((each) => (each.proof === 'claimed' ? { ...each, arrival: undefined } : { ...each, mismatch: undefined }));

/** Every night at the same minute, so that patterns can be seen in it. */
const nightly: fc.Arbitrary<BackupView[]> = fc
  .tuple(backup, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 29 }), fc.integer({ min: 2, max: 6 }))
  .map(([each, hour, day, count]) =>
    Array.from({ length: count }, (_, night) => ({
      ...each,
      completedAtMs: wib('2026-11-01T00:05') + ((day - night) * 24 + hour) * 3_600_000,
    })),
  );

const backups = fc
  .oneof(fc.array(backup, { maxLength: 2 }), fc.array(backup, { minLength: 3, maxLength: 7 }), nightly)
  .map((list) => list.toSorted((a, b) => b.completedAtMs - a.completedAtMs));

const object = fc.record({
  arrivedAtMs: recent,
  modifiedAtMs: recent,
  objectName: fc.constant('x.tar'),
  record: evidence,
});

const place: fc.Arbitrary<VaultView> = fc.record({
  state: fc.constantFrom('read' as const, 'read' as const, 'read' as const, 'silent' as const, 'none' as const),
  copyCount: orUndefined(fc.nat({ max: 6 })),
  wholeUntilMs: orUndefined(recent),
  coverSeconds: orUndefined(fc.constant(5 * 86_400)),
  damaged: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        names: fc.constant('data/ab/ab12').map((name) => [name]),
        count: fc.integer({ min: 1, max: 9 }),
        foundAtMs: recent,
        record: evidence,
      }),
    },
  ),
  newest: orUndefined(object),
});

export const anyDatasetFacts: fc.Arbitrary<DatasetSubjectFacts> = fc.record({
  dataset: fc.oneof({ weight: 30, arbitrary: dataset }, { weight: 1, arbitrary: fc.constant(undefined) }),
  knownSinceMs: fc.oneof(longAgo, recent),
  backups,
  unclaimed: orUndefined(object),
  goneCountsAtMs: fc.constant(undefined),
  lastFailure: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        atMs: recent,
        exitCode: orUndefined(fc.nat({ max: 255 })),
        reason: orUndefined(fc.constant('a reason')),
        lastLine: orUndefined(fc.constant('a line')),
        record: evidence,
      }),
    },
  ),
  running: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ startedAtMs: recent, record: evidence }) },
  ),
  lastLook: orUndefined(
    fc.record({
      outcome: fc.constantFrom('ok' as const, 'failed' as const, 'unknown' as const, 'no-data' as const),
      reason: fc.constant(undefined),
      observedAtMs: recent,
      record: evidence,
    }),
  ),
  watched: fc.boolean(),
  awaited: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  clockErrorSeconds: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, 10_800, -10_800) },
  ),
  pusatData: place,
  drc: place,
  drcDistanceKilometres: orUndefined(fc.constantFrom(3, 29.9, 30, 400)),
  restoreTests: fc.array(
    fc.record({
      outcome: fc.constantFrom('ok' as const, 'failed' as const),
      reason: orUndefined(fc.constant('a reason')),
      drill: fc.constant('restic'),
      completedAtMs: recent,
      record: evidence,
    }),
    { maxLength: 2 },
  ),
});
