import type { Dirent } from 'node:fs';
import type { Dataset } from './dataset.ts';
import type { FileRecord } from './file-record.ts';
import { filesBelow } from './folder-record.ts';
import { dropUnseen } from './note-file.ts';
import type { Scan } from './scan.ts';
import { lookAgain, type RepositoryLayout, scanWrittenOnce } from './written-once.ts';

/**
 * A restic repository, read without its password: a snapshot is a file in `snapshots`, and every file but `config` is
 * named by the SHA-256 of its content (doc/design.rst of restic).
 */
const layout: RepositoryLayout = {
  isFile: (name) => /^[0-9a-f]{64}$/.test(name),
  isFolder: (name) => /^[0-9a-f]{2}$/.test(name),
  // restic's own, rsync's and other half-written copies.
  isPassedOver: (name) => name.startsWith('.') || name.includes('-tmp-') || name.endsWith('.part'),
  isCompleteAtOnce: true,
  areNamesUnique: true,
};
const parts = ['keys', 'snapshots', 'index', 'data'] as const;

/** @returns what is wrong with it as a whole. */
export async function scanRestic(
  scan: Scan,
  dataset: Dataset,
  entries: readonly Dirent[],
): Promise<string | undefined> {
  const { root } = dataset;
  root.seenInScan = scan.number;
  const again = doubtfulFiles(dataset);
  for (const part of parts) await scanWrittenOnce(scan, root, part, layout);
  dropUnseen(scan, root);
  lookAgain(scan, root, again, true);
  const names = new Set(entries.map(({ name }) => name));
  const missing = ['config', ...parts].filter((part) => !names.has(part));
  if (scan.partlyUnreadable.has(dataset)) return 'partly-unreadable';
  return missing.length === 0 ? undefined : `missing: ${missing.join(', ')}`;
}

/** What a scan looks at file by file, because their folders do not tell. */
export function doubtfulFiles(dataset: Dataset): FileRecord[] {
  const damaged = dataset.summary?.damagedCount === 0 ? [] : [...filesBelow(dataset.root)].filter(isDamaged);
  return [...dataset.unsettled.keys(), ...damaged];
}

const isDamaged = ({ damage, isSettled }: FileRecord) => damage !== '' && isSettled;
