import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  type Stats,
  statSync,
} from 'node:fs';
import { toPath } from '../../sensors/byte-path.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;
const canHoldFolders = process.platform === 'linux';

interface Held {
  /** Linux: the open folder. */
  file: number | undefined;
  /** Elsewhere: where it was when it was entered, and which one it was. */
  path: string;
  stats: Stats;
}

/**
 * Walks below a folder without ever leaving it, whatever others do to it meanwhile. The working folder of the process
 * *is* the place that is looked at: names are looked up in it alone, and each step down opens one real folder that is
 * no link, so there is no path in which somebody could exchange a part. It also is twice as fast as whole paths. Only
 * one at a time in a process; `close` goes back to where the process was, which also lets the vault be unmounted.
 *
 * Names are bytes as latin1 text. Everything throws what the file system says.
 */
export class FolderCursor {
  readonly #home = process.cwd();
  readonly #held: Held[] = [];

  /** @param root the only path in which links are followed. */
  constructor(root: string) {
    this.#step(root, O_RDONLY | O_DIRECTORY);
  }

  /** How many folders below the root. */
  get depth(): number {
    return this.#held.length - 1;
  }

  /** Of the folder that one is in. */
  stats(): Stats {
    const place = this.#held.at(-1);
    if (place === undefined) throw new Error('The cursor is closed.');
    return place.stats;
  }

  /** @throws ENOTDIR or ELOOP when it is a link or no folder. */
  enter(name: string): void {
    this.#step(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK);
  }

  leave(): void {
    const left = this.#held.pop();
    if (left?.file !== undefined) closeSync(left.file);
    const place = this.#held.at(-1);
    if (place !== undefined) this.#returnTo(place);
  }

  /** Entries of the folder that one is in. @returns undefined when there are more than `maxCount`. */
  list(maxCount: number): Dirent[] | undefined {
    const entries: Dirent[] = [];
    // In pieces: one with millions of entries costs no more memory than the limit.
    const folder = opendirSync('.', { encoding: 'latin1' as BufferEncoding, bufferSize: 256 });
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (entries.push(entry) > maxCount) return undefined;
      }
    } finally {
      folder.closeSync();
    }
    return entries;
  }

  /** Of an entry itself, not of what a link points to. @returns undefined when it is not there. */
  look(name: string): Stats | undefined {
    return lstatSync(toPath(name), { throwIfNoEntry: false });
  }

  /** Opens a file for reading. It hangs at no pipe, follows no link, and leaves the time of access alone if it may. */
  open(name: string): number {
    const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
    const quietly = constants.O_NOATIME;
    try {
      return openSync(toPath(name), flags | quietly);
    } catch (error) {
      // Only the owner and root may ask for that.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
      return openSync(toPath(name), flags);
    }
  }

  close(): void {
    for (const { file } of this.#held.splice(0)) if (file !== undefined) closeSync(file);
    process.chdir(this.#home);
  }

  #step(name: string, flags: number): void {
    this.#held.push(canHoldFolders ? holdFolder(name, flags) : this.#goByName(name));
  }

  #goByName(name: string): Held {
    const isRoot = this.#held.length === 0;
    const before = isRoot ? statSync(name) : lstatSync(name);
    if (!before.isDirectory()) throw Object.assign(new Error(`not a folder: ${name}`), { code: 'ENOTDIR' });
    process.chdir(name);
    const held = { file: undefined, path: process.cwd(), stats: statSync('.') };
    if (!isSameFile(held.stats, before)) {
      const place = this.#held.at(-1);
      if (place !== undefined) this.#returnTo(place);
      throw moved();
    }
    return held;
  }

  #returnTo(place: Held): void {
    if (place.file !== undefined) process.chdir(`/proc/self/fd/${place.file}`);
    else {
      process.chdir(place.path);
      if (!isSameFile(statSync('.'), place.stats)) throw moved();
    }
  }
}

function holdFolder(name: string, flags: number): Held {
  const file = openSync(toPath(name), flags);
  try {
    const stats = fstatSync(file);
    process.chdir(`/proc/self/fd/${file}`);
    return { file, path: '', stats };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function isSameFile(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

function moved(): Error {
  return Object.assign(new Error('a folder was exchanged while it was looked at'), { code: 'EAGAIN' });
}
