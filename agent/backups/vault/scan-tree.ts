import type { Dirent } from 'node:fs';
import type { ReportHolding } from '../../../shared/report-schema.ts';
import { type Dataset, datasetsBelow, type Place } from './dataset.ts';
import { filesBelow, folderIn, type FolderRecord, joinPath } from './folder-record.ts';
import { dropAll, dropUnseen, forgetAll, notePlainFile } from './note-file.ts';
import { recognise } from './recognise.ts';
import { codeOf, kindOf, listHere, maxDepth, type Scan, ScanStopped } from './scan.ts';
import { scanBorg } from './scan-borg.ts';
import { scanRestic } from './scan-restic.ts';
import { nameProblem } from './shown-path.ts';
import { isUnfinishedName } from './unfinished-name.ts';

/** Something with this name that has lain about for a day will not be completed any more. */
const abandonedAfterMs = 86_400_000;
const breathEvery = 64;

/** The root itself, or a folder on the way to datasets: what does not lead to one belongs to none. */
export async function scanPlace(scan: Scan, place: Place, path: string, entries: readonly Dirent[]): Promise<void> {
  const seen = new Set<string>();
  for (const entry of entries) {
    const child = place.children.get(entry.name);
    if (child !== undefined) {
      seen.add(entry.name);
      await enterPlace(scan, child, joinPath(path, entry.name), entry);
    } else if (!(path === '' && entry.name === 'lost+found')) {
      noteOdd(scan, path, entry);
      scan.found.addUnowned(joinPath(path, entry.name));
    }
  }
  for (const [name, child] of place.children) if (!seen.has(name)) markAll(scan, child, 'empty', 'no-folder');
}

async function enterPlace(scan: Scan, place: Place, path: string, entry: Dirent): Promise<void> {
  const problem = tryToEnter(scan, path, entry);
  if (problem !== undefined) {
    markAll(scan, place, 'unreadable', problem);
    return;
  }
  const { found, vault } = scan;
  const { heldCount, heldLimit } = found;
  if (place.dataset !== undefined) found.heldLimit = Math.min(heldLimit, heldCount + vault.limits.ofDataset);
  try {
    const entries = tryToList(scan, path);
    if (typeof entries === 'string') markAll(scan, place, 'unreadable', entries);
    else if (place.dataset === undefined) await scanWay(scan, place, path, entries);
    else await scanDataset(scan, place.dataset, place, entries);
  } catch (error) {
    if (!(error instanceof ScanStopped)) throw error;
    found.heldCount = heldCount;
    giveUp(scan, place, path, error.message);
  } finally {
    found.heldLimit = heldLimit;
    scan.cursor.leave();
  }
}

/** What lies beside the way is not remembered. */
async function scanWay(scan: Scan, place: Place, path: string, entries: readonly Dirent[]): Promise<void> {
  scan.found.heldCount -= entries.length;
  await scanPlace(scan, place, path, entries);
}

/** Too much for the memory: nothing is concluded, and the others go on. */
function giveUp(scan: Scan, place: Place, path: string, reason: string): void {
  scan.found.addProblem(path, reason);
  if (place.dataset === undefined) markAll(scan, place, 'unreadable', reason);
  else {
    forgetAll(scan, place.dataset.root);
    scan.unreadable.push(path);
    mark(place.dataset, 'unreadable', reason);
  }
}

async function scanDataset(scan: Scan, dataset: Dataset, place: Place, entries: readonly Dirent[]): Promise<void> {
  const layout = recognise(scan.cursor, entries);
  // What was a heap of files and is a repository now, or the other way round, is another thing.
  if (dataset.layout !== undefined && dataset.layout !== layout) dropAll(scan, dataset.root);
  dataset.layout = layout;
  if (layout === 'files') {
    await scanFolder(scan, dataset.root, place, entries);
    markFiles(scan, dataset);
    return;
  }
  for (const child of place.children.values()) markAll(scan, child, 'unreadable', 'inside-a-repository');
  const scanRepository = layout === 'restic' ? scanRestic : scanBorg;
  mark(dataset, layout, await scanRepository(scan, dataset, entries));
}

/** Plain files at any depth. @param place where other datasets' folders lie inside this one. */
async function scanFolder(
  scan: Scan,
  folder: FolderRecord,
  place: Place | undefined,
  entries: readonly Dirent[],
): Promise<void> {
  folder.seenInScan = scan.number;
  const seen = new Set<string>();
  let count = 0;
  for (const entry of entries) {
    const child = place?.children.get(entry.name);
    if (child !== undefined) seen.add(entry.name);
    if (child?.dataset !== undefined) await enterPlace(scan, child, joinPath(folder.path, entry.name), entry);
    else if (entry.isDirectory()) await scanSubfolder(scan, folder, entry, child);
    else {
      if (child !== undefined) markAll(scan, child, 'unreadable', 'not-a-folder');
      noteEntry(scan, folder, entry);
    }
    if (++count % breathEvery === 0) await scan.breathe();
  }
  for (const [name, child] of place?.children ?? []) if (!seen.has(name)) markAll(scan, child, 'empty', 'no-folder');
  dropUnseen(scan, folder);
  await scan.breathe();
}

