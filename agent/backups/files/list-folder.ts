import type { Dirent } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';
import { toPath } from '../../sensors/byte-path.ts';

/** Up to here a folder is read in one piece. */
const smallCount = 5000;
const maxRemembered = 10_000;

/** Folders that had few entries when they were last listed. */
const small = new Set<string>();

/**
 * The entries of a folder, names as latin1 text.
 *
 * A folder that nobody has counted yet is read piece by piece, so that one with millions of entries costs no more
 * memory than the limit. From then on, a small one is read in one piece: that leaves a tenth of the garbage, and none
 * of the kind that stays for days in a process that does little.
 * @param path the folder's path as latin1 text.
 * @returns undefined when there are more than `maxCount` entries.
 * @throws what the file system says, ENOENT say.
 */
export async function listFolder(path: string, maxCount: number): Promise<Dirent[] | undefined> {
  const encoding = 'latin1' as BufferEncoding;
  let entries: Dirent[] = [];
  if (small.has(path)) {
    entries = await readdir(toPath(path), { encoding, withFileTypes: true });
  } else {
    for await (const entry of await opendir(toPath(path), { encoding })) {
      if (entries.push(entry) > maxCount) return undefined;
    }
  }
  if (small.size >= maxRemembered) small.clear();
  if (entries.length <= smallCount) small.add(path);
  else small.delete(path);
  return entries.length > maxCount ? undefined : entries;
}
