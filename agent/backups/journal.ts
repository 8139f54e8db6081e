import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError } from '../../shared/errors.ts';
import { asOwnerOf } from './tools/as-owner.ts';

/**
 * What commands that run beside the agent leave for it: one small JSON file each, in the order of their names. The
 * running agent only reads; it may be away, and finds everything when it is back.
 */
export interface JournalEntry {
  /** File name without its ending; sorts by time. */
  id: string;
  value: unknown;
}

/** Of each dataset so many runs, and so many restore tests, are remembered here; the collector keeps them all. */
export const keptEntryCount = 64;
const maxEntryBytes = 64 * 1024;

export const runsFolderOf = (dataFolder: string, dataset: string) => join(dataFolder, 'runs', dataset);
export const restoreTestsFolderOf = (dataFolder: string, dataset: string) => join(dataFolder, 'restore-tests', dataset);

/** An id that sorts by time and is like no other: `20261125T183000123Z-4kq1z0xw`. */
export function journalId(atMs: number, randomBytes: Uint8Array): string {
  const time = new Date(atMs).toISOString().replaceAll(/[-:.]/g, '');
  return `${time}-${Buffer.from(randomBytes).toString('hex').slice(0, 12)}`;
}

/**
 * Writes an entry durably, or replaces it. What root writes into somebody's data folder is written with the rights of
 * that user and belongs to it.
 * @throws AppError `unsafe-journal` when there is something else in the place of a folder, else the system's error.
 */
export function writeJournal(folder: string, id: string, value: unknown): void {
  const parent = dirname(folder);
  asOwnerOf(dirname(parent), () => {
    for (const each of [parent, folder]) makeFolder(each);
    writeFileAtomically(join(folder, `${id}.json`), `${JSON.stringify(value)}\n`);
    const names = namesIn(folder);
    for (const old of names.slice(0, Math.max(0, names.length - keptEntryCount))) rmSync(join(folder, old));
  });
}

/** Oldest first. What is not JSON, no file, or too large, is left out: one torn file must not hide the others. */
export function readJournal(folder: string): JournalEntry[] {
  return namesIn(folder).flatMap((name) => {
    try {
      const value = JSON.parse(readSmallFile(join(folder, name))) as unknown;
      return [{ id: name.slice(0, -'.json'.length), value }];
    } catch {
      return [];
    }
  });
}

/** Follows no link and waits for no pipe: root reads here too. */
function readSmallFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > maxEntryBytes) throw new AppError('no-entry', `${path} is no entry`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.json$/.test(name))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Of the path itself: a link would lead whoever writes to a place that somebody else has chosen.
    const stats = lstatSync(path);
    if (stats.isDirectory()) return;
    const what = stats.isSymbolicLink() ? 'is not a folder but a symbolic link' : 'is not a folder';
    throw new AppError('unsafe-journal', `${path} ${what}; nothing is written there; run "rm ${path}"`);
  }
}
