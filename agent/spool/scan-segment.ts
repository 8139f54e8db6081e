import { headerSizeBytes, magic, readRecordHeader, type RecordHeader } from './record-format.ts';

export interface SegmentScan {
  /** Where the last whole record ends: everything after it is torn or garbage. */
  validSizeBytes: number;
  /** Stretches of bytes in the middle that are no record; at least one record was there. */
  damagedCount: number;
  /** True when bytes follow the last whole record. */
  hasTornTail: boolean;
}

/**
 * Finds every whole record in a segment's bytes. After a broken one it looks for the next magic, so that one flipped
 * bit costs one record and not the rest of the segment.
 */
export function scanSegment(bytes: Buffer, onRecord: (at: number, header: RecordHeader) => void): SegmentScan {
  let at = 0;
  let validSizeBytes = 0;
  let damagedCount = 0;
  while (at < bytes.length) {
    const header = readRecordHeader(bytes, at);
    if (header === undefined) {
      const next = bytes.indexOf(magic, at + 1);
      if (next === -1) break;
      at = next;
      continue;
    }
    if (at > validSizeBytes) damagedCount++;
    onRecord(at, header);
    at += headerSizeBytes + header.storedSizeBytes;
    validSizeBytes = at;
  }
  return { validSizeBytes, damagedCount, hasTornTail: validSizeBytes < bytes.length };
}
