import type { Checkpoint } from '../ledger/entry.ts';

/** One file of a document. */
export interface DocumentFile {
  /** Its name without a folder. */
  file: string;
  sha256: string;
  sizeBytes: number;
}

/** A checkpoint of the ledger as it stands on a document. */
export interface PrintedCheckpoint extends Pick<Checkpoint, 'seq' | 'hash' | 'atMs'> {
  /** How many records of the ledger were newer when the document was made; absent when none was. */
  newerCount?: number;
}

/** One edition of a document, never changed once it is written. */
export interface NewDocument {
  /** The same for every revision: `laporan-bulanan-2026-10`. */
  name: string;
  /** `2026-10` */
  month: string;
  /** Undefined for one of the whole Pemda. */
  pd: string | undefined;
  /** 1, 2, 3 …; a further one only when figures are not what they were. */
  revision: number;
  /** SHA-256 of the figures' canonical JSON, hex. */
  figuresHash: string;
  madeAtMs: number;
  /** Who had it made: a person, or `pantau` for the schedule. */
  madeBy: string;
  /** Of the ledger, as it stands on the last page. */
  checkpoint: PrintedCheckpoint | undefined;
  files: readonly DocumentFile[];
  /** Folder of the files below the data folder, where they are kept there. */
  folder: string | undefined;
  /** How many figures are not what they were in the revision before. */
  changeCount: number;
}

export interface DocumentRow extends NewDocument {
  key: number;
}

/** Documents that were made, with the figures that they tell. */
export interface DocumentsPort {
  /** Newest first. */
  list(): Promise<DocumentRow[]>;
  byKey(key: number): Promise<DocumentRow | undefined>;
  /** Up to which due moment the schedule has made what was due; 0 before the first. */
  scheduledUntilMs(): Promise<number>;
  noteScheduled(untilMs: number): Promise<void>;
}
