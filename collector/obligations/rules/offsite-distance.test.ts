import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement, Params, VaultView } from '../rule.ts';
import { backup, dataset, datasetFacts, notRead, read, record, wib } from './backup/backup-facts.test-kit.ts';
import { offsiteDistance } from './offsite-distance.ts';

/** A copy at the DRC of a backup that was made then. */
function copyOf(at: string, patch: Partial<VaultView> = {}): VaultView {
  const newest = { modifiedAtMs: wib(at), arrivedAtMs: wib(at) + 3_600_000, objectName: 'x.tar', record: record(50) };
  return { ...read, copyCount: 1, newest, ...patch };
}

const far = { drcDistanceKilometres: 120.07 };

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}, params: Params = {}): Judgement {
  return offsiteDistance.judge(datasetFacts({ ...far, ...patch }), params, wib(now));
}

const night = [backup('2026-11-22T01:30', { seq: 2 }), backup('2026-11-21T01:30', { seq: 1 })];

describe('offsite-distance', () => {
  it.each<[string, Partial<DatasetSubjectFacts>, Partial<Judgement>]>([
    ['a department has no datasets', { dataset: undefined }, { reasonCode: 'no-dataset' }],
    ['no storage at the DRC is configured', { drc: notRead }, { reasonCode: 'not-monitored' }],
    [
      'the reader there is silent',
      { drc: copyOf('2026-11-22T01:30', { state: 'silent' }), backups: night },
      { reasonCode: 'reader-silent', keepsBreach: true },
    ],
    [
      'there is no backup that could be copied',
      { drc: copyOf('', { newest: undefined }) },
      { reasonCode: 'no-backup' },
    ],
    [
      'only an empty backup was made',
      { drc: copyOf('', { newest: undefined }), backups: [backup('2026-11-21T01:30', { sizeBytes: 0 })] },
      { reasonCode: 'no-backup' },
    ],
  ])('has no evidence when %s', (_name, patch, expected) => {
    expect(judge('2026-11-22T12:00', patch)).toEqual({
      status: 'no-evidence',
      reasonArgs: {},
      evidence: [],
      ...expected,
    });
  });

  it('awaits the first copy for as long as one may lag behind, and then finds that there is none', () => {
    const none = { drc: copyOf('', { newest: undefined }), backups: night };
    const deadlineAtMs = wib('2026-11-22T03:30');

    expect(judge('2026-11-22T03:29', none)).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-due',
      reasonArgs: { deadlineAtMs },
      evidence: [],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2026-11-22T03:30', none)).toEqual({
      status: 'breached',
      exceeded: 'finding',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'no-copy',
      reasonArgs: { backupAtMs: wib('2026-11-22T01:30') },
      evidence: [record(1)],
    });
  });

  it('is compliant while the newest copy is of the last backup and far away, and looks again when the next is late', () => {
    expect(judge('2026-11-22T12:00', { drc: copyOf('2026-11-22T01:30'), backups: night })).toEqual({
      status: 'compliant',
      reasonCode: 'copy-far',
      reasonArgs: { copyAtMs: wib('2026-11-22T01:30'), distanceKilometres: 120, minDistanceKilometres: 30 },
      evidence: [record(50)],
      recheckAtMs: wib('2026-11-23T07:00'),
    });
  });

  it('lets a copy lag behind the backup for 26 hours, by a number of ours', () => {
    const behind = { drc: copyOf('2026-11-21T01:30'), backups: night };
    const deadlineAtMs = wib('2026-11-23T03:30');

    expect(judge('2026-11-23T03:29', behind)).toMatchObject({ status: 'compliant', recheckAtMs: deadlineAtMs });
    expect(judge('2026-11-23T03:30', behind)).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'copy-behind',
      reasonArgs: { copyAtMs: wib('2026-11-21T01:30'), backupAtMs: wib('2026-11-22T01:30'), maxAgeHours: 26 },
      evidence: [record(50), record(2)],
    });
    expect(judge('2026-11-22T12:00', behind, { maxAgeHours: 6 })).toMatchObject({
      reasonCode: 'copy-behind',
      sinceAtMs: wib('2026-11-22T07:30'),
    });
  });

  it('is not what tells of a backup that is missing: the copy of the last one is as new as it can be', () => {
    const facts = { drc: copyOf('2026-11-21T01:30'), backups: [backup('2026-11-21T01:30')] };

    expect(judge('2026-11-27T12:00', facts).status).toBe('compliant');
    expect(judge('2026-11-27T12:00', { ...facts, watched: false }).status).toBe('compliant');
    expect(judge('2026-11-27T12:00', { ...facts, watched: false, pusatData: notRead })).toEqual({
      status: 'no-evidence',
      reasonCode: 'copy-old',
      reasonArgs: { copyAtMs: wib('2026-11-21T01:30'), maxAgeHours: 26 },
      evidence: [record(50)],
      keepsBreach: true,
    });
    expect(judge('2026-11-22T06:59', { ...facts, watched: false, pusatData: notRead }).status).toBe('compliant');
  });

  it('does not ask a weekly dataset for a daily copy', () => {
    const weekly = { ...dataset, schedule: { ...dataset.schedule, cron: '0 1 * * 0' } };
    const facts = { dataset: weekly, drc: copyOf('2026-11-22T01:30'), backups: [backup('2026-11-22T01:30')] };

    expect(judge('2026-11-27T12:00', facts)).toMatchObject({
      status: 'compliant',
      recheckAtMs: wib('2026-11-29T07:00'),
    });
  });

  it.each([
    ['carried over with the time of its backup', '2026-11-22T01:30', '2026-11-22T09:00'],
    ['written anew, when the clock of its machine is ahead', '2026-11-22T09:00', '2026-11-22T01:30'],
  ])('takes the earlier time for that of a copy %s', (_name, modified, arrived) => {
    const newest = { modifiedAtMs: wib(modified), arrivedAtMs: wib(arrived), objectName: 'x', record: record(50) };

    expect(judge('2026-11-22T12:00', { drc: { ...read, newest } }).reasonArgs['copyAtMs']).toBe(
      wib('2026-11-22T01:30'),
    );
  });

  it('takes a snapshot for the copy of a backup that began with it and ended an hour later', () => {
    const began = backup('2026-11-22T06:00', { startedAtMs: wib('2026-11-22T01:00') });

    expect(judge('2026-11-23T08:00', { drc: copyOf('2026-11-22T01:00'), backups: [began] }).reasonCode).toBe(
      'copy-far',
    );
  });

  it('finds copies that are damaged', () => {
    const damaged = { names: ['a', 'b', 'c', 'd'], count: 9, foundAtMs: wib('2026-11-22T08:00'), record: record(51) };

    expect(judge('2026-11-22T12:00', { drc: copyOf('2026-11-22T01:30', { damaged }) })).toEqual({
      status: 'breached',
      exceeded: 'finding',
      sinceAtMs: wib('2026-11-22T08:00'),
      reasonCode: 'copy-damaged',
      reasonArgs: { damagedCount: 9, damagedNames: 'a, b, c' },
      evidence: [record(51)],
    });
  });

  it('says what to fill in while the distance is not known', () => {
    const facts = { drc: copyOf('2026-11-22T01:30'), backups: night, drcDistanceKilometres: undefined };

    expect(judge('2026-11-22T12:00', facts)).toEqual({
      status: 'no-evidence',
      reasonCode: 'distance-unknown',
      reasonArgs: { copyAtMs: wib('2026-11-22T01:30') },
      evidence: [record(50)],
      recheckAtMs: wib('2026-11-23T07:00'),
    });
  });

  it('calls a DRC that is near an indication by our setting, never a distance that the law forbids', () => {
    const facts = { drc: copyOf('2026-11-22T01:30'), backups: night, drcDistanceKilometres: 29.97 };
    const judgement = judge('2026-11-22T12:00', facts);

    expect(judgement).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: wib('2026-11-22T12:00'),
      reasonCode: 'too-near',
      reasonArgs: { distanceKilometres: 29.9, minDistanceKilometres: 30 },
      evidence: [record(50)],
      recheckAtMs: wib('2026-11-23T07:00'),
    });
    expect(judge('2026-11-22T12:00', facts, { minDistanceKilometres: 20 }).status).toBe('compliant');
    for (const { id } of Object.values(offsiteDistance.reasons)) expect(id).not.toMatch(/melanggar/i);
  });
});
