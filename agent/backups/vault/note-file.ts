import type { Stats } from 'node:fs';
import { FileRecord, type RememberedFile } from './file-record.ts';
import { type FolderRecord, joinPath, pathOf } from './folder-record.ts';
import type { Scan } from './scan.ts';

/** A check in the future was written down by a clock that was wrong. */
const clockToleranceMs = 60_000;

/**
 * Takes down a plain file as a scan sees it. One whose size or time is another is another version, and the old one is
 * gone; it counts as complete when it has been quiet for a while *and* two looks saw the same.
 */
export function notePlainFile(scan: Scan, folder: FolderRecord, name: string, stats: Stats): void {
  const known = folder.files.get(name);
  if (known === undefined) {
    addFile(scan, folder, { name, stats, isComplete: true, isWrittenOnce: false });
    return;
  }
  known.seenInScan = scan.number;
  const isSameFile = known.inode === stats.ino;
  if (known.sizeBytes !== stats.size || known.modifiedAtMs !== stats.mtimeMs) {
    scan.vault.tellGone(known, known, 'replaced');
    becomeNew(scan, known, stats);
    if (!isSameFile) settleIfQuiet(scan, known);
  } else if (!isSameFile || known.changedAtMs !== stats.ctimeMs) {
    known.inode = stats.ino;
    known.changedAtMs = stats.ctimeMs;
    if (known.isSettled && known.checkedAtMs > 0) scan.vault.queue.addDoubtful(known);
    else if (!known.isSettled) unsettle(scan, known);
  } else if (!known.isSettled) settleIfQuiet(scan, known);
}

/**
 * Takes down a file of a repository, which is written once: its content, not its time, says whether it is what it
 * should be. One that changed is read again.
 * @param isComplete false while the repository itself says that it is still being written.
 */
export function noteWrittenOnce(
  scan: Scan,
  folder: FolderRecord,
  { name, stats, isComplete }: { name: string; stats: Stats; isComplete: boolean },
): void {
  const known = folder.files.get(name);
  if (known === undefined) {
    addFile(scan, folder, { name, stats, isComplete, isWrittenOnce: true });
    return;
  }
  known.seenInScan = scan.number;
  // A number of an inode is used again at once; one that was made later than the last change is another file.
  if (known.inode !== stats.ino || stats.birthtimeMs > known.changedAtMs) {
    dropFile(scan, known);
    addFile(scan, folder, { name, stats, isComplete, isWrittenOnce: true });
  } else if (known.changedAtMs !== stats.ctimeMs) {
    // Such a file never becomes shorter; how long it was once is what tells when it does.
    known.sizeBytes = Math.max(known.sizeBytes, stats.size);
    known.changedAtMs = stats.ctimeMs;
    if (known.announcedAs === '') known.modifiedAtMs = stats.mtimeMs;
    known.checkedAtMs = 0;
    unsettle(scan, known);
  } else if (!known.isSettled && isComplete) settleIfQuiet(scan, known);
}

/** Counts a file as complete when it has been quiet for long enough, by its own time or as it was watched. */
export function settleIfQuiet(scan: Scan, file: FileRecord): void {
  const sinceMs = file.folder.dataset.unsettled.get(file) ?? scan.monotonicMs;
  const { quietMs } = scan.vault;
  const isQuiet = scan.nowMs - file.changedAtMs >= quietMs || scan.monotonicMs - sinceMs >= quietMs;
  if (!isQuiet) return;
  file.isSettled = true;
  file.folder.dataset.unsettled.delete(file);
  file.folder.dataset.isDirty = true;
  if (file.checkedAtMs === 0) scan.vault.queue.addUnread(file);
}

/** Somebody may still be writing to it: it is looked at again, and not read meanwhile. */
export function unsettle(scan: Pick<Scan, 'vault' | 'monotonicMs'>, file: FileRecord): void {
  file.isSettled = false;
  file.folder.dataset.unsettled.set(file, scan.monotonicMs);
  file.folder.dataset.isDirty = true;
  scan.vault.queue.forget(file);
  scan.vault.toSay.delete(file);
}

/** Takes out what a folder no longer holds. */
export function dropUnseen(scan: Scan, folder: FolderRecord): void {
  for (const file of folder.files.values()) if (file.seenInScan !== scan.number) dropFile(scan, file);
  for (const [name, inner] of folder.folders) {
    if (inner.seenInScan === scan.number) continue;
    dropAll(scan, inner);
    folder.folders.delete(name);
  }
}

