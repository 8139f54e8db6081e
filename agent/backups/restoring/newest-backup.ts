import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { showPath, toPath } from '../../sensors/byte-path.ts';
import type { SourceSettings } from '../backup-source.ts';
import type { DrillDeps } from '../drills/drill.ts';
import { parseFilesSettings } from '../files.ts';
import { findNewestFile } from '../files/find-newest-file.ts';
import type { FileVersion } from '../files/hash-cache.ts';
import { createSeenFiles } from '../files/seen-files.ts';

/** The newest backup file. */
export interface BackupFile {
  /** Its name without folders, for people. */
  name: string;
  sizeBytes: number;
  /**
   * Opens it for reading from its beginning: a program that gets it needs no permission of its own. Closed afterwards.
   * @throws AppError `backup-changed` when another file has taken its place.
   */
  open: () => number;
}

const secondLookAfterMs = 2000;

/** The field and sentence for a dataset that says nowhere where its files lie. */
export function missingPath(settings: { path?: string }, source: SourceSettings | undefined): string | undefined {
  if (settings.path !== undefined || source?.kind === 'files') return undefined;
  const cause =
    source === undefined ? 'this agent has no source for the dataset' : 'the source of the dataset is not "files"';
  return `path: must name the backup files, because ${cause}`;
}

/**
 * Hands the newest complete file of the dataset over, as the source `files` finds it, and closes it afterwards.
 * @param path pattern of its own, for datasets whose source is of another kind.
 * @throws AppError `nothing-to-restore`, `empty-backup`, or why it cannot be looked for or read.
 */
export async function withNewestBackup<Result>(
  path: string | undefined,
  deps: Pick<DrillDeps, 'source' | 'clock' | 'signal' | 'say' | 'identify'>,
  use: (file: BackupFile) => Promise<Result>,
): Promise<Result> {
  const settings = path === undefined ? deps.source : { kind: 'files', path };
  if (settings === undefined) throw new AppError('no-source', missingPath({}, undefined) ?? '');
  const newest = await findNewest(settings, deps);
  const name = showPath(newest.path.slice(newest.path.lastIndexOf('/') + 1));
  deps.identify({ objectName: name });
  const descriptors: number[] = [];
  const open = () => {
    const descriptor = openBackup(newest, name);
    descriptors.push(descriptor);
    const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
    if (size === BigInt(newest.sizeBytes) && mtimeNs === newest.modifiedAtNs) return descriptor;
    throw new AppError('backup-changed', `the newest backup ${name} changed while it was tested`, { retryable: true });
  };
  try {
    if (newest.sizeBytes === 0) throw new AppError('empty-backup', `the newest backup ${name} is empty`);
    deps.say(`Newest backup: ${name}, ${newest.sizeBytes} bytes.`);
    return await use({ name, sizeBytes: newest.sizeBytes, open });
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

async function findNewest(
  settings: SourceSettings,
  { clock, signal }: Pick<DrillDeps, 'clock' | 'signal'>,
): Promise<FileVersion> {
  const { path, settle } = parseFilesSettings(settings);
  const seen = createSeenFiles();
  const look = async () => {
    const looking = seen.look(settle, { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
    const newest = await findNewestFile(path, (file) => looking.isSettled(file));
    looking.end();
    return { newest, hasUnsettled: looking.hasUnsettled() };
  };
  let found = await look();
  if (found.hasUnsettled && settle.watchedForMs <= secondLookAfterMs) {
    // A file that is younger than its settling time counts when it does not change between two looks.
    await pause(secondLookAfterMs, undefined, { signal });
    found = await look();
  }
  if (found.newest !== undefined) return found.newest;
  const reason = found.hasUnsettled ? 'the only files that match are still being written' : 'no file matches';
  throw new AppError('nothing-to-restore', `there is no backup to restore: ${reason} (${path})`);
}

function openBackup({ path }: FileVersion, name: string): number {
  try {
    // Neither a link nor a pipe that took its place meanwhile.
    return openSync(toPath(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const remedy = code === 'EACCES' ? 'may not be read by this user; run the test as a user who may' : `(${code})`;
    throw new AppError('unreadable-backup', `the newest backup ${name} cannot be read: it ${remedy}`, { cause });
  }
}
