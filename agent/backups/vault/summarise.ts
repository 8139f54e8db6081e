import type { Dataset } from './dataset.ts';
import type { FileRecord } from './file-record.ts';
import { filesBelow, joinPath } from './folder-record.ts';

/** Of each dataset so many objects are told one by one. */
export const toldObjectCount = 32;
export const toldDamageCount = 16;

export interface Summary {
  fileCount: number;
  sizeBytes: number;
  /** Backups: files, snapshots; undefined where that is not known. */
  objectCount: number | undefined;
  /** The newest objects, newest first. */
  newest: readonly FileRecord[];
  /** Files that can be checked, and those of them that were read at least once. */
  totalCount: number;
  checkedCount: number;
  damagedCount: number;
  /** The first of them by name. */
  damaged: readonly FileRecord[];
  /** The oldest of the last checks, milliseconds since the epoch; undefined until each file was read. */
  coveredSinceMs: number | undefined;
}

/** Adds up what a dataset's folder holds. */
export function summarise(dataset: Dataset): Summary {
  const isObject = objectTest(dataset);
  const newest: FileRecord[] = [];
  const damaged: FileRecord[] = [];
  let fileCount = 0;
  let sizeBytes = 0;
  let objectCount = 0;
  let totalCount = 0;
  let checkedCount = 0;
  let oldestMs = Infinity;
  for (const file of filesBelow(dataset.root)) {
    fileCount += 1;
    sizeBytes += file.sizeBytes;
    if (file.damage !== '') damaged.push(file);
    if (!file.isSettled) continue;
    totalCount += 1;
    if (file.checkedAtMs > 0) checkedCount += 1;
    if (file.checkedAtMs < oldestMs) oldestMs = file.checkedAtMs;
    if (!isObject(file)) continue;
    objectCount += 1;
    keepNewest(newest, file);
  }
  return {
    fileCount,
    sizeBytes,
    objectCount: dataset.layout === 'borg' ? undefined : objectCount,
    newest: dataset.layout === 'borg' ? dataset.commits.filter(({ isSettled }) => isSettled) : newest,
    totalCount,
    checkedCount,
    damagedCount: damaged.length,
    damaged: damaged.toSorted((one, other) => (one.name < other.name ? -1 : 1)).slice(0, toldDamageCount),
    coveredSinceMs: totalCount > 0 && checkedCount === totalCount ? oldestMs : undefined,
  };
}

function objectTest({ layout, root }: Dataset): (file: FileRecord) => boolean {
  if (layout === 'files') return () => true;
  const snapshots = root.folders.get('snapshots');
  return layout === 'restic' ? ({ folder }) => folder === snapshots : () => false;
}

/** Inserts into a short list, newest first; of two of the same time the later name comes first. */
function keepNewest(newest: FileRecord[], file: FileRecord): void {
  const last = newest.at(-1);
  if (newest.length === toldObjectCount && last !== undefined && !isNewer(file, last)) return;
  let at = newest.length;
  for (let before = newest[at - 1]; before !== undefined && isNewer(file, before); before = newest[at - 1]) at -= 1;
  newest.splice(at, 0, file);
  if (newest.length > toldObjectCount) newest.pop();
}

function isNewer(one: FileRecord, other: FileRecord): boolean {
  if (one.modifiedAtMs !== other.modifiedAtMs) return one.modifiedAtMs > other.modifiedAtMs;
  return joinPath(one.folder.path, one.name) > joinPath(other.folder.path, other.name);
}
