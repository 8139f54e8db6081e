import { constants, type Dirent } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { showPath, toPath } from '../byte-path.ts';

/** A folder that was found at a place where valuable things usually lie. */
export interface Folder {
  /** As latin1 text (byte-path.ts), below the tree that is looked at. */
  path: string;
  /** For people: where it is on the machine. */
  shown: string;
  /** `locked` may not be read, `link` leads elsewhere and is not followed: of both only the name is known. */
  state: 'open' | 'locked' | 'link';
  /** Empty unless it is open. */
  entries: readonly Entry[];
}

export interface Entry {
  /** As latin1 text. */
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

/** Looks into a tree: never through a link, never at more than a few thousand entries of a folder. */
export interface Looker {
  /** The folders at a place such as `home/*`, one after the other; a star stands for any part of one name. */
  folders(place: string): AsyncGenerator<Folder>;
  /** A folder directly in another. */
  inside(folder: Folder, name: string): Promise<Folder | undefined>;
  /** The first bytes of a regular file in a folder as latin1 text; undefined when it cannot be read. */
  head(folder: Folder, name: string): Promise<string | undefined>;
}

const maxEntries = 4096;
/** All folders that stars may stand for, at one place. */
const maxFolders = 512;
const headBytes = 8192;

/**
 * @param root the folder that stands for the root of the machine (`/`, `C:\`).
 * @param shownRoot what people call it.
 * @param isOver asked before each look; when it is true nothing more is found.
 */
export function createLooker(root: string, shownRoot: string, isOver: () => boolean): Looker {
  const separator = shownRoot.includes('\\') ? '\\' : '/';
  const top: Folder = { path: toLatin1(root).replace(/[/\\]+$/, ''), shown: shownRoot, state: 'open', entries: [] };
  const at = (folder: Folder, name: string): Folder => ({
    path: `${folder.path}/${name}`,
    shown: `${folder.shown}${folder.shown.endsWith(separator) ? '' : separator}${showPath(name)}`,
    state: 'open',
    entries: [],
  });

  /** The place itself, not what is in it. */
  async function step(folder: Folder, pattern: string): Promise<Folder[]> {
    if (isOver() || folder.state !== 'open') return [];
    if (!pattern.includes('*')) {
      const found = await stateOf(at(folder, pattern));
      return found === undefined ? [] : [found];
    }
    const [head = '', tail = ''] = pattern.split('*');
    const { entries } = await listed(folder);
    const fits = ({ name, kind }: Entry) =>
      !name.startsWith('.') &&
      (kind === 'folder' || kind === 'link') &&
      name.length >= pattern.length - 1 &&
      name.startsWith(head) &&
      name.endsWith(tail);
    return entries
      .filter(fits)
      .map(({ name, kind }) => ({ ...at(folder, name), state: kind === 'link' ? 'link' : 'open' }));
  }

  return {
    async *folders(place) {
      let found = [top];
      for (const pattern of place.split('/')) {
        const next: Folder[] = [];
        for (const folder of found) next.push(...(await step(folder, pattern)).slice(0, maxFolders - next.length));
        found = next;
      }
      // One at a time: the entries of all of them together may be millions.
      for (const folder of found) if (!isOver()) yield listed(folder);
    },
    async inside(folder, name) {
      if (isOver() || folder.state !== 'open') return undefined;
      const found = await stateOf(at(folder, name));
      return found && listed(found);
    },
    head: async (folder, name) => (isOver() ? undefined : readHead(at(folder, name).path)),
  };
}

function toLatin1(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}

/** @returns undefined when there is nothing, or something else than a folder or a link. */
async function stateOf(folder: Folder): Promise<Folder | undefined> {
  try {
    const found = await lstat(toPath(folder.path));
    if (found.isSymbolicLink()) return { ...folder, state: 'link' };
    return found.isDirectory() ? folder : undefined;
  } catch {
    // Not there, or behind a folder that is locked, which would prove nothing either.
    return undefined;
  }
}

async function listed(folder: Folder): Promise<Folder> {
  if (folder.state !== 'open') return folder;
  const entries: Entry[] = [];
  try {
    for await (const entry of await opendir(toPath(folder.path), { encoding: 'latin1' as BufferEncoding })) {
      entries.push({ name: entry.name, kind: kindOf(entry) });
      if (entries.length >= maxEntries) break;
    }
  } catch (error) {
    return isDenied(error) ? { ...folder, state: 'locked' } : folder;
  }
  return { ...folder, entries: entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function kindOf(entry: Dirent): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

function isDenied(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}

async function readHead(path: string): Promise<string | undefined> {
  try {
    // A pipe would make the opening wait for a writer, for ever; a link would lead elsewhere.
    const file = await open(toPath(path), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      if (!(await file.stat()).isFile()) return undefined;
      const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
