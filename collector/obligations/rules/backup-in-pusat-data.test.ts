import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement } from '../rule.ts';
import { backupInPusatData } from './backup-in-pusat-data.ts';
import { backup, claimed, dataset, datasetFacts, notRead, read, record, wib } from './backup/backup-facts.test-kit.ts';

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}): Judgement {
  return backupInPusatData.judge(datasetFacts(patch), {}, wib(now));
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
describe('a dataset that is backed up', () => {
  it('has no evidence for a department without datasets', () => {
    expect(judge('2026-11-22T12:00', { dataset: undefined })).toEqual({
      status: 'no-evidence',
      reasonCode: 'no-dataset',
      reasonArgs: {},
      evidence: [],
    });
  });

  it('is compliant until the due time after the last backup and its grace, and is looked at again then', () => {
    expect(judge('2026-11-22T06:59:59.999', { backups: [yesterday] })).toEqual({
      status: 'compliant',
      reasonCode: 'backup-arrived',
      reasonArgs: {
        lastSuccessAtMs: wib('2026-11-21T01:30'),
        arrivedAtMs: wib('2026-11-21T01:31'),
        matchedBy: 'hash',
      },
      evidence: [record(7), record(107)],
      recheckAtMs: deadlineAtMs,
    });
  });

  it.each([
    ['intact', 'backup-intact'],
    ['restorable', 'backup-restorable'],
  ] as const)('is called %s when that is proven', (proof, reasonCode) => {
    expect(judge('2026-11-22T06:00', { backups: [{ ...yesterday, proof }] }).reasonCode).toBe(reasonCode);
  });

  it('is believed where only a claim is demanded, and the sentence says so', () => {
    const facts = { dataset: { ...dataset, demandedProof: 'claimed' as const }, pusatData: notRead };

    expect(judge('2026-11-22T06:00', { ...facts, backups: [{ ...yesterday, ...claimed }] })).toMatchObject({
      status: 'compliant',
      reasonCode: 'backup-fresh',
      evidence: [record(7)],
    });
  });

  it('is told that the last look did not see it, and until when it may turn up again', () => {
    const missedAtMs = wib('2026-11-22T06:12');
    const hidden = backup('2026-11-22T02:00');
    const arrival = hidden.arrival && { ...hidden.arrival, missedAtMs };

    expect(judge('2026-11-22T06:00', { backups: [{ ...hidden, arrival, proof: 'restorable' }] })).toMatchObject({
      status: 'compliant',
      reasonCode: 'backup-out-of-sight',
      reasonArgs: { missedAtMs },
    });
  });

  it('is told that it came late, when it was made in time and arrived after the deadline', () => {
    const late = backup('2026-11-22T02:00', {
      arrival: {
        atMs: wib('2026-11-22T09:00'),
        by: 'hash',
        vault: 'brankas',
        objectName: 'simpus.tar',
        missedAtMs: undefined,
        record: record(102),
      },
    });

    expect(judge('2026-11-22T10:00', { backups: [late, yesterday] })).toMatchObject({
      status: 'compliant',
      reasonCode: 'backup-arrived-late',
      reasonArgs: { arrivedAtMs: wib('2026-11-22T09:00'), arrivalDeadlineAtMs: deadlineAtMs },
    });
  });

  it('takes a backup whose size nobody could tell', () => {
    expect(judge('2026-11-22T06:00', { backups: [{ ...yesterday, sizeBytes: undefined }] }).status).toBe('compliant');
  });
});

describe('a dataset without a backup yet', () => {
  it('is awaited until the first due time after it became known, and its grace', () => {
    const firstAtMs = wib('2026-11-21T07:00');

    expect(judge('2026-11-21T06:59:59.999')).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-due',
      reasonArgs: { deadlineAtMs: firstAtMs },
      evidence: [],
      recheckAtMs: firstAtMs,
    });
    expect(judge('2026-11-21T07:00')).toMatchObject({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: firstAtMs,
      reasonCode: 'never-started',
    });
  });

  it('is waiting to arrive when it was made and is not seen in the vault yet', () => {
    const backups = [backup('2026-11-21T01:30', claimed)];

    expect(judge('2026-11-21T02:00', { backups })).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'awaiting-arrival',
      evidence: [record(1)],
    });
  });

  it('that only ever failed has never succeeded', () => {
    expect(judge('2026-11-22T12:00', { lastFailure: { ...failure, atMs: wib('2026-11-20T01:00') } }).reasonCode).toBe(
      'job-failed',
    );
    const running = { startedAtMs: wib('2026-11-22T11:00'), record: record(4) };
    expect(judge('2026-11-22T12:00', { running }).reasonCode).toBe('never-succeeded');
  });

  it('may be called a violation once the Pusat Data was looked through and holds no copy at all', () => {
    const empty = { ...read, copyCount: 0, newest: undefined };

    expect(judge('2026-11-22T12:00', { pusatData: empty })).toMatchObject({
      reasonCode: 'never-started',
      exceeded: 'violation',
    });
    expect(judge('2026-11-22T12:00', { pusatData: notRead }).exceeded).toBe('indication');
  });
});
