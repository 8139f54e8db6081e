import { readSync } from 'node:fs';

export type Packing = 'gzip' | 'bzip2' | 'xz' | 'zstd';
export type FileFormat = Packing | 'zip' | 'tar' | 'pg-custom' | 'other';

/** So much of a file tells its format. */
export const headBytes = 512;
const magics: readonly [FileFormat, number, readonly number[]][] = [
  ['gzip', 0, [0x1f, 0x8b]],
  ['bzip2', 0, [0x42, 0x5a, 0x68]],
  ['xz', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  // An archive without entries, and one in several parts.
  ['zip', 0, [0x50, 0x4b, 0x05, 0x06]],
  ['zip', 0, [0x50, 0x4b, 0x07, 0x08]],
  ['pg-custom', 0, [...Buffer.from('PGDMP')]],
  ['tar', 257, [...Buffer.from('ustar')]],
];

/** What a file is by its first bytes, whatever its name says. */
export function formatOf(head: Uint8Array): FileFormat {
  const found = magics.find(([, at, bytes]) => bytes.every((byte, index) => head[at + index] === byte));
  return found?.[0] ?? 'other';
}

/** The first bytes of an open file; its place of reading stays where it is. */
export function readHead(descriptor: number): Buffer {
  const head = Buffer.alloc(headBytes);
  let filledBytes = 0;
  for (;;) {
    const readBytes = readSync(descriptor, head, filledBytes, headBytes - filledBytes, filledBytes);
    filledBytes += readBytes;
    if (readBytes === 0 || filledBytes === headBytes) return head.subarray(0, filledBytes);
  }
}

export function isPacking(format: FileFormat): format is Packing {
  return ['gzip', 'bzip2', 'xz', 'zstd'].includes(format);
}
