import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { writeFileAtomically } from '../../../shared/atomic-file.ts';
import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import { showPath, toPath } from '../../sensors/byte-path.ts';

/** A file as it was when somebody looked: other size or time means other content. */
export interface FileVersion {
  /** The path's bytes as latin1 text, because a name on disk need not be UTF-8. */
  path: string;
  sizeBytes: number;
  /** Nanoseconds since the epoch. */
  modifiedAtNs: bigint;
}

export interface HashCache {
  /**
   * The SHA-256 of that version in lower-case hex when it is known. When it is not, reading the file begins in the
   * background and a later call answers.
   */
  find(file: FileVersion): string | undefined;
  /** Waits until nothing is being read or waits to be; for tests and for a single run. */
  settled(): Promise<void>;
  /** Ends the reading that is under way. */
  close(): Promise<void>;
}

export interface HashCacheOptions {
  /** Where hashes are remembered over restarts. */
  filePath: string;
  logger: Logger;
  clock: Pick<Clock, 'monotonicMs'>;
  /** Reading speed, so that hashing a large backup does not starve the server; 50 MB/s unless told. */
  maxBytesPerSecond?: number;
  maxEntries?: number;
}

const maxWaiting = 64;
const chunkSizeBytes = 256 * 1024;

/** Works out hashes one file at a time, in constant memory, and remembers the newest of them in a file. */
export function createHashCache(options: HashCacheOptions): HashCache {
  const { filePath, logger, clock, maxBytesPerSecond = 50e6, maxEntries = 1000 } = options;
  const known = load(filePath, logger);
  const waiting = new Map<string, FileVersion>();
  const complained = new Set<string>();
  const stopping = new AbortController();
  let working: Promise<void> | undefined;

  const remember = (key: string, sha256: string) => {
    known.set(key, sha256);
    // A Map keeps the order of insertion: the first is the oldest.
    for (const oldest of known.keys()) {
      if (known.size <= maxEntries) break;
      known.delete(oldest);
    }
    writeFileAtomically(filePath, JSON.stringify(Object.fromEntries(known)));
  };
  const complain = (key: string, path: string, reason: string) => {
    if (complained.has(key)) return;
    if (complained.size > maxEntries) complained.clear();
    complained.add(key);
    logger.warn('a backup file has no hash', { file: showPath(path), reason });
  };
  const work = async () => {
    for (const [key, file] of waiting) {
      try {
        const sha256 = await hashFile(file, { clock, maxBytesPerSecond, signal: stopping.signal });
        if (sha256 === undefined) complain(key, file.path, 'it changed while it was read');
        else remember(key, sha256);
      } catch (error) {
        if (stopping.signal.aborted) return;
        complain(key, file.path, messageOf(error));
      } finally {
        waiting.delete(key);
      }
    }
  };
  return {
    find(file) {
      const key = keyOf(file);
      const sha256 = known.get(key);
      if (sha256 !== undefined || stopping.signal.aborted) return sha256;
      if (waiting.size < maxWaiting) waiting.set(key, file);
      working ??= work().finally(() => (working = undefined));
      return undefined;
    },
    async settled() {
      await working;
    },
    async close() {
      stopping.abort();
      await working;
    },
  };
}

interface Pace {
  clock: Pick<Clock, 'monotonicMs'>;
  maxBytesPerSecond: number;
  signal: AbortSignal;
}

/** @returns undefined when the file is not that version, before or after reading it. */
async function hashFile(file: FileVersion, pace: Pace): Promise<string | undefined> {
  const handle = await open(toPath(file.path), 'r');
  try {
    if (!(await isVersion(handle, file))) return undefined;
    const sizeBytes = { read: 0 };
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkSizeBytes);
    const beganAtMs = pace.clock.monotonicMs();
    for (;;) {
      pace.signal.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      sizeBytes.read += bytesRead;
      // A file that grows faster than it is read would never end.
      if (sizeBytes.read > file.sizeBytes) return undefined;
      const aheadMs = (sizeBytes.read / pace.maxBytesPerSecond) * 1000 - (pace.clock.monotonicMs() - beganAtMs);
      if (aheadMs > 1) await pause(aheadMs, undefined, { signal: pace.signal, ref: false });
    }
    return (await isVersion(handle, file)) ? hash.digest('hex') : undefined;
  } finally {
    await handle.close();
  }
}

async function isVersion(handle: FileHandle, file: FileVersion): Promise<boolean> {
  const { size, mtimeNs } = await handle.stat({ bigint: true });
  return size === BigInt(file.sizeBytes) && mtimeNs === file.modifiedAtNs;
}

function keyOf({ path, sizeBytes, modifiedAtNs }: FileVersion): string {
  return `${sizeBytes}|${modifiedAtNs}|${path}`;
}

/** A damaged file costs reading the backups again, nothing else. */
function load(filePath: string, logger: Logger): Map<string, string> {
  if (!existsSync(filePath)) return new Map();
  try {
    const entries = Object.entries(JSON.parse(readFileSync(filePath, 'utf8')) as Record<string, unknown>);
    return new Map(
      entries.filter((entry): entry is [string, string] =>
        /^[0-9a-f]{64}$/.test(typeof entry[1] === 'string' ? entry[1] : ''),
      ),
    );
  } catch (error) {
    logger.warn('the remembered hashes of backups are damaged and will be worked out again', {
      file: filePath,
      reason: messageOf(error),
    });
    return new Map();
  }
}
