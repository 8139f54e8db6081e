import { closeSync, type Dirent, fstatSync, readSync } from 'node:fs';
import type { Dataset } from './dataset.ts';
import type { FileRecord } from './file-record.ts';
import { filesBelow } from './folder-record.ts';
import { dropAll, dropUnseen, settleIfQuiet } from './note-file.ts';
import { readBorgConfig } from './recognise.ts';
import type { Scan } from './scan.ts';
import { doubtfulFiles } from './scan-restic.ts';
import { commitEntry } from './segment-check.ts';
import { lookAgain, type RepositoryLayout, scanWrittenOnce, within } from './written-once.ts';

/**
 * A borg repository of format 1, read without its key and without borg: `data/<n>/<segment>` are logs that are written
 * once, and a transaction is complete when a segment ends with a COMMIT (docs/internals/data-structures of borg).
 */
const layout: RepositoryLayout = {
  isFile: (name) => /^\d{1,15}$/.test(name),
  isFolder: (name) => /^\d{1,15}$/.test(name),
  isPassedOver: (name) => name.startsWith('.') || name.endsWith('.tmp') || name.endsWith('.beforerecover'),
  isCompleteAtOnce: false,
  // After a transaction was broken off its numbers are used again.
  areNamesUnique: false,
};
const toldCommitCount = 8;
/** A transaction that is under way may have many segments already; further back nobody needs to look. */
const searchedSegmentCount = 256;

/** @returns what is wrong with it as a whole. */
export async function scanBorg(scan: Scan, dataset: Dataset, entries: readonly Dirent[]): Promise<string | undefined> {
  const { root } = dataset;
  const { repositoryId, version } = readBorgConfig(scan.cursor);
  if (version !== undefined && version !== 1) return `borg-format-${version}-is-not-supported`;
  if (repositoryId !== undefined && dataset.repositoryId !== repositoryId) {
    // Another repository in the same place begins to count its segments anew.
    if (dataset.repositoryId !== undefined) dropAll(scan, root);
    dataset.repositoryId = repositoryId;
    dataset.isDirty = true;
  }
  root.seenInScan = scan.number;
  const again = doubtfulFiles(dataset);
  await scanWrittenOnce(scan, root, 'data', layout);
  dropUnseen(scan, root);
  lookAgain(scan, root, again, false);
  if (dataset.unsettled.size > 0 || dataset.isDirty) settleCommitted(scan, dataset, entries);
  if (scan.partlyUnreadable.has(dataset)) return 'partly-unreadable';
  return version === undefined || repositoryId === undefined ? 'config-damaged' : undefined;
}

/**
 * What lies before the last commit is complete and has to be whole; what lies behind it belongs to a transaction that
 * is under way or was broken off, and borg itself throws it away.
 */
function settleCommitted(scan: Scan, dataset: Dataset, entries: readonly Dirent[]): void {
  const segments = [...filesBelow(dataset.root)].toSorted((one, other) => Number(other.name) - Number(one.name));
  const known = dataset.commits.filter(({ isGone }) => !isGone);
  const newestKnown = Math.max(-1, ...known.map(({ name }) => Number(name)));
  const found: FileRecord[] = [];
  for (const segment of segments.slice(0, searchedSegmentCount)) {
    if (Number(segment.name) <= newestKnown || found.length >= toldCommitCount) break;
    if (endsWithCommit(scan, dataset, segment)) found.push(segment);
  }
  dataset.commits = [...found, ...known].slice(0, toldCommitCount);
  const newest = dataset.commits[0];
  const committedUpTo = Math.max(newestIndex(scan, entries), newest === undefined ? -1 : Number(newest.name));
  for (const file of dataset.unsettled.keys()) if (Number(file.name) <= committedUpTo) settleIfQuiet(scan, file);
}

/** borg writes `index.<segment>` after the commit in that segment is on disk. */
function newestIndex({ cursor }: Scan, entries: readonly Dirent[]): number {
  const numbers = entries.flatMap((entry) => {
    const digits = /^index\.(\d{1,15})$/.exec(entry.name)?.[1];
    const isWritten = digits !== undefined && entry.isFile() && (cursor.look(entry.name)?.size ?? 0) > 0;
    return isWritten ? [Number(digits)] : [];
  });
  return Math.max(-1, ...numbers);
}

function endsWithCommit(scan: Scan, { root }: Dataset, segment: FileRecord): boolean {
  let answer = false;
  within(scan, root, segment.folder, () => {
    const file = scan.cursor.open(segment.name);
    try {
      const stats = fstatSync(file);
      const tail = Buffer.alloc(commitEntry.length);
      if (!stats.isFile() || stats.size < tail.length) return;
      readSync(file, tail, 0, tail.length, stats.size - tail.length);
      answer = tail.equals(commitEntry);
    } finally {
      closeSync(file);
    }
  });
  return answer;
}
