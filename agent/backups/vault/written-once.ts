import type { Stats } from 'node:fs';
import type { FileRecord } from './file-record.ts';
import { folderIn, type FolderRecord, joinPath } from './folder-record.ts';
import { dropFile, dropUnseen, noteWrittenOnce } from './note-file.ts';
import { codeOf, kindOf, listHere, type Scan } from './scan.ts';

/** What belongs into the folders of a repository; the rest is passed over, or is a problem. */
export interface RepositoryLayout {
  isFile(name: string): boolean;
  isFolder(name: string): boolean;
  /** Files that come and go while the repository is used. */
  isPassedOver(name: string): boolean;
  /** False when the repository itself will tell which of its files are complete. */
  isCompleteAtOnce: boolean;
  /** A name is never given to another content. */
  areNamesUnique: boolean;
}

/** An entry that came in the same instant as a listing may not be in it, and leaves no trace in the folder's time. */
const sameInstantMs = 2000;
/** Folders are listed again after this long whatever their time says. */
const trustListingMs = 86_400_000;

/**
 * Looks at a folder of a repository and those below it. Files in it are written once and never change, so a folder
 * whose own time is the same holds the same: it costs one look, however many files are in it.
 */
export async function scanWrittenOnce(
  scan: Scan,
  parent: FolderRecord,
  name: string,
  layout: RepositoryLayout,
): Promise<void> {
  const stats = scan.cursor.look(name);
  if (stats?.isDirectory() !== true) {
    if (stats !== undefined) scan.found.addProblem(joinPath(parent.path, name), kindOf(stats));
    return;
  }
  const folder = folderIn(parent, name);
  folder.seenInScan = scan.number;
  const isSame = isUnchanged(scan, folder, stats);
  if (isSame) scan.found.countEntries(folder.files.size + folder.folders.size);
  if (isSame && folder.folders.size === 0) return;
  try {
    scan.cursor.enter(name);
  } catch (error) {
    noteUnreadable(scan, folder, error);
    return;
  }
  try {
    if (!isSame) listFolder(scan, folder, layout);
    for (const inner of folder.folders.keys()) await scanWrittenOnce(scan, folder, inner, layout);
    if (!isSame) dropUnseen(scan, folder);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    noteUnreadable(scan, folder, error);
  } finally {
    scan.cursor.leave();
  }
  await scan.breathe();
}

/**
 * Looks once more at files that may still be written to or that were found damaged; the cursor stands in the
 * dataset's folder.
 */
export function lookAgain(scan: Scan, root: FolderRecord, files: Iterable<FileRecord>, isComplete: boolean): void {
  for (const [folder, inFolder] of Map.groupBy(files, ({ folder }) => folder)) {
    within(scan, root, folder, () => {
      for (const file of inFolder) {
        if (file.isGone) continue;
        const stats = scan.cursor.look(file.name);
        if (stats?.isFile() === true) noteWrittenOnce(scan, folder, { name: file.name, stats, isComplete });
        else dropFile(scan, file);
      }
    });
  }
}

/** Goes from the dataset's folder into one below it, does something there, and comes back. */
export function within(scan: Scan, root: FolderRecord, folder: FolderRecord, work: () => void): void {
  const path = root.path === '' ? folder.path : folder.path.slice(root.path.length + 1);
  const names = folder === root ? [] : path.split('/');
  let enteredCount = 0;
  try {
    for (const name of names) {
      scan.cursor.enter(name);
      enteredCount += 1;
    }
    work();
  } catch (error) {
    // It went away just now, or may no longer be read: the next scan sees to it.
    if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
  } finally {
    for (; enteredCount > 0; enteredCount--) scan.cursor.leave();
  }
}

function listFolder(scan: Scan, folder: FolderRecord, layout: RepositoryLayout): void {
  const { ctimeMs } = scan.cursor.stats();
  for (const entry of listHere(scan)) {
    const { name } = entry;
    if (entry.isDirectory() && layout.isFolder(name)) folderIn(folder, name);
    else if (entry.isFile() && layout.isFile(name)) noteListed(scan, folder, name, layout);
    else if (!layout.isPassedOver(name)) {
      const isOdd = !entry.isFile() && !entry.isDirectory();
      scan.found.addProblem(joinPath(folder.path, name), isOdd ? kindOf(entry) : 'not-of-the-repository');
    }
  }
  folder.changedAtMs = ctimeMs;
  folder.listedAtMs = scan.nowMs;
  folder.listedAtMonotonicMs = scan.monotonicMs;
}

function noteListed(scan: Scan, folder: FolderRecord, name: string, layout: RepositoryLayout): void {
  const known = folder.files.get(name);
  if (known !== undefined && layout.areNamesUnique) {
    known.seenInScan = scan.number;
    return;
  }
  const stats = scan.cursor.look(name);
  if (stats?.isFile() === true) noteWrittenOnce(scan, folder, { name, stats, isComplete: layout.isCompleteAtOnce });
}

function isUnchanged(scan: Scan, folder: FolderRecord, stats: Stats): boolean {
  return (
    folder.changedAtMs === stats.ctimeMs &&
    folder.listedAtMs - stats.ctimeMs > sameInstantMs &&
    scan.monotonicMs - folder.listedAtMonotonicMs < trustListingMs
  );
}

function noteUnreadable(scan: Scan, folder: FolderRecord, error: unknown): void {
  scan.found.addProblem(folder.path, `unreadable-folder: ${codeOf(error)}`);
  scan.unreadable.push(folder.path);
  scan.partlyUnreadable.add(folder.dataset);
}
