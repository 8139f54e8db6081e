import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrivalRow, ClaimRow } from '../../store/rows.ts';
import { joinBackups } from '../rules/backup/join.ts';
import { mergeRuns } from '../rules/backup/merge-runs.ts';
import { arrivalRow, bare, claimRow, hourMs, wib } from './history.test-kit.ts';
import { createArrivalsNear } from './arrivals-near.ts';
import { runsOf } from './runs.ts';

const nightMs = wib('2026-11-22T01:30');

/** `<outcome> <hours after the night> <how its arrival was recognised>` of each run. */
function told(claims: ClaimRow[], arrivals: ArrivalRow[] = [], isClaimless = false): string[] {
  return runsOf(claims, arrivals, isClaimless).map(
    ({ outcome, atMs, arrival, mismatch }) =>
      `${outcome} ${(atMs - nightMs) / hourMs} ${arrival?.by ?? mismatch?.kind ?? 'unseen'}`,
  );
}

describe('the runs of a dataset', () => {
  it('are told oldest first, with what the Pusat Data saw of each', () => {
    const claims = [claimRow(nightMs + 24 * hourMs), claimRow(nightMs), claimRow(nightMs + 48 * hourMs)];
    const arrivals = [arrivalRow(nightMs), arrivalRow(nightMs + 48 * hourMs, { sizeBytes: 1 })];

    expect(told(claims, arrivals)).toEqual(['ok 0 name', 'ok 24 unseen', 'ok 48 truncated']);
  });

  it('count a backup that is gone from the vault by now as one that arrived, and a damaged one as damaged', () => {
    expect(told([claimRow(nightMs)], [arrivalRow(nightMs, { state: 'gone' })])).toEqual(['ok 0 name']);
    expect(told([claimRow(nightMs)], [arrivalRow(nightMs, { state: 'damaged' })])).toEqual(['ok 0 damaged']);
  });

  it('take what arrives for what was made, where nobody claims anything', () => {
    const arrivals = [arrivalRow(nightMs, { arrivedAtMs: nightMs - hourMs }), arrivalRow(nightMs + hourMs)];

    expect(told([], arrivals, true)).toEqual(['ok -1 name', 'ok 1 name']);
  });

  it('know a backup by its hash or its snapshot however late it arrives', () => {
    const sha256 = 'ab'.repeat(32);
    const late = { arrivedAtMs: nightMs + 9 * 24 * hourMs, modifiedAtMs: nightMs + 9 * 24 * hourMs, objectName: 'x' };
    const snapshot = { objectId: 'cd'.repeat(32), kind: 'restic' as const };

    expect(told([claimRow(nightMs, { sha256 })], [arrivalRow(nightMs, { ...late, sha256 })])).toEqual(['ok 0 hash']);
    expect(told([claimRow(nightMs, snapshot)], [arrivalRow(nightMs, { ...late, ...snapshot })])).toEqual([
      'ok 0 snapshot',
    ]);
  });

  it('are one where the wrapper and the folder speak of the same backup', () => {
    const wrapper = claimRow(nightMs + 60_000, { ...bare, startedAtMs: nightMs - hourMs, runId: 'r1', exitCode: 0 });

    expect(told([claimRow(nightMs), wrapper])).toHaveLength(1);
  });

  it('include those that failed, and those that began and never ended', () => {
    const unnamed = { ...bare, outcome: 'running' as const, completedAtMs: undefined };
    const named = (runId: string) => ({ ...unnamed, source: 'heartbeat', runId });
    const claims = [
      claimRow(0, { ...unnamed, startedAtMs: nightMs }),
      claimRow(0, { ...unnamed, startedAtMs: nightMs + hourMs }),
      claimRow(nightMs + 2 * hourMs, { ...bare, outcome: 'failed' }),
      claimRow(0, { ...named('a'), startedAtMs: nightMs + 3 * hourMs }),
      claimRow(nightMs + 4 * hourMs, { ...bare, source: 'heartbeat', runId: 'a' }),
      claimRow(0, { ...named('b'), startedAtMs: nightMs + 5 * hourMs }),
    ];

    expect(told(claims)).toEqual(['running 0 unseen', 'failed 2 unseen', 'ok 4 unseen', 'running 5 unseen']);
  });

  it('are merged as if each word had been compared with every object', () => {
    const minutes = fc.integer({ min: 0, max: 3 * 24 * 60 });
    const claims = fc.array(
      fc
        .tuple(minutes, fc.option(fc.nat({ max: 600 }), { nil: undefined }), fc.boolean())
        .map(([at, tookMinutes, isBare]) => {
          const atMs = nightMs + at * 60_000;
          const startedAtMs = tookMinutes === undefined ? undefined : atMs - tookMinutes * 60_000;
          return claimRow(atMs, { ...(isBare ? bare : {}), startedAtMs });
        }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(claims, (claims) => {
        const all = claims.map((claim) => ({
          ...claim,
          outcome: 'ok' as const,
          completedAtMs: claim.completedAtMs ?? 0,
        }));
        const times = mergeRuns(all).map(({ completedAtMs }) => completedAtMs);

        expect(runsOf(claims, [], false).map(({ atMs }) => atMs)).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  it('are joined as if each claim had been compared with every object', () => {
    const names = fc.constantFrom('a.tar', 'b/a.tar', 'b.tar', 's1/pg_data/x', undefined);
    const hashes = fc.constantFrom('aa'.repeat(32), 'bb'.repeat(32), undefined);
    const times = fc.integer({ min: 0, max: 30 * 24 * 60 }).map((minutes) => nightMs + minutes * 60_000);
    const what = fc.record({
      objectName: names,
      sha256: hashes,
      objectId: fc.constantFrom('s1', 's2', undefined),
      repositoryId: fc.constantFrom('r1', 'r2', undefined),
    });
    const claims = fc.array(
      fc
        .tuple(times, what, fc.option(fc.nat({ max: 900 }), { nil: undefined }))
        .map(([atMs, said, minutes]) =>
          claimRow(atMs, { ...said, startedAtMs: minutes === undefined ? undefined : atMs - minutes * 60_000 }),
        ),
      { maxLength: 8 },
    );
    const arrivals = fc.array(
      fc
        .tuple(times, times, what, fc.constantFrom('file' as const, 'restic' as const, 'borg' as const))
        .map(([atMs, modifiedAtMs, said, kind]) =>
          arrivalRow(atMs, { ...said, objectName: said.objectName ?? 'x', kind, modifiedAtMs, arrivedAtMs: atMs }),
        ),
      { maxLength: 12 },
    );
    const options = {
      arrivalWindowMs: 86_400_000,
      nowMs: 0,
      wholeUntilMs: new Map<string, number>(),
      isRestorable: false,
    };
    fc.assert(
      fc.property(claims, arrivals, (claims, arrivals) => {
        const near = createArrivalsNear(arrivals, options.arrivalWindowMs);
        for (const claim of claims) {
          const made = { ...claim, outcome: 'ok' as const, completedAtMs: claim.completedAtMs ?? 0 };

          expect(joinBackups([made], near(made), options)).toEqual(joinBackups([made], arrivals, options));
        }
      }),
      { numRuns: 300 },
    );
  });
});
