import type { ReportReference } from '../../../../shared/evidence.ts';
import type { BackupView } from '../../rule.ts';
import { type Assessment, isSane } from './assess.ts';
import type { BackupReason } from './reasons.ts';

/** Something that is said of a dataset, and what it rests on. */
export interface Saying {
  reasonCode: BackupReason;
  reasonArgs: Record<string, string | number>;
  evidence: ReportReference[];
}

/** With when it happened. */
export type Trouble = Saying & { atMs: number };

/**
 * What went wrong since the last good backup and need not wait for a deadline to be told: a run failed or hangs, the
 * newest backup is empty, or what arrived is not what was sent. The latest of these is the one that counts.
 */
export function findTrouble(assessment: Assessment): Trouble | undefined {
  const { facts, good, newer } = assessment;
  const sinceMs = good?.completedAtMs ?? -Infinity;
  const [newest] = newer;
  const found: Trouble[] = [];
  const add = (atMs: number, saying: Saying | undefined) => {
    if (saying !== undefined && atMs > sinceMs) found.push({ ...saying, atMs });
  };
  if (newest !== undefined) add(newest.completedAtMs, badBackup(newest, assessment));
  // While reports are awaited the run that mended it may be among them.
  const { lastFailure, running } = facts.awaited ? noRuns : facts;
  if (lastFailure !== undefined) add(lastFailure.atMs, failedRun(lastFailure));
  if (running !== undefined) add(running.startedAtMs, hangingRun(assessment, running));
  // A backup that was made after a failed run and only waits to arrive is no trouble yet.
  const waitsSinceMs = newest !== undefined && badBackup(newest, assessment) === undefined ? newest.completedAtMs : -1;
  const [latest] = found.filter(({ atMs }) => atMs > waitsSinceMs).toSorted((a, b) => b.atMs - a.atMs);
  return latest ?? damage(assessment);
}

const noRuns: Pick<Assessment['facts'], 'lastFailure' | 'running'> = { lastFailure: undefined, running: undefined };

/** Why a backup that was made is none; undefined when nothing is wrong with it yet. */
export function badBackup(backup: BackupView, { dataset }: Assessment): Saying | undefined {
  const { completedAtMs, sizeBytes = 0, record } = backup;
  if (!isSane(backup, dataset)) {
    return sizeBytes === 0
      ? { reasonCode: 'backup-empty', reasonArgs: { completedAtMs }, evidence: [record] }
      : {
          reasonCode: 'backup-too-small',
          reasonArgs: { newestSizeBytes: sizeBytes, minimumSizeBytes: dataset.minSizeBytes },
          evidence: [record],
        };
  }
  return backup.mismatch === undefined ? undefined : mismatched(backup, backup.mismatch);
}

function mismatched(backup: BackupView, mismatch: NonNullable<BackupView['mismatch']>): Saying {
  const { completedAtMs } = backup;
  const evidence = [backup.record, mismatch.record];
  if (mismatch.kind === 'truncated') {
    const reasonArgs = { arrivedSizeBytes: mismatch.sizeBytes ?? 0, claimedSizeBytes: backup.sizeBytes ?? 0 };
    return { reasonCode: 'arrival-truncated', reasonArgs, evidence };
  }
  if (mismatch.kind === 'gone') return { reasonCode: 'arrival-gone', reasonArgs: { completedAtMs }, evidence };
  return { reasonCode: 'arrival-mismatch', reasonArgs: { completedAtMs, difference: mismatch.kind }, evidence };
}

function failedRun(failure: NonNullable<Assessment['facts']['lastFailure']>): Saying {
  const { atMs, exitCode, reason, lastLine, record } = failure;
  const code = exitCode === undefined ? undefined : `exit ${exitCode}`;
  const words = [reason ?? code, lastLine].filter((part) => part !== undefined);
  const jobReason = words.length === 0 ? '?' : words.join(' · ').slice(0, 400);
  return { reasonCode: 'job-failed', reasonArgs: { failedAtMs: atMs, jobReason }, evidence: [record] };
}

function hangingRun(
  { dataset, nowMs }: Assessment,
  running: NonNullable<Assessment['facts']['running']>,
): Saying | undefined {
  const { startedAtMs, record } = running;
  if (nowMs - startedAtMs < dataset.maxRunSeconds * 1000) return undefined;
  const reasonArgs = { startedAtMs, longestRunSeconds: dataset.maxRunSeconds };
  return { reasonCode: 'run-too-long', reasonArgs, evidence: [record] };
}

function damage({ facts }: Assessment): Trouble | undefined {
  const { damaged } = facts.pusatData;
  if (damaged === undefined) return undefined;
  const damagedNames = damaged.names.slice(0, 3).join(', ').slice(0, 300);
  const reasonArgs = { damagedCount: damaged.count, damagedNames };
  return { reasonCode: 'damaged-in-vault', reasonArgs, evidence: [damaged.record], atMs: damaged.foundAtMs };
}
