import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { headerSizeBytes, readRecordHeader, type RecordHeader } from './record-format.ts';
import { RecordIndex } from './record-index.ts';
import { scanSegment, type SegmentScan } from './scan-segment.ts';

/** A segment file that is larger is not ours; what lies beyond is not read. */
const maxReadSizeBytes = 16 * 1024 * 1024;
const ackEntrySizeBytes = 8;

/**
 * One segment file and its sidecar of acknowledgements (`.acked`: offset and checksum of each acknowledged record, so
 * that an entry can never hit another record that later took the same place).
 */
export class Segment {
  readonly number: number;
  readonly index = new RecordIndex();
  readonly path: string;
  readonly ackedPath: string;
  sizeBytes = 0;
  ackedSizeBytes = 0;
  lastRecordNumber = 0;
  #file: number | undefined;

  constructor(folder: string, number: number) {
    this.number = number;
    this.path = join(folder, `${String(number).padStart(8, '0')}.segment`);
    this.ackedPath = this.path.replace(/segment$/, 'acked');
  }

  /**
   * Reads an existing file and applies the acknowledgements.
   * @param repair cut off a torn tail; false for a look from outside, where the tail may be a write under way.
   */
  load({ repair }: { repair: boolean }): SegmentScan {
    const bytes = readBounded(this.path);
    const scan = scanSegment(bytes, (at, header) => {
      this.index.add(at, header.crc, header.storedSizeBytes, header.flags);
      this.lastRecordNumber = Math.max(this.lastRecordNumber, header.number);
    });
    this.sizeBytes = scan.validSizeBytes;
    if (repair && scan.hasTornTail) cutFile(this.path, scan.validSizeBytes);
    this.#loadAcknowledgements();
    return scan;
  }

  /** Makes the file, empty. @throws the system's error. */
  create(): void {
    this.#file = openSync(this.path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
    rmSync(this.ackedPath, { force: true });
  }

  /** Appends and makes it durable. @throws the system's error; the file is then as long as before. */
  append(record: Buffer, header: Pick<RecordHeader, 'flags' | 'number'>): void {
    this.#file ??= openSync(this.path, 'r+');
    const at = this.sizeBytes;
    try {
      for (let done = 0; done < record.length;) {
        done += writeSync(this.#file, record, done, record.length - done, at + done);
      }
      fdatasyncSync(this.#file);
    } catch (error) {
      this.#restoreSize();
      throw error;
    }
    this.sizeBytes += record.length;
    this.lastRecordNumber = header.number;
    this.index.add(at, record.readUInt32LE(4), record.length - headerSizeBytes, header.flags);
  }

  /** @returns the header and the stored payload, or undefined when the disk no longer holds what was written. */
  read(position: number): { header: RecordHeader; stored: Buffer } | undefined {
    const bytes = Buffer.allocUnsafe(headerSizeBytes + this.index.storedSizeBytesAt(position));
    const file = this.#file ?? openSync(this.path, 'r');
    let readCount: number;
    try {
      readCount = readSync(file, bytes, 0, bytes.length, this.index.offsetAt(position));
    } finally {
      if (file !== this.#file) closeSync(file);
    }
    const header = readCount === bytes.length ? readRecordHeader(bytes, 0) : undefined;
    if (header === undefined || header.crc !== this.index.crcAt(position)) return undefined;
    return { header, stored: bytes.subarray(headerSizeBytes) };
  }

  /** Remembers that records need not be sent again. Not synced: losing it costs a repeat that the collector knows. */
  settle(positions: number[]): void {
    const entries = Buffer.alloc(positions.length * ackEntrySizeBytes);
    let entryCount = 0;
    for (const position of positions) {
      if (!this.index.settle(position)) continue;
      entries.writeUInt32LE(this.index.offsetAt(position), entryCount * ackEntrySizeBytes);
      entries.writeUInt32LE(this.index.crcAt(position), entryCount * ackEntrySizeBytes + 4);
      entryCount++;
    }
    if (entryCount > 0) this.#writeAcknowledgements(entries.subarray(0, entryCount * ackEntrySizeBytes));
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  delete(): void {
    this.close();
    rmSync(this.path, { force: true });
    rmSync(this.ackedPath, { force: true });
  }

  #loadAcknowledgements(): void {
    let bytes: Buffer;
    try {
      bytes = readBounded(this.ackedPath);
    } catch {
      return;
    }
    this.ackedSizeBytes = bytes.length - (bytes.length % ackEntrySizeBytes);
    for (let at = 0; at < this.ackedSizeBytes; at += ackEntrySizeBytes) {
      const position = this.index.find(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
      if (position !== -1) this.index.settle(position);
    }
  }

  #writeAcknowledgements(entries: Buffer): void {
    try {
      const file = openSync(this.ackedPath, this.ackedSizeBytes === 0 ? 'w' : 'r+', 0o600);
      try {
        // At its place, not at the end: what a full disk cut short is written over, and entries stay aligned.
        this.ackedSizeBytes += writeSync(file, entries, 0, entries.length, this.ackedSizeBytes);
        this.ackedSizeBytes -= this.ackedSizeBytes % ackEntrySizeBytes;
      } finally {
        closeSync(file);
      }
    } catch {
      // A full disk: the records are settled in memory, and after a restart they are only sent once more.
    }
  }

  #restoreSize(): void {
    try {
      if (this.#file !== undefined) ftruncateSync(this.#file, this.sizeBytes);
    } catch {
      // The next opening of the spool cuts the torn tail off.
    }
  }
}

function readBounded(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(Math.min(fstatSync(file).size, maxReadSizeBytes));
    let done = 0;
    while (done < bytes.length) {
      const count = readSync(file, bytes, done, bytes.length - done, done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(file);
  }
}

function cutFile(path: string, sizeBytes: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, sizeBytes);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
