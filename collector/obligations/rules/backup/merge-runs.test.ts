import { describe, expect, it } from 'vitest';
import { record, wib } from './backup-facts.test-kit.ts';
import type { JoinClaim } from './join.ts';
import { mergeRuns } from './merge-runs.ts';

const at = wib('2026-11-22T01:30');
const minuteMs = 60_000;

function object(patch: Partial<JoinClaim> = {}): JoinClaim {
  return {
    outcome: 'ok',
    source: 'files',
    completedAtMs: at,
    startedAtMs: undefined,
    sizeBytes: 100,
    objectName: 'simpus.sql.gz',
    objectId: undefined,
    repositoryId: undefined,
    sha256: undefined,
    exitCode: undefined,
    reason: undefined,
    record: record(1),
    ...patch,
  };
}
const run = (patch: Partial<JoinClaim> = {}): JoinClaim =>
  object({ source: 'command', sizeBytes: undefined, objectName: undefined, exitCode: 0, record: record(2), ...patch });

describe('the word of a run and the object that it made', () => {
  it('are one backup, completed when the run ended', () => {
    const merged = mergeRuns([object(), run({ startedAtMs: at - minuteMs, completedAtMs: at + minuteMs })]);

    expect(merged).toEqual([
      object({ startedAtMs: at - minuteMs, completedAtMs: at + minuteMs, exitCode: 0, record: record(1) }),
    ]);
  });

  it('belong together although a snapshot tells only when it began', () => {
    const long = run({ startedAtMs: at - minuteMs, completedAtMs: at + 120 * minuteMs });

    expect(mergeRuns([object({ source: 'restic', objectId: 'ab' }), long])).toHaveLength(1);
  });

  it('are a partial success when either says so', () => {
    const partial = run({ outcome: 'warning', exitCode: 3, reason: 'some files could not be read' });

    expect(mergeRuns([object(), partial])).toMatchObject([
      { outcome: 'warning', exitCode: 3, reason: 'some files could not be read', objectName: 'simpus.sql.gz' },
    ]);
  });

  it('stay two when they are of different nights', () => {
    const nightLater = run({ startedAtMs: at + 1440 * minuteMs, completedAtMs: at + 1450 * minuteMs });

    expect(mergeRuns([object(), nightLater]).map(({ source }) => source)).toEqual(['command', 'files']);
  });

  it('stay as they are where only one of the two speaks', () => {
    expect(mergeRuns([run()])).toEqual([run()]);
    expect(mergeRuns([object()])).toEqual([object()]);
  });
});
