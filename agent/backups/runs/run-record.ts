import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { asOwnerOf } from '../tools/as-owner.ts';
import { runsFolderOf, writeJournal } from '../journal.ts';
import type { EndedRun, Run, RunningRun } from './run-entry.ts';

/** Where one run is written down. Nothing here throws: a backup must not fail because it is watched. */
export interface RunRecord {
  begin(run: RunningRun): void;
  /** @param makeRun is called here, so that a mistake in it does no harm either. */
  end(makeRun: () => EndedRun): void;
  /** Why the run is not recorded, in words with a remedy; undefined when it is. */
  problem(): string | undefined;
}

export function noRunRecord(problem: string): RunRecord {
  return { begin: () => {}, end: () => {}, problem: () => problem };
}

export function createRunRecord(dataFolder: string, dataset: string): RunRecord {
  if (!existsSync(dataFolder)) {
    return noRunRecord(`the agent's data folder ${dataFolder} does not exist; enrol, or name the folder with --data`);
  }
  const folder = runsFolderOf(dataFolder, dataset);
  let problem: string | undefined;
  const attempt = (work: () => void): void => {
    try {
      asOwnerOf(dataFolder, work);
      problem = undefined;
    } catch (error) {
      problem = problemOf(error as NodeJS.ErrnoException, dataFolder);
    }
  };
  return {
    begin: (run) => attempt(() => write(folder, run)),
    end(makeRun) {
      attempt(() => {
        const run = makeRun();
        try {
          write(folder, run);
        } catch (error) {
          if (!replaceInPlace(folder, run)) throw error;
        }
      });
    },
    problem: () => problem,
  };
}

function write(folder: string, run: Run): void {
  try {
    writeJournal(folder, run.runId, run);
  } catch (error) {
    removeQuietly(join(folder, `${run.runId}.json.new`));
    throw error;
  }
}

/**
 * A disk without room still lets a file be written over that is there already. When that does not work either, what
 * stays would say that this run never ended, which is worse than nothing when it ended well.
 */
function replaceInPlace(folder: string, run: EndedRun): boolean {
  const path = join(folder, `${run.runId}.json`);
  try {
    overwrite(path, Buffer.from(`${JSON.stringify({ ...run, lastLines: [] })}\n`));
    // The agent looks into the folder when its time changes.
    utimesSync(folder, new Date(run.completedAt), new Date(run.completedAt));
    return true;
  } catch {
    if (run.outcome !== 'failed') removeQuietly(path);
    return false;
  }
}

function overwrite(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing more can be done here.
  }
}

function problemOf(error: NodeJS.ErrnoException, dataFolder: string): string {
  if (error instanceof AppError) return messageOf(error);
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return `this user may not write ${dataFolder}; run the backup as root or as the agent's user`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk of ${dataFolder} is full`;
    case 'EROFS':
      return `the disk of ${dataFolder} is mounted read-only`;
    case undefined:
      return messageOf(error);
    default:
      return `${dataFolder} cannot be written (${error.code})`;
  }
}
