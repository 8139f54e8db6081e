import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { toPath } from '../../sensors/byte-path.ts';
import type { Tally } from './tally.ts';

const blockBytes = 512n;

/**
 * Counts the files in a folder and all below it. Links are not followed; they, folders, pipes and devices do not count
 * as files, but can be what must be there.
 * @param signal ends the counting with its reason.
 */
export async function tallyFolder(folder: string, tally: Tally, signal: AbortSignal): Promise<void> {
  const root = Buffer.from(folder).toString('latin1');
  await walk(root, signal, (path, entry, stats) => {
    const relative = path.slice(root.length + 1);
    if (entry.isFile()) tally.add(relative, Number(stats.size));
    else tally.see(relative);
  });
}

/** Bytes that a folder takes on disk. Holes in files take none; a file with several names counts each time. */
export async function usedBytesOf(folder: string, signal: AbortSignal): Promise<number> {
  let usedBytes = 0n;
  await walk(Buffer.from(folder).toString('latin1'), signal, (_path, _entry, stats) => {
    usedBytes += stats.blocks * blockBytes;
  });
  return Number(usedBytes);
}

/** Depth is bounded by the length that the system allows a path to have. */
async function walk(
  latin1Folder: string,
  signal: AbortSignal,
  visit: (path: string, entry: Dirent, stats: BigIntStats) => void,
): Promise<void> {
  const entries = await openIfThere(latin1Folder);
  if (entries === undefined) return;
  for await (const entry of entries) {
    signal.throwIfAborted();
    const path = `${latin1Folder}/${entry.name}`;
    const stats = await statIfThere(path);
    if (stats === undefined) continue;
    visit(path, entry, stats);
    if (entry.isDirectory()) await walk(path, signal, visit);
  }
}

/** What a drill writes may be moved or made unreadable while it is looked at. */
async function openIfThere(latin1Folder: string) {
  try {
    return await opendir(toPath(latin1Folder), { encoding: 'latin1' as BufferEncoding });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function statIfThere(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(toPath(path), { bigint: true });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}
