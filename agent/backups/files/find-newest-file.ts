import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { showPath, toPath } from '../../sensors/byte-path.ts';
import { parsePattern, type PatternStep } from './glob-pattern.ts';
import type { FileVersion } from './hash-cache.ts';
import { listFolder } from './list-folder.ts';

const maxEntries = 20_000;
const maxDepth = 32;

interface Search {
  newest: FileVersion | undefined;
  entryCount: number;
  isSettled: (file: FileVersion) => boolean;
}

/** Where in a pattern a path stands: more than one place is possible after `**`. */
interface Position {
  steps: readonly PatternStep[];
  places: readonly number[];
  depth: number;
}

/**
 * The regular file with the newest modification time among those that match a path pattern (glob-pattern.ts).
 *
 * Links below the fixed beginning of the pattern are never followed, neither to files nor to folders, so that a
 * pattern cannot lead out of its folder or in circles; the beginning itself may be a link, the administrator wrote it.
 * Names are handled as bytes (latin1 text), because on disk they need not be UTF-8.
 * @param isSettled tells of a file whether it is complete; one that may still be written to is left out. Asked only
 * about files newer than the newest so far.
 * @throws AppError `folder-unreadable` naming the folder and the remedy, `too-many-files` past 20 000 entries;
 * RangeError when the pattern cannot be read.
 */
export async function findNewestFile(
  pattern: string,
  isSettled: (file: FileVersion) => boolean,
): Promise<FileVersion | undefined> {
  const search: Search = { newest: undefined, entryCount: 0, isSettled };
  for (const { root, steps } of parsePattern(Buffer.from(pattern, 'utf8').toString('latin1'))) {
    await descend(search, root, { steps, places: [0], depth: 0 });
  }
  return search.newest;
}

async function descend(search: Search, folder: string, { steps, places, depth }: Position): Promise<void> {
  const matched = new Map<string, number[]>();
  const names = places.map((place) => steps[place]);
  if (names.every(isFixed)) {
    // Nothing to list: the names are known.
    for (const [at, { fixed }] of names.entries()) {
      matched.set(fixed, [...(matched.get(fixed) ?? []), (places[at] ?? 0) + 1]);
    }
    if (depth === 0) await requireFolder(folder);
  } else {
    for (const entry of await entriesOf(search, folder, depth)) {
      const next = advance(steps, places, entry);
      if (next.length > 0) matched.set(entry.name, next);
    }
  }
  for (const [name, next] of matched) {
    await look(search, folder === '/' ? `/${name}` : `${folder}/${name}`, { steps, places: next, depth: depth + 1 });
  }
}

function isFixed(step: PatternStep | undefined): step is { fixed: string } {
  return typeof step === 'object' && 'fixed' in step;
}

/** The places of the pattern that an entry of the folder leads to. */
function advance(steps: readonly PatternStep[], places: readonly number[], entry: Dirent): number[] {
  const next = new Set<number>();
  const hidden = entry.name.startsWith('.');
  for (let place of places) {
    // `**` stands for this folder (stay) and for none (go on with the step behind it).
    while (steps[place] === 'any-depth') {
      if (entry.isDirectory() && !hidden) next.add(place);
      place++;
    }
    const step = steps[place];
    if (step === undefined || step === 'any-depth') continue;
    const fits = isFixed(step) ? step.fixed === entry.name : step.matches.test(entry.name);
    const isLast = place === steps.length - 1;
    if (fits && (isLast ? entry.isFile() : entry.isDirectory())) next.add(place + 1);
  }
  return [...next];
}

/** Goes on below a folder, and judges a file where the pattern ends. */
async function look(search: Search, path: string, position: Position): Promise<void> {
  const stats = await statOf(path);
  const further = position.places.filter((place) => place < position.steps.length);
  if (stats?.isDirectory() === true && further.length > 0 && position.depth < maxDepth) {
    await descend(search, path, { ...position, places: further });
  }
  if (stats?.isFile() !== true || further.length === position.places.length) return;
  if (!isNewer(stats, path, search.newest)) return;
  const file = { path, sizeBytes: Number(stats.size), modifiedAtNs: stats.mtimeNs };
  if (search.isSettled(file)) search.newest = file;
}

/** Of two files of the same instant the later name wins, so that the answer does not depend on the folder's order. */
function isNewer(stats: BigIntStats, path: string, newest: FileVersion | undefined): boolean {
  if (newest === undefined || stats.mtimeNs > newest.modifiedAtNs) return true;
  return stats.mtimeNs === newest.modifiedAtNs && path > newest.path;
}

async function entriesOf(search: Search, folder: string, depth: number): Promise<Dirent[]> {
  let entries: Dirent[] | undefined;
  try {
    entries = await listFolder(folder, maxEntries - search.entryCount);
  } catch (error) {
    // Below the beginning a folder may be removed while it is looked at; a beginning that is not there is a mistake.
    if (depth > 0 && isGone(error)) return [];
    throw unreadable(folder, error);
  }
  if (entries === undefined) throw tooMany(folder);
  search.entryCount += entries.length;
  return entries;
}

async function requireFolder(folder: string): Promise<void> {
  try {
    const stats = await stat(toPath(folder));
    if (!stats.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(toPath(path), { bigint: true });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw unreadable(path, error);
  }
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function tooMany(folder: string): AppError {
  return new AppError(
    'too-many-files',
    `too-many-files: more than ${maxEntries} entries up to ${shown(folder)}; make the path of the dataset narrower`,
  );
}

function unreadable(folder: string, cause: unknown): AppError {
  const remedies: Record<string, string> = {
    ENOENT: 'does not exist; create it, mount it, or correct the path of the dataset',
    ENOTDIR: 'is not a folder; correct the path of the dataset',
    EACCES: 'may not be read by the agent; give its user read and search permission',
    EPERM: 'may not be read by the agent; give its user read and search permission',
  };
  const problem = remedies[(cause as NodeJS.ErrnoException).code ?? ''] ?? `cannot be read: ${messageOf(cause)}`;
  return new AppError('folder-unreadable', `${shown(folder)} ${problem}`, { cause });
}

/** Short enough that the remedy still fits behind it in a report. */
function shown(path: string): string {
  const text = showPath(path);
  return text.length > 120 ? `…${text.slice(-119)}` : text;
}
