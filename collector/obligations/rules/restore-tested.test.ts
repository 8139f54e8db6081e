import { describe, expect, it } from 'vitest';
import { explainVerdict } from '../explain.ts';
import type { DatasetSubjectFacts, Judgement, Params, RestoreTestView } from '../rule.ts';
import { dataset, datasetFacts, record, wib } from './backup/backup-facts.test-kit.ts';
import { restoreTested } from './restore-tested.ts';

const dayMs = 86_400_000;
/** The dataset of the kit is known since then. */
const knownSinceMs = wib('2026-11-20T12:00');

function judge(now: string, patch: Partial<DatasetSubjectFacts> = {}, params: Params = {}): Judgement {
  return restoreTested.judge(datasetFacts(patch), params, wib(now));
}

function test(at: string, outcome: 'ok' | 'failed', seq: number, reason?: string): RestoreTestView {
  return { outcome, reason, drill: 'restic', completedAtMs: wib(at), record: record(seq) };
}

const application = { periodDays: 90, periodOrigin: 'application' };

describe('restore-tested', () => {
  it('has no evidence for a department without datasets', () => {
    expect(judge('2026-11-22T12:00', { dataset: undefined })).toEqual({
      status: 'no-evidence',
      reasonCode: 'no-dataset',
      reasonArgs: {},
      evidence: [],
    });
  });

  it('awaits the first test for one period after the dataset became known', () => {
    const deadlineAtMs = knownSinceMs + 90 * dayMs;
    const reasonArgs = { deadlineAtMs, ...application };

    expect(judge('2027-02-18T11:59:59.999')).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-due',
      reasonArgs,
      evidence: [],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2027-02-18T12:00')).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'never-tested',
      reasonArgs,
      evidence: [],
    });
  });

  it('is compliant for one period after a test that passed, and then overdue by a number of ours', () => {
    const restoreTests = [test('2026-12-01T09:00', 'ok', 4), test('2026-11-25T09:00', 'failed', 3, 'space')];
    const deadlineAtMs = wib('2026-12-01T09:00') + 90 * dayMs;
    const reasonArgs = { passedAtMs: wib('2026-12-01T09:00'), deadlineAtMs, ...application };

    expect(judge('2027-03-01T08:59', { restoreTests })).toEqual({
      status: 'compliant',
      reasonCode: 'test-passed',
      reasonArgs,
      evidence: [record(4)],
      recheckAtMs: deadlineAtMs,
    });
    expect(judge('2027-03-01T09:00', { restoreTests })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: deadlineAtMs,
      reasonCode: 'test-overdue',
      reasonArgs,
      evidence: [record(4)],
    });
  });

  it('finds a test that failed, with the reason of the drill, since the first that failed in a row', () => {
    const restoreTests = [
      test('2026-12-03T09:00', 'failed', 6, 'pg_restore ended with exit code 1'),
      test('2026-12-02T09:00', 'failed', 5, 'space'),
      test('2026-12-01T09:00', 'ok', 4),
    ];

    expect(judge('2026-12-04T09:00', { restoreTests })).toEqual({
      status: 'breached',
      exceeded: 'finding',
      severity: 'critical',
      sinceAtMs: wib('2026-12-02T09:00'),
      reasonCode: 'test-failed',
      reasonArgs: { failedAtMs: wib('2026-12-03T09:00'), testReason: 'pg_restore ended with exit code 1' },
      evidence: [record(6)],
    });
    expect(judge('2027-12-04T09:00', { restoreTests: restoreTests.slice(0, 1) })).toMatchObject({
      reasonCode: 'test-failed',
      sinceAtMs: wib('2026-12-03T09:00'),
    });
  });

  it.each<[string, Partial<DatasetSubjectFacts>, Params, { periodDays: number; periodOrigin: string }]>([
    ['the application', {}, { everyDays: 90 }, application],
    ['the Pemda for the duty', {}, { everyDays: 30 }, { periodDays: 30, periodOrigin: 'pemda' }],
    [
      'the Pemda for the dataset',
      { dataset: { ...dataset, restoreTestEverySeconds: 7 * 86_400 } },
      { everyDays: 30 },
      { periodDays: 7, periodOrigin: 'pemda' },
    ],
    ['nobody sensible', {}, { everyDays: -1 }, { periodDays: 90, periodOrigin: 'pemda' }],
  ])('says whose number the period is: %s', (_name, patch, params, expected) => {
    const { reasonArgs } = judge('2026-11-22T12:00', patch, params);

    expect(reasonArgs).toEqual({ deadlineAtMs: knownSinceMs + expected.periodDays * dayMs, ...expected });
  });

  it('finds nothing while reports are awaited, and lets an earlier breach stand', () => {
    expect(judge('2027-03-01T12:00', { awaited: true })).toEqual({
      status: 'no-evidence',
      reasonCode: 'awaiting-reports',
      reasonArgs: { deadlineAtMs: knownSinceMs + 90 * dayMs },
      evidence: [],
      keepsBreach: true,
      recheckAtMs: wib('2027-03-01T12:00') + 30_000,
    });
  });

  it('never calls its own period a rule of law', () => {
    const { status, reasonCode, reasonArgs } = judge('2027-02-18T12:00');
    const verdict = { status, reasonCode, reasonArgs };

    expect(explainVerdict(verdict, restoreTested, { language: 'id', timezone: 'Asia/Jakarta' })).toBe(
      'Uji pemulihan belum pernah dilaporkan; uji pertama ditunggu paling lambat Kamis, 18 Februari 2027 pukul 12.00 ' +
        'WIB (setiap 90 hari, bawaan aplikasi, bukan ketentuan peraturan).',
    );
  });
});
