import { nextDueMs } from '../../../shared/cron-grace.ts';
import type { BackupView, DatasetRule, DatasetSubjectFacts, Judgement, Params, VaultView } from '../rule.ts';
import { isSane } from './backup/assess.ts';

/**
 * A copy is far from the Pusat Data: the newest one at the DRC is as new as it can be, and the DRC is far enough away.
 * The law says "jauh" without a number, and offers "jauh dari risiko" beside it; how many kilometres and hours are ours.
 * That the backup itself is missing is another duty's affair: here it counts whether the copy lags behind it.
 */
export const offsiteDistance: DatasetRule = {
  name: 'offsite-distance',
  docs: 'A recent copy of the dataset is at the DRC, and the DRC is far from the Pusat Data.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'warning',
  params: {
    maxAgeHours: { default: 26, docs: 'hours by which the copy at the DRC may lag behind' },
    minDistanceKilometres: { default: 30, docs: 'kilometres between the Pusat Data and the DRC' },
  },
  headlines: {
    'no-copy': { id: 'Tidak ada salinan di pusat pemulihan', en: 'There is no copy at the recovery centre' },
    'copy-damaged': { id: 'Salinan di pusat pemulihan rusak', en: 'The copy at the recovery centre is damaged' },
    'copy-behind': { id: 'Salinan di pusat pemulihan tertinggal', en: 'The copy at the recovery centre lags behind' },
    'too-near': { id: 'Pusat pemulihan terlalu dekat', en: 'The recovery centre is too near' },
  },
  reasons: {
    'no-dataset': {
      id: 'Belum ada himpunan data yang didaftarkan untuk dicadangkan.',
      en: 'No dataset is registered for backup.',
    },
    'not-monitored': {
      id: 'Belum dipantau: belum ada tempat penyimpanan di pusat pemulihan (drc.vaults) yang didaftarkan, sehingga salinan di tempat jauh tidak dapat diketahui.',
      en: 'Not monitored: no storage at the recovery centre (drc.vaults) is configured, so nobody can know of a distant copy.',
    },
    'reader-silent': {
      id: 'Pembaca di pusat pemulihan tidak melapor atau tidak dapat membaca tempat penyimpanannya, sehingga salinan di sana tidak diketahui.',
      en: 'The reader at the recovery centre is silent or cannot read its storage, so nothing is known of the copy there.',
    },
    'no-backup': {
      id: 'Belum ada cadangan yang dapat disalin ke pusat pemulihan.',
      en: 'There is no backup yet that could be copied to the recovery centre.',
    },
    'not-yet-due': {
      id: 'Belum ada salinan di pusat pemulihan; salinan pertama ditunggu paling lambat {deadlineAtMs}.',
      en: 'There is no copy at the recovery centre yet; the first one is awaited until {deadlineAtMs}.',
    },
    'no-copy': {
      id: 'Tidak ada salinan di pusat pemulihan, padahal cadangan terakhir selesai {backupAtMs}.',
      en: 'There is no copy at the recovery centre, although the last backup was completed on {backupAtMs}.',
    },
    'copy-damaged': {
      id: 'Isi salinan di pusat pemulihan rusak: {damagedCount} berkas tidak lagi sama dengan isi semula ({damagedNames}).',
      en: 'Copies at the recovery centre are damaged: {damagedCount} files are not what they were ({damagedNames}).',
    },
    'copy-behind': {
      id: 'Salinan di pusat pemulihan tertinggal: salinan terbaru dari {copyAtMs}, padahal cadangan terakhir selesai {backupAtMs}; pengaturan aplikasi memberi waktu {maxAgeHours} jam.',
      en: 'The copy at the recovery centre lags behind: the newest is of {copyAtMs}, but the last backup was completed on {backupAtMs}; the setting of the application allows {maxAgeHours} hours.',
    },
    'copy-old': {
      id: 'Salinan terbaru di pusat pemulihan dari {copyAtMs}, lebih lama daripada {maxAgeHours} jam menurut pengaturan aplikasi, dan apakah ada cadangan yang lebih baru tidak diketahui.',
      en: 'The newest copy at the recovery centre is of {copyAtMs}, older than the {maxAgeHours} hours of the setting of the application, and whether there is a newer backup is not known.',
    },
    'distance-unknown': {
      id: 'Salinan terbaru di pusat pemulihan dari {copyAtMs}, tetapi jaraknya belum diketahui: isi koordinat (location: lat, lon) pada pusatData dan drc.',
      en: 'The newest copy at the recovery centre is of {copyAtMs}, but its distance is not known: fill in the coordinates (location: lat, lon) of pusatData and drc.',
    },
    'too-near': {
      id: 'Pusat pemulihan berjarak {distanceKilometres} km dari Pusat Data, di bawah pengaturan aplikasi {minDistanceKilometres} km. Peraturan tidak menyebut angka dan membolehkan tempat yang jauh dari risiko: salinan yang terisolasi dapat dinilai tersendiri dan dicatat sebagai pengecualian.',
      en: 'The recovery centre is {distanceKilometres} km from the Pusat Data, below the setting of the application of {minDistanceKilometres} km. The regulation names no number and allows a place far from risk: an isolated copy can be assessed by hand and recorded as a waiver.',
    },
    'copy-far': {
      id: 'Salinan terbaru dari {copyAtMs} berada di pusat pemulihan, {distanceKilometres} km dari Pusat Data (pengaturan aplikasi: paling sedikit {minDistanceKilometres} km).',
      en: 'The newest copy of {copyAtMs} is at the recovery centre, {distanceKilometres} km from the Pusat Data (setting of the application: at least {minDistanceKilometres} km).',
    },
  },
  judge(facts, params, nowMs): Judgement {
    const { dataset, drc } = facts;
    if (dataset === undefined) return unknown('no-dataset');
    if (drc.state === 'none') return unknown('not-monitored');
    if (drc.state === 'silent') return { ...unknown('reader-silent'), keepsBreach: true };
    const settings = settingsOf(params);
    const { newest } = drc;
    if (newest === undefined) return withoutCopy(facts, settings, nowMs);
    if (drc.damaged !== undefined) return damaged(drc.damaged);
    const copy = { copyAtMs: copyTimeMs(newest), record: newest.record };
    const freshness = judgeAge(copy, { dataset, facts, settings, nowMs });
    if ('status' in freshness) return freshness;
    return { ...judgeDistance(copy, facts, settings, nowMs), ...freshness };
  },
};

