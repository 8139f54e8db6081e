import { describe, expect, it } from 'vitest';
import type { DatasetSubjectFacts, Judgement, VaultView } from '../rule.ts';
import { datasetFacts, notRead, read, record, wib } from './backup/backup-facts.test-kit.ts';
import { modificationDetected } from './modification-detected.ts';

const readAtMs = wib('2026-11-22T00:00');
const newest = { modifiedAtMs: readAtMs, arrivedAtMs: readAtMs, objectName: 'x.tar', record: record(50) };
const whole: VaultView = { ...read, copyCount: 1, newest, wholeUntilMs: readAtMs, coverSeconds: 30 * 86_400 };
const damaged = { names: ['a', 'b', 'c', 'd'], count: 5, foundAtMs: readAtMs, record: record(60) };

const judge = (patch: Partial<DatasetSubjectFacts>): Judgement =>
  modificationDetected.judge(datasetFacts(patch), {}, wib('2026-11-22T12:00'));
const unknown = (reasonCode: string, more: Partial<Judgement> = {}): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs: {},
  evidence: [],
  ...more,
});

describe('modification-detected', () => {
  it.each<[string, Partial<DatasetSubjectFacts>, Judgement]>([
    [
      'all was read again and is whole',
      { pusatData: whole, drc: notRead },
      {
        status: 'compliant',
        reasonCode: 'whole',
        reasonArgs: { wholeUntilAtMs: readAtMs },
        evidence: [record(50)],
      },
    ],
    [
      'a file is not what it was, although its reader is silent now',
      { pusatData: { ...whole, damaged, state: 'silent' }, drc: whole },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'modified',
        sinceAtMs: readAtMs,
        reasonArgs: { damagedCount: 5, damagedNames: 'a, b, c' },
        evidence: [record(60)],
      },
    ],
    [
      'both places hold damage',
      { pusatData: { ...whole, damaged }, drc: { ...whole, damaged: { ...damaged, count: 1, record: record(61) } } },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'modified',
        sinceAtMs: readAtMs,
        reasonArgs: { damagedCount: 6, damagedNames: 'a, b, c' },
        evidence: [record(60), record(61)],
      },
    ],
    [
      'the copy at the DRC was not read as a whole yet',
      { pusatData: whole, drc: { ...whole, wholeUntilMs: undefined } },
      unknown('not-read-again', { reasonArgs: { coverDays: 30 }, evidence: [record(50)] }),
    ],
    ['nothing is in the vault', { pusatData: { ...whole, newest: undefined }, drc: notRead }, unknown('no-copy')],
    [
      'the reader is silent',
      { pusatData: { ...whole, state: 'silent' }, drc: whole },
      unknown('reader-silent', { keepsBreach: true }),
    ],
    ['no vault is configured', { pusatData: notRead, drc: notRead }, unknown('not-monitored')],
    ['no dataset is registered', { dataset: undefined, pusatData: whole }, unknown('no-dataset')],
  ])('when %s', (_name, patch, expected) => {
    expect(judge(patch)).toEqual(expected);
  });
});
