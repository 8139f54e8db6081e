import type { AuditRow } from './rows.ts';

/** One state of an entry; nothing that was entered is ever overwritten. */
export interface RegisterRevision {
  register: string;
  entry: string;
  /** 1, 2, 3 … */
  revision: number;
  /** Undefined for what concerns the Pemda as a whole. */
  pd: string | undefined;
  values: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of attached files, hex. */
  attachments: readonly string[];
  /** With this revision the entry was taken out. */
  removed: boolean;
  atMs: number;
  actor: string;
}

export interface RegisterRevisionRow extends RegisterRevision {
  /** In the order of writing, over all registers. */
  key: number;
}

/** A file that is attached to entries. */
export interface AttachmentRow {
  /** Of its bytes, hex; also the name under which it is kept. */
  sha256: string;
  /** As it was called where it came from. */
  name: string;
  sizeBytes: number;
  atMs: number;
  actor: string;
}

/** How far the service desk has read what happened to incidents. */
export interface DeskCursorPort {
  /** Of any incident, oldest first. */
  incidentEventsAfter(key: number, limit: number): Promise<{ key: number; incident: string; event: string }[]>;
  /** Undefined before it was set for the first time. */
  deskCursor(): Promise<number | undefined>;
  setDeskCursor(key: number): Promise<void>;
}

/** What people enter, as a sequence of revisions. */
export interface RegisterPort extends DeskCursorPort {
  /** The newest revision of each entry that is not removed, in the order in which they were first entered. */
  load(): Promise<{ rows: RegisterRevisionRow[]; lastKey: number }>;
  /** What was written after a revision, by whatever process, oldest first. */
  after(key: number, limit: number): Promise<RegisterRevisionRow[]>;
  /**
   * Writes all of them or none: each must follow the newest revision of its entry, which must not be removed.
   * @returns the entries of which that is not so; none when everything is on disk.
   */
  append(revisions: readonly RegisterRevision[], audit: AuditRow): Promise<string[]>;
  /** Every revision of one entry, oldest first. */
  history(register: string, entry: string): Promise<RegisterRevisionRow[]>;
  /** Notes a file; of one that is known already what was noted first stays. */
  addAttachment(row: AttachmentRow): Promise<void>;
  attachment(sha256: string): Promise<AttachmentRow | undefined>;
}
