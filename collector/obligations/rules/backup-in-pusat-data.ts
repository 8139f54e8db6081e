import { nextDueMs } from '../../../shared/cron-grace.ts';
import type { BackupSuccess, DatasetRule, DatasetSubjectFacts, Judgement } from '../rule.ts';

type Dataset = NonNullable<DatasetSubjectFacts['dataset']>;

/**
 * Each dataset has a backup no older than its schedule and grace allow. At proof level "claimed" the department's own
 * word is taken; arrival in the Pusat Data is a higher level.
 */
export const backupInPusatData: DatasetRule = {
  name: 'backup-in-pusat-data',
  docs: 'A backup of the dataset is there, not empty, and no older than schedule and grace allow.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'critical',
  params: {},
  reasons: {
    'no-dataset': {
      id: 'Belum ada himpunan data yang didaftarkan untuk dicadangkan.',
      en: 'No dataset is registered for backup.',
    },
    'not-yet-due': {
      id: 'Belum ada cadangan; cadangan pertama ditunggu paling lambat {deadlineAtMs}.',
      en: 'There is no backup yet; the first one is awaited until {deadlineAtMs}.',
    },
    'awaiting-reports': {
      id: 'Cadangan seharusnya sudah ada paling lambat {deadlineAtMs}; laporan agen yang tertahan masih ditunggu.',
      en: 'A backup should have been there by {deadlineAtMs}; reports of the agent that were held up are still awaited.',
    },
    'never-succeeded': {
      id: 'Belum pernah ada cadangan yang berhasil; seharusnya sudah ada paling lambat {deadlineAtMs}.',
      en: 'No backup has ever succeeded; one should have been there by {deadlineAtMs}.',
    },
    'backup-fresh': {
      id: 'Menurut laporan agen, cadangan terakhir selesai {lastSuccessAtMs}; kedatangannya di Pusat Data belum diperiksa.',
      en: 'By the word of the agent the last backup was completed on {lastSuccessAtMs}; its arrival in the Pusat Data is not checked yet.',
    },
    'backup-overdue': {
      id: 'Cadangan terlambat: cadangan terakhir selesai {lastSuccessAtMs}, cadangan berikutnya ditunggu paling lambat {deadlineAtMs}.',
      en: 'The backup is overdue: the last one was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
    },
    'backup-overdue-agent-silent': {
      id: 'Cadangan terlambat dan agen tidak melapor: cadangan terakhir yang diketahui selesai {lastSuccessAtMs}, berikutnya ditunggu paling lambat {deadlineAtMs}.',
      en: 'The backup is overdue and the agent is silent: the last one known was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
    },
    'backup-overdue-cannot-look': {
      id: 'Cadangan terlambat dan agen tidak dapat memeriksanya: {lookReason}. Cadangan ditunggu paling lambat {deadlineAtMs}.',
      en: 'The backup is overdue and the agent cannot look for it: {lookReason}. It was awaited until {deadlineAtMs}.',
    },
    'backup-too-small': {
      id: 'Cadangan terbaru kosong atau terlalu kecil ({newestSizeBytes}; paling sedikit {minimumSizeBytes}).',
      en: 'The newest backup is empty or too small ({newestSizeBytes}; at least {minimumSizeBytes}).',
    },
  },
  judge: (facts, _params, nowMs) =>
    facts.dataset === undefined
      ? { status: 'no-evidence', reasonCode: 'no-dataset', reasonArgs: {}, evidence: [] }
      : judgeDataset(facts.dataset, facts, nowMs),
};

function judgeDataset(dataset: Dataset, facts: DatasetSubjectFacts, nowMs: number): Judgement {
  const last = facts.successes.find((success) => isSane(success, dataset));
  const due = nextDueMs(dataset.schedule, last?.completedAtMs ?? facts.knownSinceMs) ?? Number.MAX_SAFE_INTEGER;
  const deadlineAtMs = due + dataset.schedule.graceSeconds * 1000;
  if (nowMs < deadlineAtMs) return inTime(last, deadlineAtMs);
  if (facts.awaited) return awaiting(deadlineAtMs, nowMs);
  const why = overdue({ dataset, facts, last, deadlineAtMs });
  // A decree may have adopted the schedule; the least size stays our setting, and a silent agent proves no breach.
  const isAdopted = dataset.scheduleAdopted && facts.watched && why.reasonCode !== 'backup-too-small';
  return { status: 'breached', exceeded: isAdopted ? 'violation' : 'indication', sinceAtMs: deadlineAtMs, ...why };
}

function inTime(last: BackupSuccess | undefined, deadlineAtMs: number): Judgement {
  const recheckAtMs = deadlineAtMs;
  if (last === undefined) {
    return {
      status: 'no-evidence',
      reasonCode: 'not-yet-due',
      reasonArgs: { deadlineAtMs },
      evidence: [],
      recheckAtMs,
    };
  }
  const reasonArgs = { lastSuccessAtMs: last.completedAtMs };
  return { status: 'compliant', reasonCode: 'backup-fresh', reasonArgs, evidence: [last.record], recheckAtMs };
}

const awaitedRecheckMs = 30_000;

function awaiting(deadlineAtMs: number, nowMs: number): Judgement {
  const recheckAtMs = nowMs + awaitedRecheckMs;
  const reasonArgs = { deadlineAtMs };
  return {
    status: 'no-evidence',
    reasonCode: 'awaiting-reports',
    reasonArgs,
    evidence: [],
    keepsBreach: true,
    recheckAtMs,
  };
}

/** Why there is no backup in time, the most telling reason first. */
function overdue(found: {
  dataset: Dataset;
  facts: DatasetSubjectFacts;
  last: BackupSuccess | undefined;
  deadlineAtMs: number;
}): Pick<Judgement, 'reasonCode' | 'reasonArgs' | 'evidence'> {
  const { dataset, facts, last, deadlineAtMs } = found;
  const [newest] = facts.successes;
  const good = last === undefined ? [] : [last.record];
  if (newest !== undefined && newest !== last) {
    const reasonArgs = { newestSizeBytes: newest.sizeBytes ?? 0, minimumSizeBytes: dataset.minSizeBytes, deadlineAtMs };
    return { reasonCode: 'backup-too-small', reasonArgs, evidence: [...good, newest.record] };
  }
  const evidence = facts.lastLook === undefined ? good : [...good, facts.lastLook.record];
  if (facts.lastLook?.outcome === 'failed' && facts.watched) {
    const reasonArgs = { lookReason: facts.lastLook.reason ?? '?', deadlineAtMs };
    return { reasonCode: 'backup-overdue-cannot-look', reasonArgs, evidence };
  }
  if (last === undefined) return { reasonCode: 'never-succeeded', reasonArgs: { deadlineAtMs }, evidence };
  return {
    reasonCode: facts.watched ? 'backup-overdue' : 'backup-overdue-agent-silent',
    reasonArgs: { lastSuccessAtMs: last.completedAtMs, deadlineAtMs },
    evidence,
  };
}

/** An empty file is no backup, however new it is. */
function isSane(success: BackupSuccess, dataset: Dataset): boolean {
  return success.sizeBytes === undefined || success.sizeBytes >= Math.max(1, dataset.minSizeBytes);
}
