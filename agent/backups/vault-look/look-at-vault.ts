import { closeSync, type Dirent } from 'node:fs';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { type Dataset, datasetsBelow, type Place, planVault } from '../vault/dataset.ts';
import { FolderCursor } from '../vault/folder-cursor.ts';
import { type Layout, recognise } from '../vault/recognise.ts';
import { codeOf } from '../vault/scan.ts';
import { shownPath } from '../vault/shown-path.ts';

/** What one short look at a vault shows; every text is fit to be printed. */
export interface VaultLook {
  /** Why nothing could be looked at: what the system says of the root. */
  rootProblem?: string;
  /** How many of the datasets' folders are what. */
  layouts: Record<Layout | 'empty', number>;
  /** Datasets, `pd/dataset`, without a folder. */
  missing: Listed;
  /** Entries that belong to no dataset. */
  unowned: Listed;
  /** Folders and files that cannot be read, with the reason. */
  unreadable: Listed;
  /** It was not finished in time: there is more than this. */
  isCutShort: boolean;
}

/** How many there are, and the first of them. */
export interface Listed {
  count: number;
  first: string[];
}

export interface LookDeps {
  clock: Pick<Clock, 'monotonicMs'>;
  /** Monotonic. */
  untilMs: number;
}

const shownCount = 3;
const maxPathLength = 200;
/** A folder with more is not looked into. */
const maxEntryCount = 1_000_000;
/** So many files of each folder, and folders of it, are tried, and so deep: enough to see who may read there. */
const triedCount = 4;
const triedDepth = 3;

interface Look extends VaultLook {
  readonly cursor: FolderCursor;
  readonly isLate: () => boolean;
}

/**
 * Looks at the folders of a vault and tries to read a few files of each: a fraction of what a scan does, and nothing is
 * remembered. Changes the working folder while it lasts (FolderCursor); for a process of its own.
 */
export function lookAtVault(config: VaultConfig, { clock, untilMs }: LookDeps): VaultLook {
  const found: VaultLook = {
    layouts: { restic: 0, borg: 0, files: 0, empty: 0 },
    missing: { count: 0, first: [] },
    unowned: { count: 0, first: [] },
    unreadable: { count: 0, first: [] },
    isCutShort: false,
  };
  let cursor: FolderCursor | undefined;
  try {
    cursor = new FolderCursor(config.root);
    const entries = cursor.list(maxEntryCount);
    if (entries === undefined) return { ...found, rootProblem: `more than ${maxEntryCount} entries` };
    const look: Look = Object.assign(found, { cursor, isLate: () => clock.monotonicMs() >= untilMs });
    lookAtPlace(look, planVault(config).places, '', entries);
  } catch (error) {
    found.rootProblem = codeOf(error);
  } finally {
    cursor?.close();
  }
  const { rootProblem, layouts, missing, unowned, unreadable, isCutShort } = found;
  return { ...(rootProblem !== undefined && { rootProblem }), layouts, missing, unowned, unreadable, isCutShort };
}

/** A folder on the way to datasets. */
function lookAtPlace(look: Look, place: Place, path: string, entries: readonly Dirent[]): void {
  const seen = new Set<string>();
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const child = place.children.get(entry.name);
    if (child !== undefined) {
      seen.add(entry.name);
      inFolder(look, joinPath(path, entry.name), entry, (inside) => lookInside(look, child, path, entry, inside));
    } else if (!(path === '' && entry.name === 'lost+found')) {
      addTo(look.unowned, shownPath(joinPath(path, entry.name), maxPathLength));
    }
  }
  noteMissing(look, place, seen);
}

function lookInside(look: Look, place: Place, parent: string, { name }: Dirent, entries: readonly Dirent[]): void {
  const path = joinPath(parent, name);
  if (place.dataset === undefined) {
    lookAtPlace(look, place, path, entries);
    return;
  }
  look.layouts[entries.length === 0 ? 'empty' : recognise(look.cursor, entries)] += 1;
  const own = entries.filter((entry) => !place.children.has(entry.name));
  tryToRead(look, path, own, triedDepth);
  // Others' folders may lie inside it.
  const seen = new Set<string>();
  for (const entry of entries) {
    const child = place.children.get(entry.name);
    if (child === undefined) continue;
    seen.add(entry.name);
    inFolder(look, joinPath(path, entry.name), entry, (inside) => lookInside(look, child, path, entry, inside));
  }
  noteMissing(look, place, seen);
}

function noteMissing(look: Look, place: Place, seen: ReadonlySet<string>): void {
  for (const [name, child] of place.children) {
    if (!seen.has(name)) for (const dataset of datasetsBelow(child)) addTo(look.missing, nameOf(dataset));
  }
}

/** A few files here and below, the first by name. */
function tryToRead(look: Look, path: string, entries: readonly Dirent[], depth: number): void {
  const sorted = entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name } of sorted.filter((entry) => entry.isFile()).slice(0, triedCount)) {
    try {
      closeSync(look.cursor.open(name));
    } catch (error) {
      addUnreadable(look, joinPath(path, name), codeOf(error));
    }
  }
  if (depth === 0) return;
  for (const entry of sorted.filter((each) => each.isDirectory()).slice(0, triedCount)) {
    const below = joinPath(path, entry.name);
    inFolder(look, below, entry, (inside) => tryToRead(look, below, inside, depth - 1));
  }
}

/** Enters a folder, lets it be looked at, and leaves it. What cannot be entered or listed is taken down. */
function inFolder(look: Look, path: string, entry: Dirent, lookInto: (entries: Dirent[]) => void): void {
  if (look.isLate()) {
    look.isCutShort = true;
    return;
  }
  if (!entry.isDirectory()) {
    addUnreadable(look, path, 'not a folder');
    return;
  }
  try {
    look.cursor.enter(entry.name);
  } catch (error) {
    addUnreadable(look, path, codeOf(error));
    return;
  }
  try {
    const entries = look.cursor.list(maxEntryCount);
    if (entries === undefined) addUnreadable(look, path, `more than ${maxEntryCount} entries`);
    else lookInto(entries);
  } catch (error) {
    addUnreadable(look, path, codeOf(error));
  } finally {
    look.cursor.leave();
  }
}

function addUnreadable(look: Look, path: string, reason: string): void {
  addTo(look.unreadable, `${shownPath(path, maxPathLength)} (${reason})`);
}

function addTo(list: Listed, text: string): void {
  list.count += 1;
  if (list.first.length < shownCount) list.first.push(text);
}

const joinPath = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);
const nameOf = ({ pd, dataset }: Dataset) => `${pd}/${dataset}`;
