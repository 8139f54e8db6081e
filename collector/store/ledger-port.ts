import type { Checkpoint, LedgerKind } from '../ledger/entry.ts';

/** An entry as it is kept: its data is canonical JSON. */
export interface LedgerRow {
  seq: number;
  atMs: number;
  kind: LedgerKind;
  /** The department that it is about, where it is about one. */
  pd: string | undefined;
  data: string;
  previous: string;
  hash: string;
}

export interface LedgerFilter {
  pd?: string | undefined;
  kind?: LedgerKind | undefined;
  /** The first moment that counts. */
  fromMs?: number | undefined;
  /** The first that does not. */
  untilMs?: number | undefined;
}

export interface LedgerHead {
  seq: number;
  hash: string;
  atMs: number;
}

/** How much one call may take: no other work waits longer. */
export interface AppendLimit {
  rowCount: number;
  isOver(): boolean;
}

/** The chain of evidence, verdicts and what was done; each call is one short transaction. */
export interface LedgerPort {
  /**
   * Takes what is new in verdicts, incidents, registers and so on; exactly once each, whatever happens meanwhile.
   * @returns how many entries were added; 0 when nothing is new.
   */
  appendSome(limit: AppendLimit): Promise<number>;
  /** The last entry; undefined before the first. */
  head(): Promise<LedgerHead | undefined>;
  /** How many were ever made, those that are pruned among them. */
  entryCount(): Promise<number>;
  /** Does nothing when that entry has one. */
  addCheckpoint(checkpoint: Checkpoint): Promise<void>;
  latestCheckpoint(): Promise<Checkpoint | undefined>;
  /** The first that covers an entry; undefined while there is none. */
  checkpointAt(seq: number): Promise<Checkpoint | undefined>;
  /** Entries in the order of the chain, and how many there are in all. */
  page(
    filter: LedgerFilter,
    range: { offset: number; limit: number },
  ): Promise<{ rows: LedgerRow[]; totalCount: number }>;
  /**
   * Removes entries up to the last checkpoint that is older than an instant, which stays as the anchor of what follows,
   * and says so in an entry. @returns whether there is more to do.
   */
  pruneSome(beforeMs: number, nowMs: number): Promise<boolean>;
}
