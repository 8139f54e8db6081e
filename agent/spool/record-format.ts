import { crc32 } from 'node:zlib';

/**
 * One record on disk: a header of 40 bytes and the payload. All numbers are little-endian.
 *
 * | at | size | what |
 * |---|---|---|
 * | 0 | 4 | magic; its first byte cannot occur in UTF-8 text |
 * | 4 | 4 | CRC-32 over everything from byte 8 to the end of the payload |
 * | 8 | 4 | stored size of the payload in bytes |
 * | 12 | 4 | size of the payload before compression in bytes |
 * | 16 | 4 | flags |
 * | 20 | 4 | zero |
 * | 24 | 8 | when the report was taken, milliseconds since the epoch, as a double |
 * | 32 | 8 | number of the record in this spool, as a double |
 */
export const headerSizeBytes = 40;
export const magic = Buffer.from([0xf7, 0x50, 0x53, 0x31]);

/** Larger payloads are refused: no report comes near it, and a damaged length cannot claim more memory. */
export const maxPayloadSizeBytes = 4 * 1024 * 1024;

export const evidenceFlag = 1;
export const compressedFlag = 2;

export interface RecordHeader {
  crc: number;
  storedSizeBytes: number;
  rawSizeBytes: number;
  flags: number;
  takenAtMs: number;
  number: number;
}

export function encodeRecord(header: Omit<RecordHeader, 'crc' | 'storedSizeBytes'>, stored: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(headerSizeBytes + stored.length);
  record.set(magic, 0);
  record.writeUInt32LE(stored.length, 8);
  record.writeUInt32LE(header.rawSizeBytes, 12);
  record.writeUInt32LE(header.flags, 16);
  record.writeUInt32LE(0, 20);
  record.writeDoubleLE(header.takenAtMs, 24);
  record.writeDoubleLE(header.number, 32);
  record.set(stored, headerSizeBytes);
  record.writeUInt32LE(crc32(record.subarray(8)), 4);
  return record;
}

/** @returns the header of the whole and undamaged record that starts at `at`, or undefined when there is none. */
export function readRecordHeader(bytes: Buffer, at: number): RecordHeader | undefined {
  if (at + headerSizeBytes > bytes.length || bytes.compare(magic, 0, 4, at, at + 4) !== 0) return undefined;
  const storedSizeBytes = bytes.readUInt32LE(at + 8);
  const end = at + headerSizeBytes + storedSizeBytes;
  if (storedSizeBytes > maxPayloadSizeBytes || end > bytes.length) return undefined;
  const crc = bytes.readUInt32LE(at + 4);
  if (crc32(bytes.subarray(at + 8, end)) !== crc) return undefined;
  return {
    crc,
    storedSizeBytes,
    rawSizeBytes: bytes.readUInt32LE(at + 12),
    flags: bytes.readUInt32LE(at + 16),
    takenAtMs: bytes.readDoubleLE(at + 24),
    number: bytes.readDoubleLE(at + 32),
  };
}
