import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record, wib } from './backup-facts.test-kit.ts';
import { type JoinArrival, joinBackups, type JoinClaim } from './join.ts';

const doneAtMs = wib('2026-11-22T01:30');
const hourMs = 3_600_000;
const [hashA, hashB] = ['a'.repeat(64), 'b'.repeat(64)];

function claim(patch: Partial<JoinClaim> = {}): JoinClaim {
  return {
    outcome: 'ok',
    source: 'files',
    completedAtMs: doneAtMs,
    startedAtMs: undefined,
    sizeBytes: 100,
    objectName: 'simpus.sql.gz',
    objectId: undefined,
    repositoryId: undefined,
    sha256: hashA,
    exitCode: undefined,
    reason: undefined,
    record: record(1),
    ...patch,
  };
}

function arrival(patch: Partial<JoinArrival> = {}): JoinArrival {
  return {
    vault: 'brankas',
    kind: 'file',
    objectName: '2026/simpus.sql.gz',
    objectId: undefined,
    repositoryId: undefined,
    modifiedAtMs: doneAtMs,
    arrivedAtMs: doneAtMs + 60_000,
    sizeBytes: 100,
    sha256: hashA,
    verifiedAtMs: undefined,
    state: 'present',
    reason: undefined,
    observedAtMs: doneAtMs + 120_000,
    record: record(2),
    ...patch,
  };
}

const join = (
  given: JoinClaim,
  seen: readonly JoinArrival[],
  more: { whole?: Record<string, number>; restorable?: boolean } = {},
) => {
  const options = {
    nowMs: doneAtMs + 5 * hourMs,
    arrivalWindowMs: 24 * hourMs,
    wholeUntilMs: new Map(Object.entries(more.whole ?? {})),
    isRestorable: more.restorable ?? false,
  };
  const [view] = joinBackups([given], seen, options);
  return { proof: view?.proof, by: view?.arrival?.by, mismatch: view?.mismatch?.kind };
};

const bare = { objectName: undefined, sha256: undefined, sizeBytes: undefined, source: 'command' };
const snapshot = { ...bare, source: 'restic', objectId: hashB };
const inRestic = {
  kind: 'restic' as const,
  objectName: hashB,
  objectId: hashB,
  sizeBytes: undefined,
  sha256: undefined,
};
const archive = { ...bare, source: 'borg', objectName: 'simpus-22', objectId: hashB, repositoryId: 'c'.repeat(64) };
const commit = { ...inRestic, kind: 'borg' as const, objectName: 'commit-7', objectId: undefined };

