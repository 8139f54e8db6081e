import { statSync } from 'node:fs';
import type { BackupClaim } from '../backup-source.ts';
import { readJournal, runsFolderOf } from '../journal.ts';
import { isProcessAlive } from './process-facts.ts';
import { parseRun, type Run } from './run-entry.ts';

/** What an earlier look at the same dataset read, so that a quiet folder costs one call of the system. */
export interface ReadMemory {
  memory: Map<string, unknown>;
  nowMs: number;
}

/** A report carries so many of a run's last lines. */
const reportedLineCount = 5;
/** Two changes in so short a time can leave the same time on a folder. */
const settledAfterMs = 2000;
const memoryKey = 'journal-runs';

/**
 * What `pantau-agent backup-run` wrote down of a dataset, oldest first; empty when it was never used for it.
 * @throws the system's error when the folder cannot be read.
 */
export function journalClaims(dataFolder: string, dataset: string, remembered?: ReadMemory): BackupClaim[] {
  return journalRuns(dataFolder, dataset, remembered)
    .map(claimOf)
    .toSorted((a, b) => (lastTimeOf(a) < lastTimeOf(b) ? -1 : 1));
}

export interface SeenRun {
  run: Run;
  /** It has begun, and whoever would have written down its end is gone. */
  isLost: boolean;
}

export function journalRuns(dataFolder: string, dataset: string, remembered?: ReadMemory): SeenRun[] {
  const folder = runsFolderOf(dataFolder, dataset);
  const gone = new Set<string>();
  for (const run of readRuns(folder, remembered)) {
    if (run.state === 'running' && !isProcessAlive(run.process)) gone.add(run.runId);
  }
  // One that ended between the reading and the question was no longer there, and has written its end: read again.
  const runs = gone.size === 0 ? readRuns(folder, remembered) : readRuns(folder);
  return runs.map((run) => ({ run, isLost: run.state === 'running' && gone.has(run.runId) }));
}

function claimOf({ run, isLost }: SeenRun): BackupClaim {
  const { runId, startedAt } = run;
  if (isLost) {
    const reason = `${run.tool}: ended without an exit code (the machine or the wrapper stopped)`;
    return { outcome: 'failed', runId, startedAt, reason };
  }
  if (run.state === 'running') return { outcome: 'running', runId, startedAt };
  const { outcome, completedAt, exitCode, reason, lastLines } = run;
  const lines = outcome === 'ok' ? [] : lastLines.slice(-reportedLineCount);
  return {
    outcome,
    runId,
    startedAt,
    completedAt,
    // Windows has larger ones, which no report carries.
    ...(exitCode > 255 ? {} : { exitCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(lines.length === 0 ? {} : { lastLines: lines }),
  };
}

function lastTimeOf({ completedAt, startedAt = '' }: BackupClaim): string {
  return completedAt ?? startedAt;
}

interface Remembered {
  changedAtNs: bigint;
  runs: Run[];
}

function readRuns(folder: string, remembered?: ReadMemory): Run[] {
  const changedAtNs =
    remembered === undefined ? undefined : statSync(folder, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const known = remembered?.memory.get(memoryKey) as Remembered | undefined;
  if (known !== undefined && known.changedAtNs === changedAtNs) return known.runs;
  const runs = readJournal(folder).flatMap((entry) => parseRun(entry) ?? []);
  if (remembered === undefined || changedAtNs === undefined) return runs;
  const isSettled = Math.abs(remembered.nowMs - Number(changedAtNs / 1_000_000n)) > settledAfterMs;
  if (isSettled) remembered.memory.set(memoryKey, { changedAtNs, runs } satisfies Remembered);
  else remembered.memory.delete(memoryKey);
  return runs;
}
