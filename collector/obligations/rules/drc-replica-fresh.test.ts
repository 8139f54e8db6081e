import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement, Params, VaultView } from '../rule.ts';
import { backup, datasetFacts, notRead, read, record, wib } from './backup/backup-facts.test-kit.ts';
import { drcReplicaFresh } from './drc-replica-fresh.ts';

function copyOf(at: string, patch: Partial<VaultView> = {}): VaultView {
  const newest = { modifiedAtMs: wib(at), arrivedAtMs: wib(at) + 3_600_000, objectName: 'x.tar', record: record(50) };
  return { ...read, copyCount: 1, newest, ...patch };
}

const nights = [backup('2026-11-22T01:30', { seq: 2 }), backup('2026-11-21T01:30', { seq: 1 })];
const judge = (patch: Partial<DatasetSubjectFacts>, params: Params = {}): Judgement =>
  drcReplicaFresh.judge(datasetFacts(patch), params, wib('2026-11-23T04:00'));
const unknown = (reasonCode: string): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs: {},
  evidence: [],
});

describe('drc-replica-fresh', () => {
  it('is met by a copy that is as new as the backups, however near the DRC is', () => {
    const drc = copyOf('2026-11-22T01:30');

    expect(judge({ drc, backups: nights, drcDistanceKilometres: 1, watched: true })).toEqual({
      status: 'compliant',
      reasonCode: 'copy-fresh',
      reasonArgs: { copyAtMs: wib('2026-11-22T01:30'), maxAgeHours: 26 },
      evidence: [record(50)],
      // When the next backup is late.
      recheckAtMs: wib('2026-11-23T07:00'),
    });
  });

  it('is breached by one that lags behind for longer than our number, which is an indication only', () => {
    const drc = copyOf('2026-11-21T01:30');

    expect(judge({ drc, backups: nights })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      reasonCode: 'copy-behind',
      sinceAtMs: wib('2026-11-23T03:30'),
      reasonArgs: { copyAtMs: wib('2026-11-21T01:30'), backupAtMs: wib('2026-11-22T01:30'), maxAgeHours: 26 },
      evidence: [record(50), record(2)],
    });
    expect(judge({ drc, backups: nights }, { maxAgeHours: 48 }).status).toBe('compliant');
  });

  it.each<[string, Partial<DatasetSubjectFacts>, Judgement]>([
    ['no dataset is registered', { dataset: undefined }, unknown('no-dataset')],
    ['no storage at the DRC is configured', { drc: notRead }, unknown('not-monitored')],
    [
      'the reader there is silent',
      { drc: copyOf('2026-11-22T01:30', { state: 'silent' }) },
      { ...unknown('reader-silent'), keepsBreach: true },
    ],
  ])('has no evidence when %s', (_name, patch, expected) => {
    expect(judge(patch)).toEqual(expected);
  });
});