describe('a claim and what a vault holds', () => {
  it.each<[string, Partial<JoinClaim>, Partial<JoinArrival>, string, string]>([
    [
      'the same content, whatever it is called',
      {},
      { objectName: 'other.gz', arrivedAtMs: 0, modifiedAtMs: 0 },
      'arrived',
      'hash',
    ],
    ['the same name, size and time, while a hash is still worked out', { sha256: undefined }, {}, 'arrived', 'name'],
    [
      'a copy that did not keep the time',
      { sha256: undefined },
      { modifiedAtMs: doneAtMs + hourMs },
      'arrived',
      'name',
    ],
    ['the same snapshot', snapshot, inRestic, 'arrived', 'snapshot'],
    ['the same borg repository in time', archive, { ...commit, repositoryId: 'c'.repeat(64) }, 'arrived', 'repository'],
    [
      'a folder called by the label',
      { ...bare, objectName: 'L1 full', objectId: 'L1' },
      { objectName: 'backup/main/L1/backup.manifest', sha256: hashB },
      'arrived',
      'snapshot',
    ],
    ['time alone, when a run tells nothing else', bare, { sha256: hashB }, 'arrived', 'time'],
  ])('belong together by %s', (_name, ours, theirs, proof, by) => {
    expect(join(claim(ours), [arrival(theirs)])).toEqual({ proof, by, mismatch: undefined });
  });

  it.each<[string, Partial<JoinClaim>, Partial<JoinArrival>]>([
    ['another snapshot', snapshot, { ...inRestic, objectId: hashA }],
    ['another repository', archive, { ...commit, repositoryId: 'd'.repeat(64) }],
    ['another name and content', {}, { objectName: 'x.gz', sha256: hashB }],
    [
      'the name of last night',
      { sha256: undefined },
      { arrivedAtMs: doneAtMs - 24 * hourMs, modifiedAtMs: doneAtMs - 24 * hourMs },
    ],
    ['something that came before the run began', bare, { arrivedAtMs: doneAtMs - hourMs, modifiedAtMs: 0 }],
    ['something that came two days later', bare, { arrivedAtMs: doneAtMs + 48 * hourMs }],
  ])('do not belong together by %s', (_name, ours, theirs) => {
    expect(join(claim(ours), [arrival(theirs)])).toEqual({ proof: 'claimed', by: undefined, mismatch: undefined });
  });

  it.each<[string, Partial<JoinArrival>, string]>([
    ['cut off', { sizeBytes: 60, sha256: hashB }, 'truncated'],
    ['too large', { sizeBytes: 160, sha256: hashB }, 'larger'],
    ['of the same size and other content', { sha256: hashB }, 'content'],
    ['damaged since', { state: 'damaged' }, 'damaged'],
    ['gone', { state: 'gone' }, 'gone'],
  ])('differ when the copy is %s', (_name, theirs, mismatch) => {
    expect(join(claim(), [arrival(theirs)])).toEqual({ proof: 'claimed', by: undefined, mismatch });
  });

  it('still belong together when a newer object took the place, and for a while when the object is gone', () => {
    expect(join(claim(), [arrival({ state: 'gone', reason: 'replaced' })])).toMatchObject({ proof: 'arrived' });
    const justGone = arrival({ state: 'gone', reason: 'vanished', observedAtMs: doneAtMs + 4.9 * hourMs });
    expect(join(claim(), [justGone])).toMatchObject({ proof: 'arrived', mismatch: undefined });
  });

  it('are fine when a good copy lies beside a bad one', () => {
    const cutOff = arrival({ sizeBytes: 60, sha256: hashB, objectName: 'partial/simpus.sql.gz' });

    expect(join(claim(), [cutOff, arrival()])).toMatchObject({ proof: 'arrived', by: 'hash' });
  });

  it('rise to "intact" when the bytes were read again, and to "restorable" while a test holds', () => {
    expect(join(claim(), [arrival({ verifiedAtMs: doneAtMs + hourMs })]).proof).toBe('intact');
    expect(join(claim(snapshot), [arrival(inRestic)], { whole: { brankas: doneAtMs + hourMs } }).proof).toBe('intact');
    expect(
      join(claim(snapshot), [arrival(inRestic)], { whole: { brankas: doneAtMs, other: doneAtMs + hourMs } }).proof,
    ).toBe('arrived');
    expect(join(claim(), [arrival()], { restorable: true }).proof).toBe('restorable');
    expect(join(claim(), [], { restorable: true }).proof).toBe('claimed');
  });

  it('take the size from the vault when the tool tells none', () => {
    const options = {
      nowMs: doneAtMs,
      arrivalWindowMs: hourMs,
      wholeUntilMs: new Map<string, number>(),
      isRestorable: false,
    };

    expect(joinBackups([claim(bare)], [arrival()], options)[0]?.sizeBytes).toBe(100);
  });

  it('are joined alike in whatever order the vault is listed', () => {
    const anyArrival = fc
      .record({
        kind: fc.constantFrom('file' as const, 'restic' as const, 'borg' as const),
        objectName: fc.constantFrom('simpus.sql.gz', 'x/simpus.sql.gz', 'other'),
        objectId: fc.constantFrom(undefined, hashA, hashB),
        minutes: fc.uniqueArray(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 1 }),
        sizeBytes: fc.constantFrom(undefined, 100, 60),
        sha256: fc.constantFrom(undefined, hashA, hashB),
        state: fc.constantFrom('present' as const, 'damaged' as const, 'gone' as const),
      })
      .map(({ minutes: [minute = 0], ...rest }) =>
        arrival({ ...rest, arrivedAtMs: doneAtMs + minute * 60_000, modifiedAtMs: doneAtMs + minute * 60_000 }),
      );
    const lists = fc
      .uniqueArray(anyArrival, { maxLength: 8, selector: ({ arrivedAtMs }) => Math.abs(arrivedAtMs - doneAtMs) })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(lists, fc.constantFrom(claim(), claim(bare), claim(snapshot)), ([list, shuffled], ours) => {
        expect(join(ours, shuffled)).toEqual(join(ours, list));
      }),
      { numRuns: 500 },
    );
  });
});
