import { nextDueMs } from '../../../../shared/cron-grace.ts';
import type { BackupView, DatasetSubjectFacts } from '../../rule.ts';
import { isProven } from './join.ts';
import type { BackupSettings } from './params.ts';

export type Dataset = NonNullable<DatasetSubjectFacts['dataset']>;

/** What is known of a dataset at a moment, worked out once for all that may be said of it. */
export interface Assessment {
  dataset: Dataset;
  facts: DatasetSubjectFacts;
  settings: BackupSettings;
  nowMs: number;
  /** The newest backup that is large enough and has arrived, where that is demanded. */
  good: BackupView | undefined;
  /** The newest that is large enough, whatever was seen of it. */
  claimed: BackupView | undefined;
  /** Backups newer than the good one: why do they not count? */
  newer: BackupView[];
  /** By then the backup after the good one must be there. */
  deadlineAtMs: number;
  /** When that backup was due. */
  dueAtMs: number;
  isOverdue: boolean;
}

/** The dataset is there: who asks has seen to that. */
export function assess(
  given: { dataset: Dataset; facts: DatasetSubjectFacts; settings: BackupSettings },
  nowMs: number,
): Assessment {
  const { dataset, facts } = given;
  const good = lastGoodBackup(facts);
  const claimed = facts.backups.find((backup) => isSane(backup, dataset));
  const dueAtMs = dueAtMsOf(dataset, facts, good);
  const deadlineAtMs = dueAtMs + dataset.schedule.graceSeconds * 1000;
  return {
    ...given,
    nowMs,
    good,
    claimed,
    newer: good === undefined ? facts.backups : facts.backups.slice(0, facts.backups.indexOf(good)),
    dueAtMs,
    deadlineAtMs,
    isOverdue: nowMs >= deadlineAtMs,
  };
}

function dueAtMsOf(dataset: Dataset, { knownSinceMs }: DatasetSubjectFacts, good: BackupView | undefined): number {
  return good === undefined ? dueAfter(dataset, knownSinceMs) : dueAfterBackup(dataset, good.completedAtMs);
}

/** Whether the backup after the last good one should be there by now, for whoever shows it. */
export function isPastDeadline(facts: DatasetSubjectFacts, nowMs: number): boolean {
  const { dataset } = facts;
  if (dataset === undefined) return false;
  return nowMs >= dueAtMsOf(dataset, facts, lastGoodBackup(facts)) + dataset.schedule.graceSeconds * 1000;
}

/** The latest moment for the backup after one that was completed then. */
export function deadlineAfter(dataset: Dataset, completedAtMs: number): number {
  return dueAfterBackup(dataset, completedAtMs) + dataset.schedule.graceSeconds * 1000;
}

function dueAfter({ schedule }: Dataset, atMs: number): number {
  return nextDueMs(schedule, atMs) ?? Number.MAX_SAFE_INTEGER;
}

/** Ours: a clock may be so much fast, and a backup of a moment before its due time is the one that was due. */
const earlyToleranceMs = 5 * 60_000;

function dueAfterBackup(dataset: Dataset, completedAtMs: number): number {
  const due = dueAfter(dataset, completedAtMs);
  const periodMs = dueAfter(dataset, due) - due;
  return dueAfter(dataset, completedAtMs + Math.min(earlyToleranceMs, periodMs / 8));
}

/** An empty file is no backup, however new it is. */
export function isSane({ sizeBytes }: Pick<BackupView, 'sizeBytes'>, { minSizeBytes }: Dataset): boolean {
  return sizeBytes === undefined || sizeBytes >= Math.max(1, minSizeBytes);
}

/** The newest backup that counts, for whoever shows it. */
export function lastGoodBackup(facts: DatasetSubjectFacts): BackupView | undefined {
  const { dataset } = facts;
  if (dataset === undefined) return undefined;
  return facts.backups.find((backup) => isSane(backup, dataset) && isProven(backup, timelyProof(dataset)));
}

/**
 * How far a backup must be proven by its deadline. To read everything again, or to restore it, has a period of its own.
 */
export function timelyProof({ demandedProof }: Dataset): 'claimed' | 'arrived' {
  return demandedProof === 'claimed' ? 'claimed' : 'arrived';
}