type Dataset = NonNullable<DatasetSubjectFacts['dataset']>;
interface Settings {
  maxAgeHours: number;
  minDistanceKilometres: number;
}
interface Copy {
  copyAtMs: number;
  record: Judgement['evidence'][number];
}

function settingsOf(params: Params): Settings {
  const numberOf = (name: keyof Settings) => {
    const value = params[name];
    return typeof value === 'number' && value >= 0 ? value : Number(offsiteDistance.params[name]?.default);
  };
  return { maxAgeHours: numberOf('maxAgeHours'), minDistanceKilometres: numberOf('minDistanceKilometres') };
}

function unknown(reasonCode: string, reasonArgs: Judgement['reasonArgs'] = {}): Judgement {
  return { status: 'no-evidence', reasonCode, reasonArgs, evidence: [] };
}

/** A copy that is carried over keeps the time of its backup; one that is written anew has only its own. */
function copyTimeMs({ modifiedAtMs, arrivedAtMs }: NonNullable<VaultView['newest']>): number {
  return Math.min(modifiedAtMs, arrivedAtMs);
}

const hourMs = 3_600_000;

function withoutCopy(facts: DatasetSubjectFacts, { maxAgeHours }: Settings, nowMs: number): Judgement {
  const missing = firstMissing(facts, -Infinity);
  if (missing === undefined) return unknown('no-backup');
  const deadlineAtMs = Math.max(missing.completedAtMs, facts.knownSinceMs) + maxAgeHours * hourMs;
  if (nowMs < deadlineAtMs) return { ...unknown('not-yet-due', { deadlineAtMs }), recheckAtMs: deadlineAtMs };
  const reasonArgs = { backupAtMs: lastBackupAtMs(facts, missing) };
  const said = { reasonCode: 'no-copy', reasonArgs, evidence: [missing.record] };
  return { status: 'breached', exceeded: 'finding', sinceAtMs: deadlineAtMs, ...said };
}

