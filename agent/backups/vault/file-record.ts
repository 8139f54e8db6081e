import type { Stats } from 'node:fs';
import type { ReportArrival } from '../../../shared/report-schema.ts';
import { type Column, columns } from './file-table.ts';
import type { FolderRecord } from './folder-record.ts';

export type ArrivalKind = ReportArrival['kind'];

/** What is kept of a file over restarts (hash-index.ts). */
export interface RememberedFile {
  sizeBytes: number;
  /** Time of change in milliseconds since the epoch, with its fraction. */
  modifiedAtMs: number;
  inode: number;
  /** When it came to be in the vault: the time of its inode, or when it was first seen if that is earlier. */
  arrivedAtMs: number;
  /** When its bytes were last read to the end; 0 when they never were. */
  checkedAtMs: number;
  /** Then they matched what was known before. */
  isVerified: boolean;
  /** SHA-256 of its bytes when they were first read, as 32 latin1 characters; empty where none is needed or known. */
  digest: string;
  /** Why it counts as damaged; empty when it does not. */
  damage: string;
  /** As what a report has told of it; empty when none did. */
  announcedAs: ArrivalKind | '';
}

/**
 * A regular file below a vault's root, as the last scan saw it. There may be hundreds of thousands, so its numbers are
 * kept in a table, and nothing is kept that can be worked out.
 */
export class FileRecord implements RememberedFile {
  /** Base name; its bytes as latin1 text. */
  readonly name: string;
  readonly folder: FolderRecord;
  damage = '';
  announcedAs: ArrivalKind | '' = '';
  /** Its content matched what was known of it before, when it was last read. */
  isVerified = false;
  /** Nobody is writing to it any more, as far as one can see. */
  isSettled = false;
  /** Has been told of since the reader started. */
  isSaid = false;
  /** It is not there any more; its numbers mean nothing then. */
  isGone = false;
  readonly #row: number;

  /** @param nowMs wall clock; a file cannot have come later than it is seen. */
  constructor(folder: FolderRecord, name: string, stats: Stats, nowMs: number) {
    this.name = name;
    this.folder = folder;
    this.#row = folder.table.add();
    this.becomeNew(stats, nowMs);
  }

  /** Forgets everything that was known of what it was before. */
  becomeNew(stats: Stats, nowMs: number): void {
    this.sizeBytes = stats.size;
    this.modifiedAtMs = stats.mtimeMs;
    this.changedAtMs = stats.ctimeMs;
    this.inode = stats.ino;
    this.arrivedAtMs = Math.min(stats.ctimeMs, nowMs);
    this.recall({ checkedAtMs: 0, isVerified: false, digest: '', damage: '', announcedAs: '' });
    this.isSettled = false;
    this.isSaid = false;
  }

  /** Takes over what was known of it. */
  recall(known: Pick<RememberedFile, 'checkedAtMs' | 'isVerified' | 'digest' | 'damage' | 'announcedAs'>): void {
    this.checkedAtMs = known.checkedAtMs;
    this.isVerified = known.isVerified;
    this.digest = known.digest;
    this.damage = known.damage;
    this.announcedAs = known.announcedAs;
  }

  /** What is known of it, for when it is gone or another. */
  copy(): RememberedFile {
    const { sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, digest, damage, announcedAs } = this;
    return { sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, digest, damage, announcedAs };
  }

  /** To be called once, when it is gone. */
  release(): void {
    this.isGone = true;
    this.folder.table.release(this.#row);
  }

  get sizeBytes(): number {
    return this.#get(columns.sizeBytes);
  }
  set sizeBytes(value: number) {
    this.#set(columns.sizeBytes, value);
  }
  get modifiedAtMs(): number {
    return this.#get(columns.modifiedAtMs);
  }
  set modifiedAtMs(value: number) {
    this.#set(columns.modifiedAtMs, value);
  }
  /** Time of change of its inode (ctime), milliseconds since the epoch. */
  get changedAtMs(): number {
    return this.#get(columns.changedAtMs);
  }
  set changedAtMs(value: number) {
    this.#set(columns.changedAtMs, value);
  }
  get inode(): number {
    return this.#get(columns.inode);
  }
  set inode(value: number) {
    this.#set(columns.inode, value);
  }
  get arrivedAtMs(): number {
    return this.#get(columns.arrivedAtMs);
  }
  set arrivedAtMs(value: number) {
    this.#set(columns.arrivedAtMs, value);
  }
  get checkedAtMs(): number {
    return this.#get(columns.checkedAtMs);
  }
  set checkedAtMs(value: number) {
    this.#set(columns.checkedAtMs, value);
  }
  /** Number of the last scan that saw it. */
  get seenInScan(): number {
    return this.#get(columns.seenInScan);
  }
  set seenInScan(value: number) {
    this.#set(columns.seenInScan, value);
  }
  get digest(): string {
    return this.folder.table.digest(this.#row);
  }
  set digest(value: string) {
    this.folder.table.setDigest(this.#row, value);
  }

  #get(column: Column): number {
    return this.folder.table.get(this.#row, column);
  }

  #set(column: Column, value: number): void {
    this.folder.table.set(this.#row, column, value);
  }
}

/** A digest as people and reports write it. */
export function hexOf(digest: string): string {
  return Buffer.from(digest, 'latin1').toString('hex');
}
