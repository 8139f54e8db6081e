import {
  chmodSync,
  chownSync,
  type Dirent,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../shared/atomic-file.ts';
import { isProcessAlive, processMark } from '../runs/process-facts.ts';
import { endProcessesIn } from './processes.ts';
import { removeTree } from './remove-tree.ts';

export interface WorkFolder {
  /** Private to us. */
  path: string;
  /** What the drill gets: empty, below `path`, and the user's own if there is one. */
  content: string;
  /** Leaves it where it is, for somebody to look into; it is never removed by us then. */
  keep(): void;
  /** Ends what still works in it and removes it. */
  remove(): Promise<void>;
}

const prefix = 'pantau-restore-';
const ownerName = 'owner';
const nameOfKept = 'kept';
const dayMs = 86_400_000;

/** @param user whose programs will write into it, when they are not ours. */
export function makeWorkFolder(base: string, user?: { uid: number; gid: number }): WorkFolder {
  const path = mkdtempSync(join(base, prefix));
  // Before anything else: whoever finds it after a crash must know that nobody uses it any more.
  writeFileAtomically(join(path, ownerName), processMark(process.pid));
  const content = join(path, 'files');
  mkdirSync(content, { mode: 0o700 });
  if (user !== undefined) {
    chmodSync(path, 0o711);
    chownSync(content, user.uid, user.gid);
  }
  return {
    path,
    content,
    keep: () => writeFileAtomically(join(path, nameOfKept), ''),
    async remove() {
      await endProcessesIn(path);
      await removeTree(path);
    },
  };
}

/**
 * Removes what restore tests left behind that were killed: folders whose process is gone, and those older than a day
 * that do not say whose they are.
 * @returns the paths that were removed.
 */
export async function removeLeftovers(base: string, nowMs: number): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of entriesOf(base)) {
    const path = join(base, entry.name);
    if (!entry.isDirectory() || !entry.name.startsWith(prefix) || !isLeftover(path, nowMs)) continue;
    await endProcessesIn(path);
    await removeTree(path);
    removed.push(path);
  }
  return removed;
}

function isLeftover(path: string, nowMs: number): boolean {
  try {
    const { uid, mtimeMs } = lstatSync(path);
    const ownUid = process.geteuid?.();
    if (ownUid !== undefined && uid !== ownUid) return false;
    const names = readdirSync(path);
    if (names.includes(nameOfKept)) return false;
    if (names.includes(ownerName)) return !isProcessAlive(readFileSync(join(path, ownerName), 'latin1'));
    return nowMs - mtimeMs > dayMs;
  } catch {
    return false;
  }
}

function entriesOf(base: string): Dirent[] {
  try {
    return readdirSync(base, { withFileTypes: true });
  } catch {
    return [];
  }
}