function damaged({ count, names, foundAtMs, record }: NonNullable<VaultView['damaged']>): Judgement {
  const reasonArgs = { damagedCount: count, damagedNames: names.slice(0, 3).join(', ').slice(0, 300) };
  const said = { reasonCode: 'copy-damaged', reasonArgs, evidence: [record], sinceAtMs: foundAtMs };
  return { status: 'breached', exceeded: 'finding', ...said };
}

/** What the copy's age says; only when to look again while nothing is wrong with it. */
function judgeAge(
  { copyAtMs, record }: Copy,
  given: { dataset: Dataset; facts: DatasetSubjectFacts; settings: Settings; nowMs: number },
): Judgement | Pick<Judgement, 'recheckAtMs'> {
  const { dataset, facts, settings, nowMs } = given;
  const { maxAgeHours } = settings;
  const missing = firstMissing(facts, copyAtMs);
  if (missing !== undefined) {
    const deadlineAtMs = missing.completedAtMs + maxAgeHours * hourMs;
    if (nowMs < deadlineAtMs) return { recheckAtMs: deadlineAtMs };
    const reasonArgs = { copyAtMs, backupAtMs: lastBackupAtMs(facts, missing), maxAgeHours };
    const said = { reasonCode: 'copy-behind', reasonArgs, evidence: [record, missing.record] };
    return { status: 'breached', exceeded: 'indication', sinceAtMs: deadlineAtMs, ...said };
  }
  const deadlineAtMs = Math.max(lateAtMs(dataset, copyAtMs), copyAtMs + maxAgeHours * hourMs);
  if (nowMs < deadlineAtMs) return { recheckAtMs: deadlineAtMs };
  // Nothing newer is known. Whoever would have heard of it makes the copy the newest; otherwise nobody knows.
  if (facts.watched || facts.pusatData.state === 'read') return {};
  return { ...unknown('copy-old', { copyAtMs, maxAgeHours }), evidence: [record], keepsBreach: true };
}

/** When the backup after a moment is late. */
function lateAtMs({ schedule }: Dataset, atMs: number): number {
  return (nextDueMs(schedule, atMs) ?? Number.MAX_SAFE_INTEGER) + schedule.graceSeconds * 1000;
}

/** A snapshot's own time is when it began, and clocks differ: this much newer is still the same backup. */
const sameBackupMs = hourMs;

/** The oldest backup of a sane size that is newer than the copy: since then the copy lags behind. */
function firstMissing({ backups, dataset }: DatasetSubjectFacts, copyAtMs: number): BackupView | undefined {
  return backups.findLast(
    (backup) =>
      (backup.startedAtMs ?? backup.completedAtMs) > copyAtMs + sameBackupMs &&
      (dataset === undefined || isSane(backup, dataset)),
  );
}

function lastBackupAtMs({ backups }: DatasetSubjectFacts, otherwise: BackupView): number {
  return Math.max(otherwise.completedAtMs, backups[0]?.completedAtMs ?? -Infinity);
}

function judgeDistance(
  { copyAtMs, record }: Copy,
  facts: DatasetSubjectFacts,
  settings: Settings,
  nowMs: number,
): Judgement {
  if (facts.drcDistanceKilometres === undefined) {
    return { ...unknown('distance-unknown', { copyAtMs }), evidence: [record] };
  }
  const { minDistanceKilometres } = settings;
  // Rounded down, so that no sentence says "30 km, below 30 km".
  const distanceKilometres = Math.floor(facts.drcDistanceKilometres * 10) / 10;
  const evidence = [record];
  if (facts.drcDistanceKilometres < minDistanceKilometres) {
    const reasonArgs = { distanceKilometres, minDistanceKilometres };
    const said = { reasonCode: 'too-near', reasonArgs, evidence };
    return { status: 'breached', exceeded: 'indication', sinceAtMs: nowMs, ...said };
  }
  const reasonArgs = { copyAtMs, distanceKilometres, minDistanceKilometres };
  return { status: 'compliant', reasonCode: 'copy-far', reasonArgs, evidence };
}
