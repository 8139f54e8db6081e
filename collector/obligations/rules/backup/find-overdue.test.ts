import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement } from '../../rule.ts';
import { backup, claimed, dataset, datasetFacts, notRead, record, wib } from './backup-facts.test-kit.ts';
import { judgeBackups } from './judge-backups.ts';

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}): Judgement {
  return judgeBackups(datasetFacts(patch), {}, wib(now));
}

const look = {
  outcome: 'no-data' as const,
  reason: undefined,
  observedAtMs: wib('2026-11-22T06:00'),
  record: record(9),
};
/** Yesterday's good backup; the next deadline is the 22nd, 07.00. */
const yesterday = backup('2026-11-21T01:30', { seq: 7 });
const deadlineAtMs = wib('2026-11-22T07:00');
describe('a backup that is overdue', () => {
  it('was skipped, when an agent that looks finds nothing newer', () => {
    expect(judge('2026-11-22T07:00', { backups: [yesterday], lastLook: look })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'backup-overdue',
      reasonArgs: { lastSuccessAtMs: wib('2026-11-21T01:30'), deadlineAtMs },
      evidence: [record(7), record(9)],
    });
  });

  it('never arrived, when it was made and a reader does not see it', () => {
    const backups = [backup('2026-11-22T01:30', { ...claimed, seq: 8 }), yesterday];

    expect(judge('2026-11-22T06:59', { backups }).status).toBe('compliant');
    expect(judge('2026-11-22T07:00', { backups })).toMatchObject({
      reasonCode: 'not-arrived',
      reasonArgs: { completedAtMs: wib('2026-11-22T01:30'), deadlineAtMs },
      evidence: [record(8)],
    });
  });

  it('is not said to be missing in the vault by a reader that does not look', () => {
    const backups = [backup('2026-11-21T01:30', { ...claimed, seq: 8 })];
    const silent = { ...notRead, state: 'silent' as const };

    expect(judge('2026-11-23T08:00', { backups, pusatData: silent, lastLook: look }).reasonCode).toBe('backup-overdue');
  });

  it('was not missed although it was made a moment before its due time, on a clock that is fast', () => {
    const early = backup('2026-11-22T00:58');

    expect(judge('2026-11-22T12:00', { backups: [early] }).status).toBe('compliant');
    expect(judge('2026-11-23T06:59', { backups: [early] }).status).toBe('compliant');
    expect(judge('2026-11-23T07:00', { backups: [early] }).status).toBe('breached');
  });

  it('cannot be told, when claims are in time and nobody reads the vault', () => {
    const backups = [backup('2026-11-22T01:30', { ...claimed, seq: 8 })];

    expect(judge('2026-11-22T12:00', { backups, pusatData: notRead })).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'vault-not-configured',
      keepsBreach: true,
    });
    expect(judge('2026-11-22T12:00', { backups, pusatData: { ...notRead, state: 'silent' } }).reasonCode).toBe(
      'vault-not-read',
    );
    // The claims themselves are overdue on the 23rd, whoever reads the vault.
    expect(judge('2026-11-23T07:00', { backups, pusatData: notRead }).status).toBe('breached');
  });

  it('is there without anybody having claimed it: a note and no more', () => {
    const atMs = wib('2026-11-22T02:00');
    const unclaimed = { arrivedAtMs: atMs, modifiedAtMs: atMs, objectName: 'new.tar', record: record(70) };

    expect(judge('2026-11-22T07:00', { backups: [yesterday], unclaimed })).toMatchObject({
      reasonCode: 'arrived-unclaimed',
      exceeded: 'note',
      severity: 'warning',
      evidence: [record(70)],
    });
  });

  it('says that the agent is silent when nobody watches the dataset', () => {
    expect(judge('2026-11-23T12:00', { backups: [yesterday], watched: false }).reasonCode).toBe(
      'backup-overdue-agent-silent',
    );
    expect(judge('2026-11-22T05:00', { backups: [yesterday], watched: false }).status).toBe('compliant');
  });

  it('says why the agent could not look, when that is what it knows', () => {
    const lastLook = { ...look, outcome: 'unknown' as const, reason: 'folder is gone' };
    const facts = { backups: [yesterday], lastLook };

    expect(judge('2026-11-22T07:00', facts)).toMatchObject({
      reasonCode: 'backup-overdue-cannot-look',
      reasonArgs: { lookReason: 'folder is gone', deadlineAtMs },
      evidence: [record(7), record(9)],
    });
    expect(judge('2026-11-22T07:00', { ...facts, watched: false }).reasonCode).toBe('backup-overdue-agent-silent');
  });

  it('names a server whose clock is three hours off', () => {
    // Its 01.00 is 22.00 of the day before, which is a backup for the day before.
    const backups = ['2026-11-21T22:00', '2026-11-20T22:00'].map((at) => backup(at));

    expect(judge('2026-11-22T07:00', { backups, clockErrorSeconds: 3 * 3600 + 2 })).toMatchObject({
      reasonCode: 'backup-overdue-clock',
      reasonArgs: { clockErrorSeconds: 10_802 },
    });
  });

  it('names the zone that the job seems to run in', () => {
    // 01.00 UTC is 08.00 WIB: each backup comes an hour after its deadline.
    const backups = ['2026-11-21T08:05', '2026-11-20T08:04', '2026-11-19T08:06'].map((at) => backup(at));

    expect(judge('2026-11-22T07:30', { backups })).toMatchObject({
      reasonCode: 'backup-overdue-other-zone',
      reasonArgs: { zone: 'UTC' },
    });
    const inWit = ['2026-11-21T23:05', '2026-11-20T23:04'].map((at) => backup(at));
    expect(judge('2026-11-22T07:30', { backups: inWit }).reasonArgs['zone']).toBe('Asia/Jayapura');
  });

  it('may be called a violation only when the Pemda adopted the schedule itself', () => {
    const adopted = { dataset: { ...dataset, scheduleAdopted: true }, backups: [yesterday] };

    expect(judge('2026-11-22T12:00', adopted)).toMatchObject({ status: 'breached', exceeded: 'violation' });
    expect(judge('2026-11-22T12:00', { ...adopted, watched: false }).exceeded).toBe('indication');
  });

  it('is never called a violation for a size of ours', () => {
    const ours = { ...dataset, scheduleAdopted: true, minSizeBytes: 1_000_000 };

    expect(judge('2026-11-22T12:00', { dataset: ours, backups: [backup('2026-11-22T01:30')] })).toMatchObject({
      reasonCode: 'backup-too-small',
      exceeded: 'indication',
    });
  });

  it.each([
    ['from the year 0', Date.parse('0000-01-01T00:00:00Z')],
    ['from 1970', 0],
  ])('copes with a backup %s', (_name, completedAtMs) => {
    expect(judge('2026-11-22T12:00', { backups: [{ ...yesterday, completedAtMs }] })).toMatchObject({
      status: 'breached',
      reasonCode: 'backup-overdue',
    });
  });

  it('is not found while reports are awaited, and an earlier breach stands', () => {
    expect(judge('2026-11-22T12:00', { awaited: true })).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'awaiting-reports',
      keepsBreach: true,
      recheckAtMs: wib('2026-11-22T12:00') + 30_000,
    });
  });
});
