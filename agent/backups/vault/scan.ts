import type { Dirent, Stats } from 'node:fs';
import type { Dataset } from './dataset.ts';
import type { FolderCursor } from './folder-cursor.ts';
import { shownPath } from './shown-path.ts';
import type { Vault } from './vault.ts';

/** What is known of each file needs memory, about 300 bytes, and one department must not use it up for all. */
export interface EntryLimits {
  /** A dataset with more is not looked at any further, and says so. */
  ofDataset: number;
  /** Of all datasets of a vault together. */
  ofVault: number;
}

export const usualEntryLimits: EntryLimits = { ofDataset: 300_000, ofVault: 500_000 };
export const maxDepth = 32;
const toldCount = 64;
/** So many are gathered, so that those told are the first by name and the same each time. */
const gatheredCount = 4096;
const maxPathLength = 512;

/** One look at a whole vault. */
export interface Scan {
  readonly vault: Vault;
  readonly cursor: FolderCursor;
  readonly number: number;
  /** Wall clock when it began. */
  readonly nowMs: number;
  readonly monotonicMs: number;
  readonly found: Findings;
  /** Folders below the root that could not be looked into: what is known of them still holds. */
  readonly unreadable: string[];
  /** Datasets that such folders belong to. */
  readonly partlyUnreadable: Set<Dataset>;
  /** Gives way to others when the scan has gone on for a while. */
  breathe(): Promise<void> | undefined;
}

/** Ends looking at a place before everything was seen. The message is the reason in the report. */
export class ScanStopped extends Error {
  override readonly name = 'ScanStopped';
}

/** What a scan has come across. */
export class Findings {
  entryCount = 0;
  /** Those of them that are remembered. */
  heldCount = 0;
  heldLimit: number;
  problemCount = 0;
  unownedCount = 0;
  readonly #problems: { path: string; reason: string }[] = [];
  readonly #unowned: string[] = [];

  constructor(heldLimit: number) {
    this.heldLimit = heldLimit;
  }

  /** @throws ScanStopped when it is too much. */
  countEntries(count: number): void {
    this.entryCount += count;
    this.heldCount += count;
    if (this.heldCount > this.heldLimit) throw new ScanStopped('too-many-entries: more than are looked at');
  }

  addProblem(path: string, reason: string): void {
    this.problemCount += 1;
    if (this.#problems.length < gatheredCount) this.#problems.push({ path: shownPath(path, maxPathLength), reason });
  }

  addUnowned(path: string): void {
    this.unownedCount += 1;
    if (this.#unowned.length < gatheredCount) this.#unowned.push(shownPath(path, maxPathLength));
  }

  problems(): { path: string; reason: string }[] {
    return this.#problems.toSorted((one, other) => (one.path < other.path ? -1 : 1)).slice(0, toldCount);
  }

  unowned(): string[] {
    return this.#unowned.toSorted().slice(0, toldCount);
  }
}

/** What an entry is that is neither a file nor a folder. */
export function kindOf(entry: Dirent | Stats): string {
  if (entry.isSymbolicLink()) return 'symbolic-link';
  if (entry.isFIFO()) return 'pipe';
  if (entry.isSocket()) return 'socket';
  return entry.isBlockDevice() || entry.isCharacterDevice() ? 'device' : 'unknown-kind';
}

/** The short name that the system gives to a failure, EACCES say. */
export function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'unknown';
}

/** @throws ScanStopped when there are too many. */
export function listHere({ cursor, found }: Scan): Dirent[] {
  const left = found.heldLimit - found.heldCount;
  const entries = cursor.list(left);
  found.countEntries(entries?.length ?? left + 1);
  return entries ?? [];
}
