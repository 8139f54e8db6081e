import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement } from '../../rule.ts';
import { backup, claimed, dataset, datasetFacts, read, record, wib } from './backup-facts.test-kit.ts';
import { judgeBackups } from './judge-backups.ts';

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}): Judgement {
  return judgeBackups(datasetFacts(patch), {}, wib(now));
}

const failure = {
  atMs: wib('2026-11-22T01:20'),
  exitCode: 2,
  reason: 'mysqldump ended with exit code 2',
  lastLine: 'Got error: 1045',
  record: record(8),
};
/** Yesterday's good backup; the next deadline is the 22nd, 07.00. */
const yesterday = backup('2026-11-21T01:30', { seq: 7 });
const deadlineAtMs = wib('2026-11-22T07:00');
describe('what is told at once', () => {
  it('is a failed run, with the code and the last line, as a note while the last backup still holds', () => {
    const facts = { backups: [yesterday], lastFailure: failure };

    expect(judge('2026-11-22T01:21', facts)).toEqual({
      status: 'breached',
      exceeded: 'note',
      sinceAtMs: failure.atMs,
      reasonCode: 'job-failed',
      reasonArgs: { failedAtMs: failure.atMs, jobReason: 'mysqldump ended with exit code 2 · Got error: 1045' },
      evidence: [record(7), record(8)],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2026-11-22T07:00', facts)).toMatchObject({ exceeded: 'indication', sinceAtMs: deadlineAtMs });
  });

  it('is no failed run that a later success mended', () => {
    const retried = backup('2026-11-22T02:00', { ...claimed, seq: 3 });

    expect(judge('2026-11-22T03:00', { backups: [retried, yesterday], lastFailure: failure }).status).toBe('compliant');
  });

  it('is a run that hangs, from the moment on at which it has taken too long', () => {
    const running = { startedAtMs: wib('2026-11-22T01:00'), record: record(4) };
    const before = judge('2026-11-22T04:59', { backups: [yesterday], running });

    expect(before).toMatchObject({ status: 'compliant', recheckAtMs: wib('2026-11-22T05:00') });
    expect(judge('2026-11-22T05:00', { backups: [yesterday], running })).toMatchObject({
      reasonCode: 'run-too-long',
      exceeded: 'note',
      reasonArgs: { longestRunSeconds: 4 * 3600 },
    });
  });

  it.each([
    ['empty', 0, 1, 'backup-empty'],
    ['smaller than the dataset demands', 999, 1000, 'backup-too-small'],
    ['empty although the dataset demands nothing', 0, 0, 'backup-empty'],
  ])('is a backup that is %s', (_name, sizeBytes, minSizeBytes, reasonCode) => {
    const backups = [backup('2026-11-22T01:30', { sizeBytes, seq: 8 }), yesterday];
    const facts = { dataset: { ...dataset, minSizeBytes }, backups };

    expect(judge('2026-11-22T02:00', facts)).toMatchObject({ status: 'breached', exceeded: 'note', reasonCode });
    expect(judge('2026-11-22T12:00', facts)).toMatchObject({
      exceeded: 'indication',
      reasonCode,
      sinceAtMs: deadlineAtMs,
      evidence: [record(7), record(8)],
    });
  });

  it.each([
    ['truncated', 'arrival-truncated', { arrivedSizeBytes: 1000, claimedSizeBytes: 4096 }],
    ['larger', 'arrival-mismatch', { difference: 'larger' }],
    ['content', 'arrival-mismatch', { difference: 'content' }],
    ['damaged', 'arrival-mismatch', { difference: 'damaged' }],
    ['gone', 'arrival-gone', {}],
  ] as const)('is a copy that is %s', (kind, reasonCode, reasonArgs) => {
    const mismatch = { kind, sizeBytes: 1000, record: record(55) };
    const backups = [backup('2026-11-22T01:30', { ...claimed, mismatch, seq: 8 }), yesterday];

    expect(judge('2026-11-22T02:00', { backups })).toMatchObject({
      status: 'breached',
      exceeded: 'note',
      reasonCode,
      reasonArgs,
      evidence: [record(7), record(8), record(55)],
    });
  });

  it('is damage in the vault, even while the newest backup is fine', () => {
    const damaged = { names: ['data/ab/ab12'], count: 1, foundAtMs: wib('2026-11-22T03:00'), record: record(60) };

    expect(judge('2026-11-22T06:00', { backups: [yesterday], pusatData: { ...read, damaged } })).toMatchObject({
      status: 'breached',
      reasonCode: 'damaged-in-vault',
      reasonArgs: { damagedCount: 1, damagedNames: 'data/ab/ab12' },
      evidence: [record(7), record(60)],
    });
  });
});
