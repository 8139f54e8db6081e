import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError, messageOf } from '../../../shared/errors.ts';

export interface BaseNeeds {
  /** Another user whose programs must reach the folder. */
  user?: { uid: number; gid: number } | undefined;
  /** It must leave room for the name of a socket, which the system limits to 107 bytes. */
  forSocket?: boolean;
}

const longestForSocketBytes = 60;
const groupOrOthersMayWrite = 0o022;
const sticky = 0o1000;

/**
 * Where restore tests make their private folders: the folder that somebody chose, else `restore-work` in the agent's
 * data folder, else /var/tmp when the former will not do. Root must not restore into a folder that another user could
 * exchange for a link on the way.
 * @param chosen what stood after `--folder`.
 * @throws AppError `work-folder-unusable` with what is wrong with it.
 */
export function chooseBase(dataFolder: string, chosen: string | undefined, needs: BaseNeeds): string {
  if (chosen !== undefined) {
    const base = realFolder(chosen);
    const problem = problemOf(base, needs);
    if (problem !== undefined) throw unusable(chosen, problem);
    return base;
  }
  const own = ownBase(dataFolder);
  const problem = problemOf(own, needs);
  if (problem === undefined) return own;
  if (process.platform !== 'win32' && problemOf('/var/tmp', needs) === undefined) return '/var/tmp';
  throw unusable(own, problem);
}

/** Every place in which an earlier restore test may have left something. */
export function possibleBases(dataFolder: string, chosen: string | undefined): string[] {
  const places = [workFolderOf(dataFolder), '/var/tmp', ...(chosen === undefined ? [] : [chosen])];
  const found = places.flatMap((place) => {
    try {
      return [realpathSync(place)];
    } catch {
      return [];
    }
  });
  return [...new Set(found)].filter((place) => problemOf(place, {}) === undefined);
}

const workFolderOf = (dataFolder: string) => join(dataFolder, 'restore-work');

function ownBase(dataFolder: string): string {
  const base = workFolderOf(dataFolder);
  try {
    mkdirSync(base, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(base, messageOf(error), error);
  }
  return realFolder(base);
}

function realFolder(path: string): string {
  try {
    const real = realpathSync(path);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw unusable(path, messageOf(error), error);
  }
  throw unusable(path, 'it is not a folder');
}

/** @param base a path without links in it. */
function problemOf(base: string, { user, forSocket }: BaseNeeds): string | undefined {
  if (forSocket === true && Buffer.byteLength(base) > longestForSocketBytes) {
    return `its path is longer than ${longestForSocketBytes} bytes, which leaves no room for a server's socket`;
  }
  const ownUid = process.geteuid?.();
  if (ownUid === undefined) return undefined;
  for (let folder = base; ; folder = dirname(folder)) {
    const { mode, uid, gid } = lstatSync(folder);
    // In a sticky folder (/tmp) others can write, but not move what is ours.
    const isExchangeable = (uid !== 0 && uid !== ownUid) || ((mode & groupOrOthersMayWrite) !== 0 && !(mode & sticky));
    if (ownUid === 0 && isExchangeable) return `others than root may change ${folder}`;
    if (user !== undefined && !maySearch({ mode, uid, gid }, user)) return `user ${user.uid} may not enter ${folder}`;
    if (dirname(folder) === folder) return undefined;
  }
}

function maySearch(folder: { mode: number; uid: number; gid: number }, user: { uid: number; gid: number }): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  return (folder.mode & (folder.gid === user.gid ? 0o010 : 0o001)) !== 0;
}

function unusable(path: string, problem: string, cause?: unknown): AppError {
  return new AppError(
    'work-folder-unusable',
    `${path} cannot be used for restore tests: ${problem}. Name another folder with --folder.`,
    { cause },
  );
}
