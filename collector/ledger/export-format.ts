import type { KeyObject } from 'node:crypto';
import Type from 'typebox';
import { type SigningPurpose, signBytes, verifyBytes } from '../../shared/signing.ts';
import { canonicalJson } from './canonical-json.ts';
import { ledgerKinds } from './entry.ts';

/**
 * An exported ledger is text: one object in canonical JSON (RFC 8785) on each line. First the header, then the entries in
 * order, after each its body where it has one and its checkpoint where it has one, and a closing statement at the end.
 */
export const exportFormat = 'pantau-ledger/1';

const strict = { additionalProperties: false };
const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Instant = Type.Integer({ minimum: -8.64e15, maximum: 8.64e15 });
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Signature = Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' });

const checkpoint = { seq: Seq, hash: Hash, atMs: Instant, previousSeq: Count, signature: Signature };

export const HeaderLine = Type.Object(
  {
    type: Type.Literal('header'),
    format: Type.Literal(exportFormat),
    pemda: Type.String({ maxLength: 1000 }),
    /** SHA-256 of the collector's public key. */
    key: Hash,
    madeAtMs: Instant,
    firstSeq: Seq,
    /** Hash of the entry before the first one. */
    previous: Hash,
    /** The checkpoint of that entry, where there is one. */
    anchor: Type.Union([Type.Object(checkpoint, strict), Type.Null()]),
    bodies: Type.Union([Type.Literal('inside'), Type.Literal('left-out')]),
    signature: Signature,
  },
  strict,
);
export type HeaderLine = Type.Static<typeof HeaderLine>;

export const EntryLine = Type.Object(
  {
    type: Type.Literal('entry'),
    seq: Seq,
    atMs: Instant,
    kind: Type.Union(ledgerKinds.map((kind) => Type.Literal(kind))),
    data: Type.Record(Type.String(), Type.Unknown()),
    previous: Hash,
    hash: Hash,
  },
  strict,
);
export type EntryLine = Type.Static<typeof EntryLine>;

/** The bytes that an entry of evidence tells of. */
export const BodyLine = Type.Object(
  { type: Type.Literal('body'), entry: Seq, body: Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' }) },
  strict,
);
export type BodyLine = Type.Static<typeof BodyLine>;

export const CheckpointLine = Type.Object({ type: Type.Literal('checkpoint'), ...checkpoint }, strict);
export type CheckpointLine = Type.Static<typeof CheckpointLine>;

export const ClosingLine = Type.Object(
  {
    type: Type.Literal('closing'),
    entryCount: Count,
    bodyCount: Count,
    checkpointCount: Count,
    lastSeq: Seq,
    lastHash: Hash,
    /** The entry of the last checkpoint in the file; 0 when there is none. */
    lastCheckpointSeq: Count,
    /** SHA-256 of every byte before this line. */
    sha256: Hash,
    signature: Signature,
  },
  strict,
);
export type ClosingLine = Type.Static<typeof ClosingLine>;

export type ExportLine = HeaderLine | EntryLine | BodyLine | CheckpointLine | ClosingLine;

type Signed = HeaderLine | ClosingLine;
const purposes = { header: 'ledger-header', closing: 'ledger-closing' } as const satisfies Record<
  Signed['type'],
  SigningPurpose
>;

export function signLine<Line extends Signed>(line: Omit<Line, 'signature'> & { type: Line['type'] }, key: KeyObject) {
  const signature = signBytes(purposes[line.type], Buffer.from(canonicalJson(line)), key);
  return { ...line, signature };
}

export function isLineSigned({ signature, ...line }: Signed, publicKey: KeyObject): boolean {
  return verifyBytes(purposes[line.type], Buffer.from(canonicalJson(line)), publicKey, signature);
}

/** The line of an entry whose data is canonical JSON already; the names stand in their canonical order. */
export function entryLineText(entry: {
  seq: number;
  atMs: number;
  kind: string;
  data: string;
  previous: string;
  hash: string;
}): string {
  const { seq, atMs, kind, data, previous, hash } = entry;
  return `{"atMs":${atMs},"data":${data},"hash":"${hash}","kind":"${kind}","previous":"${previous}","seq":${seq},"type":"entry"}`;
}
