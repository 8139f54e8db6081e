import { createHash } from 'node:crypto';

/** Stands in the place of the hash before the first entry. */
export const noHash = '0'.repeat(64);

/** An entry whose data is canonical JSON already. */
export interface EntryText {
  seq: number;
  atMs: number;
  kind: string;
  data: string;
  previous: string;
}

/** SHA-256 of the canonical JSON of an entry without its hash, hex. The names stand in their canonical order. */
export function entryHash({ seq, atMs, kind, data, previous }: EntryText): string {
  return sha256(`{"atMs":${atMs},"data":${data},"kind":"${kind}","previous":"${previous}","seq":${seq}}`);
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
