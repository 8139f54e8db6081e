import { AppError } from '../../shared/errors.ts';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import { compressedFlag, evidenceFlag, maxPayloadSizeBytes, type RecordHeader } from './record-format.ts';
import type { RecordPlace } from './take-order.ts';

/** A report that waits for the collector's word. */
export interface SpoolRecord {
  readonly segmentNumber: number;
  readonly position: number;
  /** Grows by one with each record of this spool. */
  readonly number: number;
  readonly takenAtMs: number;
  readonly evidence: boolean;
  /** The report's JSON text. */
  readonly payload: Buffer;
}

/**
 * Reads one record from disk and checks it again.
 * @throws AppError `damaged-record` when the disk no longer holds what was written, or the system's error.
 */
export function readRecord({ segment, position }: RecordPlace): SpoolRecord {
  const found = segment.read(position);
  if (found === undefined) throw new AppError('damaged-record', 'The checksum of the record does not match.');
  const { header, stored } = found;
  const evidence = (header.flags & evidenceFlag) !== 0;
  const { number, takenAtMs } = header;
  return { segmentNumber: segment.number, position, number, takenAtMs, evidence, payload: payloadOf(header, stored) };
}

function payloadOf(header: RecordHeader, stored: Buffer): Buffer {
  if ((header.flags & compressedFlag) === 0) return stored;
  try {
    return decompressWithDictionary(stored, maxPayloadSizeBytes);
  } catch (cause) {
    throw new AppError('damaged-record', 'The record cannot be decompressed.', { cause });
  }
}
