import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A sample of a series that is known by its number. */
export interface NumberedSample {
  series: number;
  atMs: number;
  value: number;
}

const recordSizeBytes = 20;
/** A whole number of records. */
const blockSizeBytes = 3276 * recordSizeBytes;

/** Samples in order on disk. The file has no name: it is gone with the process, however that ends. */
export interface SampleRun {
  /** From the beginning, once. */
  samples(): Generator<NumberedSample>;
  close(): void;
}

/** Writes samples to a file without a name in `folder`. @throws the system's own error when there is no room */
export function writeRun(folder: string, name: string, samples: Iterable<NumberedSample>): SampleRun {
  const path = join(folder, name);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  try {
    const block = Buffer.allocUnsafe(blockSizeBytes);
    let [used, written] = [0, 0];
    for (const { series, atMs, value } of samples) {
      block.writeUInt32LE(series, used);
      block.writeDoubleLE(atMs, used + 4);
      block.writeDoubleLE(value, used + 12);
      used += recordSizeBytes;
      if (used < blockSizeBytes) continue;
      written += writeAll(file, block, written);
      used = 0;
    }
    written += writeAll(file, block.subarray(0, used), written);
    return { samples: () => readRun(file, written), close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer, atBytes: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, atBytes + done);
  return bytes.length;
}

function* readRun(file: number, sizeBytes: number): Generator<NumberedSample> {
  const block = Buffer.allocUnsafe(blockSizeBytes);
  for (let at = 0; at < sizeBytes;) {
    const wanted = Math.min(blockSizeBytes, sizeBytes - at);
    let read = 0;
    while (read < wanted) {
      const count = readSync(file, block, read, wanted - read, at + read);
      if (count === 0) throw new Error('a temporary file of the export is shorter than it was written');
      read += count;
    }
    for (let offset = 0; offset < wanted; offset += recordSizeBytes) {
      yield {
        series: block.readUInt32LE(offset),
        atMs: block.readDoubleLE(offset + 4),
        value: block.readDoubleLE(offset + 12),
      };
    }
    at += wanted;
  }
}
