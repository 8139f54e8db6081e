import Type from 'typebox';
import type { Checkpoint } from '../ledger/entry.ts';
import { ledgerKinds } from '../ledger/entry.ts';
import type { LedgerRow as StoredRow } from '../store/ledger-port.ts';
import { type ApiView, instant } from './resource.ts';
import { Instant, OptionalText } from './resources/fields.ts';

export const LedgerRow = Type.Object({
  seq: Type.Integer({ description: '1, 2, 3 … without a gap' }),
  at: Instant,
  kind: Type.Union(ledgerKinds.map((kind) => Type.Literal(kind))),
  pd: OptionalText,
  data: Type.Record(Type.String(), Type.Unknown()),
  previous: Type.String({ description: 'hash of the entry before' }),
  hash: Type.String({
    description: 'SHA-256 of the canonical JSON (RFC 8785) of {atMs, data, kind, previous, seq}',
  }),
});

export const CheckpointRow = Type.Object({
  seq: Type.Integer(),
  hash: Type.String({ description: 'hash of that entry' }),
  at: Instant,
  previousSeq: Type.Integer({ description: 'the entry of the checkpoint before; 0 for the first' }),
  signature: Type.String({ description: "Ed25519 with the collector's key, base64url" }),
});

export function ledgerRow(view: ApiView, { seq, atMs, kind, pd, data, previous, hash }: StoredRow) {
  const content = JSON.parse(data) as Record<string, unknown>;
  return { seq, at: instant(view, atMs), kind, pd: pd ?? null, data: content, previous, hash };
}

export function checkpointRow(view: ApiView, { seq, hash, atMs, previousSeq, signature }: Checkpoint) {
  return { seq, hash, at: instant(view, atMs), previousSeq, signature };
}
