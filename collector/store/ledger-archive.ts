import type { Checkpoint } from '../ledger/entry.ts';
import type { LedgerRow } from './ledger-port.ts';

/** The whole ledger as it is kept, for a reader beside the collector. */
export interface LedgerArchive {
  /**
   * The first and last entry of a time: those between them are all of it, and may hold others that were noted late.
   * @returns undefined when there is none.
   */
  bounds(range: {
    fromMs?: number | undefined;
    untilMs?: number | undefined;
  }): { first: LedgerRow; last: LedgerRow } | undefined;
  /** Those that follow an entry, at most so many and none after the last. */
  entries(afterSeq: number, range: { lastSeq: number; limit: number }): LedgerRow[];
  /** The bytes that an entry of evidence tells of. */
  body(seq: number): Buffer | undefined;
  /** The checkpoint of exactly that entry. */
  checkpoint(seq: number): Checkpoint | undefined;
  latestCheckpoint(): Checkpoint | undefined;
  /** Whether an entry was removed meanwhile, or is being removed. */
  isPruned(seq: number): boolean;
  close(): void;
}
