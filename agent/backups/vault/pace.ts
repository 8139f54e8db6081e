import type { Clock } from '../../../shared/clock.ts';

/** Holds reading to a speed. What was not used for a while is not made up for. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** Counts bytes that were read. @returns how many milliseconds to wait before the next ones. */
  spend(sizeBytes: number): number;
}

/** So much may be ahead of the pace, because timers are no finer. */
const slackMs = 20;

export function createPace(clock: Pick<Clock, 'monotonicMs'>, bytesPerSecond: number): Pace {
  let freeAtMs = -Infinity;
  return {
    bytesPerSecond,
    spend(sizeBytes) {
      const nowMs = clock.monotonicMs();
      freeAtMs = Math.max(freeAtMs, nowMs - slackMs) + (sizeBytes / bytesPerSecond) * 1000;
      return Math.max(0, freeAtMs - nowMs);
    },
  };
}

/**
 * For long work in a process that also has to answer: gives way when it has gone on for a while.
 * @returns undefined when there is no need to wait.
 */
export function createBreather(
  clock: Pick<Clock, 'monotonicMs'>,
  signal: AbortSignal,
): () => Promise<void> | undefined {
  let sinceMs = clock.monotonicMs();
  return () => {
    if (clock.monotonicMs() - sinceMs < breathAfterMs) return undefined;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        sinceMs = clock.monotonicMs();
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      });
    });
  };
}

const breathAfterMs = 15;
