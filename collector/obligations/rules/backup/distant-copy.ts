import { nextDueMs } from '../../../../shared/cron-grace.ts';
import type { BackupView, DatasetSubjectFacts, Judgement, ReasonText, VaultView } from '../../rule.ts';
import { isSane } from './assess.ts';

type Dataset = NonNullable<DatasetSubjectFacts['dataset']>;

/** The newest copy at the DRC. */
export interface DistantCopy {
  copyAtMs: number;
  record: Judgement['evidence'][number];
}

export const distantCopyHeadlines: Record<string, ReasonText> = {
  'no-copy': { id: 'Tidak ada salinan di pusat pemulihan', en: 'There is no copy at the recovery centre' },
  'copy-damaged': { id: 'Salinan di pusat pemulihan rusak', en: 'The copy at the recovery centre is damaged' },
  'copy-behind': { id: 'Salinan di pusat pemulihan tertinggal', en: 'The copy at the recovery centre lags behind' },
};

export const distantCopyReasons: Record<string, ReasonText> = {
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
};

/**
 * Whether the copy at the DRC is as new as it can be. That the backup itself is missing is another duty's affair: here it
 * counts whether the copy lags behind it.
 * @returns what is wrong or not known; else the copy, and when it must be looked at again.
 */
export function judgeDistantCopy(
  facts: DatasetSubjectFacts,
  maxAgeHours: number,
  nowMs: number,
): { judgement: Judgement } | { copy: DistantCopy; again: Pick<Judgement, 'recheckAtMs'> } {
  const { dataset, drc } = facts;
  if (dataset === undefined) return { judgement: unknown('no-dataset') };
  if (drc.state === 'none') return { judgement: unknown('not-monitored') };
  if (drc.state === 'silent') return { judgement: { ...unknown('reader-silent'), keepsBreach: true } };
  const { newest } = drc;
  if (newest === undefined) return { judgement: withoutCopy(facts, maxAgeHours, nowMs) };
  if (drc.damaged !== undefined) return { judgement: damaged(drc.damaged) };
  const copy = { copyAtMs: copyTimeMs(newest), record: newest.record };
  const freshness = judgeAge(copy, { dataset, facts, maxAgeHours, nowMs });
  return 'status' in freshness ? { judgement: freshness } : { copy, again: freshness };
}

function unknown(reasonCode: string, reasonArgs: Judgement['reasonArgs'] = {}): Judgement {
  return { status: 'no-evidence', reasonCode, reasonArgs, evidence: [] };
}

/** A copy that is carried over keeps the time of its backup; one that is written anew has only its own. */
function copyTimeMs({ modifiedAtMs, arrivedAtMs }: NonNullable<VaultView['newest']>): number {
  return Math.min(modifiedAtMs, arrivedAtMs);
}

const hourMs = 3_600_000;

function withoutCopy(facts: DatasetSubjectFacts, maxAgeHours: number, nowMs: number): Judgement {
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
  { copyAtMs, record }: DistantCopy,
  given: { dataset: Dataset; facts: DatasetSubjectFacts; maxAgeHours: number; nowMs: number },
): Judgement | Pick<Judgement, 'recheckAtMs'> {
  const { dataset, facts, maxAgeHours, nowMs } = given;
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
