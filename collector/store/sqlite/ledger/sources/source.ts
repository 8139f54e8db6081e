import type { JsonObject, LedgerKind } from '../../../../ledger/entry.ts';
import type { EvidenceReference } from '../../../evidence-reference.ts';
import type { Connection } from '../../open.ts';

/** Takes what is cited into the ledger, once. @returns the reference with the number of its record. */
export type Cite = (reference: EvidenceReference, atMs: number) => JsonObject;

export interface SourceRow {
  /** Grows from row to row; what comes later has a higher one. */
  key: number;
  atMs: number;
  pd: string | undefined;
  data: JsonObject;
  /** What it rests on; stands in its data as `evidence`. */
  evidence?: readonly EvidenceReference[];
}

/** Rows that are written once and never changed, each of which becomes an entry. One file each, one line in the registry. */
export interface LedgerSource {
  /** That of its file. */
  name: string;
  kind: LedgerKind;
  /** Where they stand; names for ever how far the ledger has followed it. */
  table: string;
  /** Reads rows in the order of their keys. */
  open(connection: Connection): (afterKey: number, limit: number) => SourceRow[];
}