/** Takes out everything of a folder and below it. */
export function dropAll(scan: Scan, folder: FolderRecord): void {
  for (const file of folder.files.values()) dropFile(scan, file);
  for (const inner of folder.folders.values()) dropAll(scan, inner);
  folder.folders.clear();
}

export function dropFile({ vault }: Pick<Scan, 'vault'>, file: FileRecord): void {
  vault.tellGone(file, file, 'vanished');
  leave(vault, file);
  if (file.checkedAtMs > 0 || file.announcedAs !== '') vault.index.forget(pathOf(file));
  forgetFile(vault, file);
}

/** Takes out everything of a folder and below it, as if it had never been looked at. */
export function forgetAll(scan: Scan, folder: FolderRecord): void {
  for (const file of folder.files.values()) forgetFile(scan.vault, file);
  for (const inner of folder.folders.values()) forgetAll(scan, inner);
  folder.folders.clear();
}

function forgetFile(vault: Scan['vault'], file: FileRecord): void {
  const { dataset, files } = file.folder;
  files.delete(file.name);
  dataset.unsettled.delete(file);
  dataset.isDirty = true;
  vault.queue.forget(file);
  vault.toSay.delete(file);
  vault.readProblems.delete(file);
  file.release();
}

interface Found {
  name: string;
  stats: Stats;
  isComplete: boolean;
  isWrittenOnce: boolean;
}

function leave(vault: Scan['vault'], file: FileRecord): void {
  if (file.digest !== '') vault.left.set(sameFileKey(file), file.copy());
}

/** A file that was only given another name has the bytes that it had: rotating `db.1` to `db.2` costs no reading. */
export function recognizeMoved(vault: Scan['vault']): void {
  if (vault.left.size === 0) return;
  const young = vault.datasets.flatMap(({ unsettled }) => [...unsettled.keys()]);
  for (const file of [...vault.queue.unread(), ...young]) {
    const known = vault.left.get(sameFileKey(file));
    if (known === undefined || file.digest !== '') continue;
    file.recall({ ...known, announcedAs: file.announcedAs });
    file.folder.dataset.isDirty = true;
    vault.queue.forget(file);
    vault.remember(file);
  }
  vault.left.clear();
}

function sameFileKey({ inode, sizeBytes, modifiedAtMs }: RememberedFile): string {
  return `${inode} ${sizeBytes} ${modifiedAtMs}`;
}

function addFile(scan: Scan, folder: FolderRecord, { name, stats, isComplete, isWrittenOnce }: Found): void {
  const file = new FileRecord(folder, name, stats, scan.nowMs);
  file.seenInScan = scan.number;
  folder.files.set(name, file);
  const remembered = scan.vault.index.recall(joinPath(folder.path, name));
  if (remembered !== undefined) recall(scan, file, remembered, isWrittenOnce);
  if (isComplete) settleIfQuiet(scan, file);
  if (!file.isSettled) unsettle(scan, file);
}

/** What was known before the reader was started, when it is about the same version. */
function recall(scan: Scan, file: FileRecord, remembered: RememberedFile, isWrittenOnce: boolean): void {
  const { sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, damage } = remembered;
  const isVersion = sizeBytes === file.sizeBytes && modifiedAtMs === file.modifiedAtMs;
  // What was damaged before stays so until it was read again, also when that cost it its size and time.
  const isDamaged = isWrittenOnce && damage !== '' && inode === file.inode;
  if (!isVersion && !isDamaged) {
    scan.vault.tellGone(file, remembered, 'replaced');
    return;
  }
  const isTimeSane = isVersion && checkedAtMs <= scan.nowMs + clockToleranceMs;
  file.recall({ ...remembered, checkedAtMs: isTimeSane ? checkedAtMs : 0, isVerified: isTimeSane && isVerified });
  file.sizeBytes = Math.max(sizeBytes, file.sizeBytes);
  file.modifiedAtMs = modifiedAtMs;
  file.arrivedAtMs = Math.min(arrivedAtMs, file.arrivedAtMs);
  if (inode !== file.inode && file.checkedAtMs > 0) scan.vault.queue.addDoubtful(file);
}

function becomeNew(scan: Scan, file: FileRecord, stats: Stats): void {
  leave(scan.vault, file);
  file.becomeNew(stats, scan.nowMs);
  scan.vault.readProblems.delete(file);
  unsettle(scan, file);
}
