/** What the ledger keeps; each kind is written by one source. */
export const ledgerKinds = [
  /** A verdict changed: what it says, since when, and what it rests on. */
  'verdict',
  /** What a verdict cites came in: who signed it, its SHA-256 and its signature. */
  'evidence',
  /** Something happened in the life of an incident. */
  'incident',
  /** A person or a command changed something. */
  'action',
  /** An alert was delivered, or given up. */
  'delivery',
  /** An entry of a register was made, changed or removed. */
  'register',
  /** A document was made: its name, revision and SHA-256. */
  'document',
  /** Older entries were removed, as the retention says. */
  'pruning',
] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export type JsonObject = { readonly [name: string]: JsonValue };

/** One record of the chain. Its hash is the SHA-256 of the canonical JSON (RFC 8785) of everything but the hash. */
export interface LedgerEntry {
  /** 1, 2, 3 … without a gap. */
  seq: number;
  /** When it happened. */
  atMs: number;
  kind: LedgerKind;
  data: JsonObject;
  /** Hash of the entry before, hex; 64 zeros before the first. */
  previous: string;
  /** SHA-256, hex. */
  hash: string;
}

/** Says with the collector's signature that the chain up to an entry is its own. */
export interface Checkpoint {
  seq: number;
  /** Hash of that entry. */
  hash: string;
  atMs: number;
  /** The entry of the checkpoint before; 0 for the first. None can be taken out without a trace. */
  previousSeq: number;
  /** Ed25519 over the canonical JSON of the others, base64url. */
  signature: string;
}
