import type { DatasetRule, DatasetSubjectFacts, Judgement, Params, RestoreTestView } from '../rule.ts';

/**
 * The data can come back: a restore test passed not too long ago. No regulation orders such a test or its period; both
 * are ours, so a test that is overdue is an indication only, while one that failed is found as a fact.
 */
export const restoreTested: DatasetRule = {
  name: 'restore-tested',
  docs: 'A restore test of the dataset passed within its period.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'warning',
  params: {
    everyDays: {
      default: 90,
      docs: 'a restore test is due after so many days, where the dataset has no restoreTestEvery of its own',
    },
  },
  evidence: {
    id: 'Laporan uji pemulihan (restore test) yang berhasil dari agen atau petugas melalui agen.',
    en: 'The report of an agent that a restore test passed.',
  },
  reasons: {
    'no-dataset': {
      id: 'Belum ada himpunan data yang didaftarkan, sehingga belum ada yang dapat diuji pemulihannya.',
      en: 'No dataset is registered, so there is nothing whose restore could be tested.',
    },
    'not-yet-due': {
      id: 'Uji pemulihan belum pernah dilaporkan; uji pertama ditunggu paling lambat {deadlineAtMs} (setiap {periodDays} hari, {periodOrigin}).',
      en: 'No restore test has been reported yet; the first is awaited until {deadlineAtMs} (every {periodDays} days, {periodOrigin}).',
    },
    'never-tested': {
      id: 'Uji pemulihan belum pernah dilaporkan; uji pertama ditunggu paling lambat {deadlineAtMs} (setiap {periodDays} hari, {periodOrigin}).',
      en: 'No restore test has ever been reported; the first was awaited until {deadlineAtMs} (every {periodDays} days, {periodOrigin}).',
    },
    'test-passed': {
      id: 'Uji pemulihan terakhir berhasil {passedAtMs}; uji berikutnya paling lambat {deadlineAtMs} (setiap {periodDays} hari, {periodOrigin}).',
      en: 'The last restore test passed on {passedAtMs}; the next is due by {deadlineAtMs} (every {periodDays} days, {periodOrigin}).',
    },
    'test-overdue': {
      id: 'Uji pemulihan terlambat: yang terakhir dilaporkan berhasil {passedAtMs}, yang berikutnya ditunggu paling lambat {deadlineAtMs} (setiap {periodDays} hari, {periodOrigin}).',
      en: 'The restore test is overdue: the last one reported passed on {passedAtMs}, the next was awaited until {deadlineAtMs} (every {periodDays} days, {periodOrigin}).',
    },
    'test-failed': {
      id: 'Uji pemulihan terakhir gagal {failedAtMs}: {testReason}.',
      en: 'The last restore test failed on {failedAtMs}: {testReason}.',
    },
    'awaiting-reports': {
      id: 'Uji pemulihan ditunggu paling lambat {deadlineAtMs}; laporan agen yang tertahan masih ditunggu.',
      en: 'A restore test was awaited until {deadlineAtMs}; reports of the agent that were held up are still awaited.',
    },
  },
  words: {
    periodOrigin: {
      application: {
        id: 'bawaan aplikasi, bukan ketentuan peraturan',
        en: 'a default of the application, not of the regulation',
      },
      pemda: { id: 'pengaturan Pemda, bukan ketentuan peraturan', en: 'a setting of the Pemda, not of the regulation' },
    },
  },
  judge(facts, params, nowMs): Judgement {
    if (facts.dataset === undefined) {
      return { status: 'no-evidence', reasonCode: 'no-dataset', reasonArgs: {}, evidence: [] };
    }
    const [last] = facts.restoreTests;
    if (last?.outcome === 'failed') return failed(last, facts.restoreTests);
    return byDeadline(facts, last, periodOf(facts.dataset, params), nowMs);
  },
};

const secondsPerDay = 86_400;

interface Period {
  seconds: number;
  args: { periodDays: number; periodOrigin: 'application' | 'pemda' };
}

function periodOf(dataset: NonNullable<DatasetSubjectFacts['dataset']>, params: Params): Period {
  const own = dataset.restoreTestEverySeconds;
  const { everyDays } = params;
  const byDefault = Number(restoreTested.params['everyDays']?.default);
  const seconds = own ?? (typeof everyDays === 'number' && everyDays > 0 ? everyDays : byDefault) * secondsPerDay;
  const isDefault = own === undefined && (everyDays === undefined || everyDays === byDefault);
  return { seconds, args: { periodDays: seconds / secondsPerDay, periodOrigin: isDefault ? 'application' : 'pemda' } };
}

function byDeadline(
  facts: DatasetSubjectFacts,
  last: RestoreTestView | undefined,
  period: Period,
  nowMs: number,
): Judgement {
  const deadlineAtMs = (last?.completedAtMs ?? facts.knownSinceMs) + period.seconds * 1000;
  const reasonArgs = {
    ...(last === undefined ? {} : { passedAtMs: last.completedAtMs }),
    deadlineAtMs,
    ...period.args,
  };
  const evidence = last === undefined ? [] : [last.record];
  if (nowMs < deadlineAtMs) {
    return last === undefined
      ? { status: 'no-evidence', reasonCode: 'not-yet-due', reasonArgs, evidence, recheckAtMs: deadlineAtMs }
      : { status: 'compliant', reasonCode: 'test-passed', reasonArgs, evidence, recheckAtMs: deadlineAtMs };
  }
  if (facts.awaited) {
    const recheckAtMs = nowMs + awaitedRecheckMs;
    const awaiting = { reasonCode: 'awaiting-reports', reasonArgs: { deadlineAtMs }, evidence: [] };
    return { status: 'no-evidence', keepsBreach: true, recheckAtMs, ...awaiting };
  }
  const reasonCode = last === undefined ? 'never-tested' : 'test-overdue';
  return { status: 'breached', exceeded: 'indication', sinceAtMs: deadlineAtMs, reasonCode, reasonArgs, evidence };
}

const awaitedRecheckMs = 30_000;

/** It has failed since the first of the tests that failed in a row. */
function failed(last: RestoreTestView, tests: readonly RestoreTestView[]): Judgement {
  const passedBefore = tests.findIndex(({ outcome }) => outcome === 'ok');
  const first = tests[(passedBefore === -1 ? tests.length : passedBefore) - 1] ?? last;
  return {
    status: 'breached',
    exceeded: 'finding',
    severity: 'critical',
    sinceAtMs: first.completedAtMs,
    reasonCode: 'test-failed',
    reasonArgs: { failedAtMs: last.completedAtMs, testReason: last.reason ?? last.drill },
    evidence: [last.record],
  };
}
