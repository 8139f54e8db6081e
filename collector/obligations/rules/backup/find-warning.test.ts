import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement } from '../../rule.ts';
import { backup, dataset, datasetFacts, notRead, read, record, wib } from './backup-facts.test-kit.ts';
import { judgeBackups } from './judge-backups.ts';

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}): Judgement {
  return judgeBackups(datasetFacts(patch), {}, wib(now));
}

/** Yesterday's good backup; the next deadline is the 22nd, 07.00. */
const yesterday = backup('2026-11-21T01:30', { seq: 7 });
describe('a backup that counts and is odd', () => {
  const usual = (bytes: number) => ({ sizeBytes: bytes });
  const week = [15, 16, 17, 18, 19, 20].map((day) => backup(`2026-11-${day}T01:30`, usual(1000 + day)));

  it.each([
    ['half the usual size', 500, 'backup-shrunk'],
    ['twice the usual size', 2100, 'backup-grown'],
  ] as const)('has %s', (_name, bytes, reasonCode) => {
    const backups = [backup('2026-11-21T01:30', { ...usual(bytes), seq: 5 }), ...week.toReversed()];

    expect(judge('2026-11-22T06:00', { backups })).toMatchObject({
      status: 'breached',
      exceeded: 'indication',
      severity: 'warning',
      reasonCode,
      reasonArgs: { newestSizeBytes: bytes, medianSizeBytes: 1018 },
      evidence: [record(5)],
    });
  });

  it('is not judged by its size while there are too few to learn from', () => {
    const backups = [backup('2026-11-21T01:30', usual(10)), ...week.slice(0, 2)];

    expect(judge('2026-11-22T06:00', { backups }).status).toBe('compliant');
  });

  it('succeeded in part only', () => {
    const backups = [backup('2026-11-21T01:30', { outcome: 'warning', exitCode: 3, reason: 'restic: 2 files unread' })];

    expect(judge('2026-11-22T06:00', { backups })).toMatchObject({
      exceeded: 'note',
      severity: 'warning',
      reasonCode: 'partial-success',
      reasonArgs: { jobReason: 'restic: 2 files unread' },
    });
  });

  it('has too few companions, once there was time for them', () => {
    const facts = { dataset: { ...dataset, keepCopies: 7 }, backups: [yesterday] };

    expect(judge('2026-11-22T06:00', facts).status).toBe('compliant');
    expect(judge('2026-11-22T06:00', { ...facts, knownSinceMs: wib('2026-11-01T00:00') })).toMatchObject({
      exceeded: 'indication',
      severity: 'warning',
      reasonCode: 'too-few-copies',
      reasonArgs: { copyCount: 3, keepCopies: 7 },
    });
  });

  it('was made by a server whose clock is wrong', () => {
    expect(judge('2026-11-22T06:00', { backups: [yesterday], clockErrorSeconds: -10_800 })).toMatchObject({
      exceeded: 'note',
      severity: 'warning',
      reasonCode: 'agent-clock-off',
      reasonArgs: { clockErrorSeconds: -10_800 },
    });
  });

  it('was not read again within twice the period, where that is demanded', () => {
    const intact = { ...dataset, demandedProof: 'intact' as const };
    const knownSinceMs = wib('2026-09-01T00:00');
    const facts = { dataset: intact, backups: [yesterday], knownSinceMs };

    expect(judge('2026-11-22T06:00', facts)).toMatchObject({
      exceeded: 'indication',
      severity: 'warning',
      reasonCode: 'not-verified',
      reasonArgs: { coverDays: 30 },
    });
    expect(judge('2026-11-22T06:00', { ...facts, knownSinceMs: wib('2026-10-01T00:00') }).status).toBe('compliant');
    const whole = { ...read, wholeUntilMs: wib('2026-11-20T00:00') };
    expect(judge('2026-11-22T06:00', { ...facts, pusatData: whole }).status).toBe('compliant');
  });

  it('is not known to be restorable, where that is demanded', () => {
    const restorable = { ...dataset, demandedProof: 'restorable' as const };
    const failed = { outcome: 'failed' as const, reason: 'x', drill: 'restic', completedAtMs: 0, record: record(9) };
    const facts = { dataset: restorable, backups: [yesterday] };

    expect(judge('2026-11-22T06:00', facts).status).toBe('compliant');
    expect(judge('2026-11-22T06:00', { ...facts, restoreTests: [failed] })).toMatchObject({
      severity: 'warning',
      reasonCode: 'not-restorable',
      evidence: [record(7), record(9)],
    });
  });

  it('lets a warning stand while what it rested on cannot be seen', () => {
    const silent = { ...notRead, state: 'silent' as const };

    expect(judge('2026-11-22T06:00', { backups: [yesterday], pusatData: silent })).toMatchObject({
      status: 'compliant',
      keepsBreachFor: ['too-few-copies', 'not-verified'],
    });
  });
});