async function scanSubfolder(scan: Scan, parent: FolderRecord, entry: Dirent, place: Place | undefined): Promise<void> {
  const path = joinPath(parent.path, entry.name);
  noteOdd(scan, parent.path, entry);
  const problem = scan.cursor.depth >= maxDepth ? tooDeep(scan, path) : tryToEnter(scan, path, entry);
  if (problem !== undefined) {
    keepUnreadable(scan, parent, entry.name);
    if (place !== undefined) markAll(scan, place, 'unreadable', problem);
    return;
  }
  try {
    const entries = tryToList(scan, path);
    if (typeof entries === 'string') keepUnreadable(scan, parent, entry.name);
    else {
      if (recognise(scan.cursor, entries) !== 'files') scan.found.addProblem(path, 'repository-inside-a-dataset');
      await scanFolder(scan, folderIn(parent, entry.name), place, entries);
    }
  } finally {
    scan.cursor.leave();
  }
}

function noteEntry(scan: Scan, folder: FolderRecord, entry: Dirent): void {
  noteOdd(scan, folder.path, entry);
  if (!entry.isFile()) return;
  const stats = scan.cursor.look(entry.name);
  if (stats?.isFile() !== true) return;
  if (!isUnfinishedName(entry.name)) notePlainFile(scan, folder, entry.name, stats);
  else if (scan.nowMs - stats.mtimeMs > abandonedAfterMs) {
    scan.found.addProblem(joinPath(folder.path, entry.name), 'unfinished-transfer');
  }
}

/** Entries that are passed over, and names that cannot be shown as they are. */
function noteOdd(scan: Scan, folderPath: string, entry: Dirent): void {
  const path = joinPath(folderPath, entry.name);
  if (!entry.isFile() && !entry.isDirectory()) scan.found.addProblem(path, kindOf(entry));
  const problem = nameProblem(entry.name);
  if (problem !== undefined) scan.found.addProblem(path, problem);
}

function tooDeep(scan: Scan, path: string): string {
  scan.found.addProblem(path, 'too-deep');
  return 'too-deep';
}

/** @returns why it could not be entered; the problem is taken down. */
function tryToEnter(scan: Scan, path: string, entry: Dirent): string | undefined {
  if (!entry.isDirectory()) {
    const reason = entry.isFile() ? 'not-a-folder' : kindOf(entry);
    scan.found.addProblem(path, reason);
    return reason;
  }
  try {
    scan.cursor.enter(entry.name);
    return undefined;
  } catch (error) {
    return unreadable(scan, path, error);
  }
}

function tryToList(scan: Scan, path: string): Dirent[] | string {
  try {
    return listHere(scan);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    return unreadable(scan, path, error);
  }
}

function unreadable(scan: Scan, path: string, error: unknown): string {
  const reason = `unreadable-folder: ${codeOf(error)}`;
  scan.found.addProblem(path, reason);
  scan.unreadable.push(path);
  return reason;
}

/** What is known of a folder that cannot be looked into still holds. */
function keepUnreadable(scan: Scan, parent: FolderRecord, name: string): void {
  const folder = parent.folders.get(name);
  if (folder !== undefined) folder.seenInScan = scan.number;
  scan.partlyUnreadable.add(parent.dataset);
}

function markFiles(scan: Scan, dataset: Dataset): void {
  const isEmpty = filesBelow(dataset.root).next().done === true;
  const isPartial = scan.partlyUnreadable.has(dataset);
  if (isPartial) mark(dataset, isEmpty ? 'unreadable' : 'files', 'partly-unreadable');
  else mark(dataset, isEmpty ? 'empty' : 'files', isEmpty ? 'nothing-in-it' : undefined);
}

/** All datasets of a place that cannot be looked at, or is not there. */
function markAll(scan: Scan, place: Place, kind: 'empty' | 'unreadable', reason: string): void {
  for (const dataset of datasetsBelow(place)) {
    if (kind === 'empty') dropAll(scan, dataset.root);
    else scan.unreadable.push(dataset.root.path);
    mark(dataset, kind, reason);
  }
}

function mark(dataset: Dataset, kind: ReportHolding['kind'], reason: string | undefined): void {
  if (dataset.kind === kind && dataset.reason === reason) return;
  dataset.kind = kind;
  dataset.reason = reason;
  dataset.isDirty = true;
}
