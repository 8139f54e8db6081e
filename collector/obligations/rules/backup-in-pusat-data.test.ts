import { describe, expect, it } from 'vitest';
import type { BackupSuccess, DatasetSubjectFacts, Judgement } from '../rule.ts';
import { backupInPusatData } from './backup-in-pusat-data.ts';

/** Instants in WIB, the zone of the schedule. */
const wib = (text: string) => Date.parse(`${text}+07:00`);
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

function success(at: string, sizeBytes: number | undefined = 4096, seq = 1): BackupSuccess {
  return { completedAtMs: wib(at), sizeBytes, objectName: 'simpus.tar', record: record(seq) };
}

const dataset: NonNullable<DatasetSubjectFacts['dataset']> = {
  id: 'simpus',
  schedule: { cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 6 * 3600 },
  scheduleAdopted: false,
  minSizeBytes: 1,
};

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}): Judgement {
  const facts: DatasetSubjectFacts = {
    dataset,
    knownSinceMs: wib('2026-11-20T12:00'),
    successes: [],
    lastLook: undefined,
    watched: true,
    awaited: false,
    ...patch,
  };
  return backupInPusatData.judge(facts, {}, wib(now));
}

const look = {
  outcome: 'no-data' as const,
  reason: undefined,
  observedAtMs: wib('2026-11-22T06:00'),
  record: record(9),
};

describe('backup-in-pusat-data', () => {
  it('has no evidence for a department without datasets', () => {
    expect(judge('2026-11-22T12:00', { dataset: undefined })).toEqual({
      status: 'no-evidence',
      reasonCode: 'no-dataset',
      reasonArgs: {},
      evidence: [],
    });
  });

  it('awaits the first backup until the first due time after the dataset became known, and its grace', () => {
    const deadlineAtMs = wib('2026-11-21T07:00');

    expect(judge('2026-11-21T06:59:59.999')).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-due',
      reasonArgs: { deadlineAtMs },
      evidence: [],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2026-11-21T07:00')).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'never-succeeded',
      reasonArgs: { deadlineAtMs },
      evidence: [],
    });
  });

  it('is compliant until the due time after the last backup and its grace, and looks again then', () => {
    const successes = [success('2026-11-21T01:30', 10, 7)];
    const deadlineAtMs = wib('2026-11-22T07:00');

    expect(judge('2026-11-22T06:59:59.999', { successes })).toEqual({
      status: 'compliant',
      reasonCode: 'backup-fresh',
      reasonArgs: { lastSuccessAtMs: wib('2026-11-21T01:30') },
      evidence: [record(7)],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2026-11-22T07:00', { successes, lastLook: look })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'backup-overdue',
      reasonArgs: { lastSuccessAtMs: wib('2026-11-21T01:30'), deadlineAtMs },
      evidence: [record(7), record(9)],
    });
  });

  it('says that the agent is silent when nobody watches the dataset', () => {
    const successes = [success('2026-11-21T01:30')];

    expect(judge('2026-11-23T12:00', { successes, watched: false }).reasonCode).toBe('backup-overdue-agent-silent');
    expect(judge('2026-11-22T05:00', { successes, watched: false }).status).toBe('compliant');
  });

  it('says why the agent could not look, when that is what it knows', () => {
    const lastLook = { ...look, outcome: 'failed' as const, reason: 'folder is gone' };
    const deadlineAtMs = wib('2026-11-22T07:00');
    const facts = { successes: [success('2026-11-21T01:30', 10, 7)], lastLook };

    expect(judge('2026-11-22T07:00', facts)).toMatchObject({
      reasonCode: 'backup-overdue-cannot-look',
      reasonArgs: { lookReason: 'folder is gone', deadlineAtMs },
      evidence: [record(7), record(9)],
    });
    expect(judge('2026-11-22T07:00', { ...facts, watched: false }).reasonCode).toBe('backup-overdue-agent-silent');
    expect(judge('2026-11-22T06:00', facts).status).toBe('compliant');
  });

  it('may speak of a violation only when the Pemda adopted the schedule itself', () => {
    const adopted = { dataset: { ...dataset, scheduleAdopted: true }, successes: [success('2026-11-20T01:30')] };

    expect(judge('2026-11-22T12:00', adopted)).toMatchObject({ status: 'breached', exceeded: 'violation' });
  });

  it.each([
    ['empty', 0, 1],
    ['smaller than the dataset demands', 999, 1000],
    ['empty although the dataset demands nothing', 0, 0],
  ])('does not take a backup for one that is %s', (_name, sizeBytes, minSizeBytes) => {
    const facts = { dataset: { ...dataset, minSizeBytes }, successes: [success('2026-11-22T01:30', sizeBytes, 8)] };

    expect(judge('2026-11-22T12:00', facts)).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: wib('2026-11-21T07:00'),
      reasonCode: 'backup-too-small',
      reasonArgs: { newestSizeBytes: sizeBytes, minimumSizeBytes: minSizeBytes, deadlineAtMs: wib('2026-11-21T07:00') },
      evidence: [record(8)],
    });
  });

  it('rests on the last good backup while an empty one is newer', () => {
    const successes = [success('2026-11-22T01:30', 0, 8), success('2026-11-21T01:30', 10, 7)];

    expect(judge('2026-11-22T06:00', { successes })).toMatchObject({ status: 'compliant', evidence: [record(7)] });
    expect(judge('2026-11-22T08:00', { successes })).toMatchObject({
      reasonCode: 'backup-too-small',
      sinceAtMs: wib('2026-11-22T07:00'),
      evidence: [record(7), record(8)],
    });
  });

  it('takes a backup whose size nobody could tell', () => {
    const unknownSize: BackupSuccess = { ...success('2026-11-22T01:30'), sizeBytes: undefined };

    expect(judge('2026-11-22T12:00', { successes: [unknownSize] }).status).toBe('compliant');
  });

  it.each([
    ['from the year 0', Date.parse('0000-01-01T00:00:00Z')],
    ['from 1970', 0],
  ])('copes with a backup %s', (_name, completedAtMs) => {
    expect(judge('2026-11-22T12:00', { successes: [{ ...success('2026-11-22T01:30'), completedAtMs }] })).toMatchObject(
      {
        status: 'breached',
        reasonCode: 'backup-overdue',
      },
    );
  });

  it('never calls it a violation that a size of ours was missed, or that a silent agent said nothing', () => {
    const adopted = { ...dataset, scheduleAdopted: true, minSizeBytes: 1_000_000 };
    const small = { completedAtMs: wib('2026-11-22T01:30'), sizeBytes: 4096, objectName: 'x.sql', record: record(3) };

    expect(judge('2026-11-22T12:00', { dataset: adopted, successes: [small] })).toMatchObject({
      reasonCode: 'backup-too-small',
      exceeded: 'indication',
    });
    expect(judge('2026-11-22T12:00', { dataset: adopted, watched: false })).toMatchObject({
      reasonCode: 'never-succeeded',
      exceeded: 'indication',
    });
  });

  it('finds nothing while reports are awaited, and lets an earlier breach stand', () => {
    expect(judge('2026-11-22T12:00', { awaited: true })).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'awaiting-reports',
      keepsBreach: true,
      recheckAtMs: wib('2026-11-22T12:00') + 30_000,
    });
  });
});
