import { statfsSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import { usedBytesOf } from './tally-folder.ts';

export interface LimitOptions {
  maxSeconds: number;
  maxBytes: number;
  /** What lies below it counts. */
  folder: string;
  /** Somebody stops the drill. */
  signal: AbortSignal;
  /** The time between two looks at the used space, at least; 500 ms unless told. */
  lookEveryMs?: number;
}

export interface Limits {
  /** Ends with AppError `time-limit`, `space-limit` or `no-space`, or with the other signal's reason. */
  signal: AbortSignal;
  /** @throws AppError `space-limit` or `no-space` when so many bytes more are not allowed or not there. */
  requireSpace: (sizeBytes: number) => void;
  stop: () => void;
}

/** Is left free for everybody else on the disk. */
export const reserveBytes = 200 * 1024 * 1024;
/** Looking may take this share of the time at most. */
const lookShare = 20;

/**
 * Watches that a drill keeps to its time and its space.
 * @throws AppError `no-space` when there is none to begin with.
 */
export function startLimits({ maxSeconds, maxBytes, folder, signal, lookEveryMs = 500 }: LimitOptions): Limits {
  requireFree(folder, 0);
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(tooSlow(maxSeconds)), maxSeconds * 1000);
  const watching = new AbortController();
  let nextLook: NodeJS.Timeout | undefined;
  const look = async () => {
    const beganAtNs = process.hrtime.bigint();
    try {
      requireFree(folder, 0);
      const usedBytes = await usedBytesOf(folder, watching.signal);
      if (usedBytes > maxBytes) over.abort(tooLarge(maxBytes));
    } catch (error) {
      if (error instanceof AppError) over.abort(error);
      // Otherwise it could not be counted this time.
    }
    const tookMs = Number(process.hrtime.bigint() - beganAtNs) / 1e6;
    if (!watching.signal.aborted) nextLook = setTimeout(() => void look(), Math.max(lookEveryMs, tookMs * lookShare));
  };
  nextLook = setTimeout(() => void look(), lookEveryMs);
  return {
    signal: AbortSignal.any([signal, over.signal]),
    requireSpace(sizeBytes) {
      if (sizeBytes > maxBytes) {
        const text = `it needs ${sizeBytes} bytes, and ${maxBytes} are allowed (maxBytes)`;
        throw new AppError('space-limit', text);
      }
      requireFree(folder, sizeBytes);
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(nextLook);
      watching.abort();
    },
  };
}

function requireFree(folder: string, sizeBytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const usableBytes = bavail * bsize - reserveBytes;
  if (sizeBytes <= usableBytes) return;
  const needed = sizeBytes === 0 ? 'the disk is nearly full' : `it needs ${sizeBytes} bytes`;
  throw new AppError(
    'no-space',
    `${needed}: ${Math.max(0, usableBytes)} bytes are free beside a reserve of ${reserveBytes}; free some, or name another folder with --folder`,
    { retryable: true },
  );
}

function tooSlow(maxSeconds: number): AppError {
  return new AppError('time-limit', `it was not done within ${maxSeconds} seconds (maxSeconds)`);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('space-limit', `what came back takes more than ${maxBytes} bytes (maxBytes)`);
}
