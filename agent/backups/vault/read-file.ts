import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync, type Stats } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../shared/clock.ts';
import type { FileRecord } from './file-record.ts';
import { FolderCursor } from './folder-cursor.ts';
import type { Pace } from './pace.ts';
import { codeOf } from './scan.ts';
import { createSegmentCheck } from './segment-check.ts';

/** What reading a file from its beginning to its end showed. */
export type Reading =
  /** Its SHA-256 as latin1 text; for a borg segment, whose checksums were checked, none. */
  | { state: 'whole'; digest: string; changedAtMs: number }
  | { state: 'damaged'; reason: string; changedAtMs: number }
  /** It is not there, is another one, or is being written: the next scan sees to it. */
  | { state: 'changed' }
  | { state: 'unreadable'; reason: string };

export interface ReadDeps {
  root: string;
  pace: Pace;
  clock: Clock;
  signal: AbortSignal;
  /** Lets other work through, between two pieces. */
  between(): Promise<void> | undefined;
}

const maxChunkBytes = 1024 * 1024;
const longestPauseMs = 5000;
/** Each piece is used up before others are let through, so one is enough for all. */
const chunk = Buffer.allocUnsafeSlow(maxChunkBytes);

/** Reads a whole file in constant memory and at the pace. @throws the signal's reason. */
export async function readThrough(record: FileRecord, deps: ReadDeps): Promise<Reading> {
  let file: number | undefined;
  try {
    file = openRecord(deps.root, record);
    return await readOpen(file, record, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return readingOf(error, record);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** By the way through its folders, so that no link on the way is followed. */
function openRecord(root: string, { folder, name }: FileRecord): number {
  const cursor = new FolderCursor(root);
  try {
    for (const step of folder.path.split('/').filter(Boolean)) cursor.enter(step);
    return cursor.open(name);
  } finally {
    cursor.close();
  }
}

async function readOpen(file: number, record: FileRecord, deps: ReadDeps): Promise<Reading> {
  const before = fstatSync(file);
  const isWrittenOnce = record.folder.dataset.layout !== 'files';
  if (!before.isFile() || !(isWrittenOnce || isVersion(before, record))) return { state: 'changed' };
  const sink = record.folder.dataset.layout === 'borg' ? segmentSink(record) : hashSink();
  const sizeBytes = await stream(file, before.size, sink, deps);
  const after = fstatSync(file);
  if (sizeBytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    return { state: 'changed' };
  }
  return sink.end(after);
}

/** @returns how much was read; it stops behind `wantedBytes`, because a file that grows would never end. */
async function stream(file: number, wantedBytes: number, sink: Sink, deps: ReadDeps): Promise<number> {
  const { pace, clock, signal } = deps;
  let doneBytes = 0;
  let sinceMs = clock.monotonicMs();
  while (doneBytes <= wantedBytes) {
    const count = readSync(file, chunk, 0, pieceBytes(pace), null);
    if (count === 0) break;
    sink.update(chunk.subarray(0, count));
    doneBytes += count;
    for (let waitMs = pace.spend(count); waitMs > 1; waitMs -= longestPauseMs) {
      await pause(Math.min(waitMs, longestPauseMs), undefined, { signal });
      sinceMs = clock.monotonicMs();
      await deps.between();
    }
    if (clock.monotonicMs() - sinceMs < giveWayAfterMs) continue;
    await new Promise((next) => setImmediate(next));
    signal.throwIfAborted();
    sinceMs = clock.monotonicMs();
    await deps.between();
  }
  return doneBytes;
}

const giveWayAfterMs = 15;

/** Small enough that a slow pace is even. */
function pieceBytes({ bytesPerSecond }: Pace): number {
  return Math.min(maxChunkBytes, Math.max(64 * 1024, Math.floor(bytesPerSecond / 20)));
}

interface Sink {
  update(bytes: Buffer): void;
  end(stats: Stats): Reading;
}

function hashSink(): Sink {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    end: ({ ctimeMs }) => ({ state: 'whole', digest: hash.digest().toString('latin1'), changedAtMs: ctimeMs }),
  };
}

/** A segment never shrinks: one that ends between two entries has lost those that were behind. */
function segmentSink({ sizeBytes }: FileRecord): Sink {
  const check = createSegmentCheck();
  return {
    update: (bytes) => check.update(bytes),
    end({ size, ctimeMs }) {
      const problem = check.end() ?? (size < sizeBytes ? 'truncated: the segment has become shorter' : undefined);
      if (problem !== undefined) return { state: 'damaged', reason: problem, changedAtMs: ctimeMs };
      return { state: 'whole', digest: '', changedAtMs: ctimeMs };
    },
  };
}

function isVersion(stats: Stats, record: FileRecord): boolean {
  return stats.size === record.sizeBytes && stats.mtimeMs === record.modifiedAtMs && stats.ino === record.inode;
}

function readingOf(error: unknown, { changedAtMs }: FileRecord): Reading {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return { state: 'unreadable', reason: `unreadable-file: ${code}` };
  // The disk cannot give back what was written to it.
  if (code === 'EIO' || code === 'EUCLEAN') return { state: 'damaged', reason: `disk: ${code}`, changedAtMs };
  return { state: 'changed' };
}
