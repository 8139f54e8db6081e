import type { Dataset } from './dataset.ts';
import type { FileRecord } from './file-record.ts';
import { FileTable } from './file-table.ts';

export interface FolderRecord {
  /** Below the vault's root, bytes as latin1 text; empty for the root itself. */
  readonly path: string;
  readonly dataset: Dataset;
  readonly files: Map<string, FileRecord>;
  readonly folders: Map<string, FolderRecord>;
  /** Where the numbers of its files are kept. */
  readonly table: FileTable;
  seenInScan: number;
  /** Time of change of its inode when its entries were last listed; 0 when they never were. */
  changedAtMs: number;
  listedAtMs: number;
  listedAtMonotonicMs: number;
}

/** A dataset's own folder. */
export function newFolder(dataset: Dataset, path: string, table = new FileTable()): FolderRecord {
  return {
    path,
    dataset,
    files: new Map(),
    folders: new Map(),
    table,
    seenInScan: 0,
    changedAtMs: 0,
    listedAtMs: 0,
    listedAtMonotonicMs: 0,
  };
}

/** The record of a sub-folder, made when there is none. */
export function folderIn(parent: FolderRecord, name: string): FolderRecord {
  let folder = parent.folders.get(name);
  if (folder === undefined) {
    folder = newFolder(parent.dataset, joinPath(parent.path, name), parent.table);
    parent.folders.set(name, folder);
  }
  return folder;
}

/** Below the vault's root. */
export function pathOf(file: FileRecord): string {
  return joinPath(file.folder.path, file.name);
}

/** Below its dataset's folder. */
export function pathInDataset(file: FileRecord): string {
  const { path } = file.folder.dataset.root;
  return path === '' ? pathOf(file) : pathOf(file).slice(path.length + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** All files of a folder and below it. */
export function* filesBelow(folder: FolderRecord): Generator<FileRecord, void> {
  yield* folder.files.values();
  for (const inner of folder.folders.values()) yield* filesBelow(inner);
}
