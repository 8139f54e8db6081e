import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';

export interface RunCounts {
  /** Runs that began. */
  runCount: number;
  /** Runs that were left out because the one before had not ended. */
  skippedCount: number;
  /** Runs that ended with an error. */
  failedCount: number;
}

export interface GuardedRun {
  /** Begins a run unless one is under way; resolves when that run has ended, whether well or not. Never rejects. */
  begin(): Promise<void>;
  isRunning(): boolean;
  /** Resolves when no run is under way. */
  ended(): Promise<void>;
  counts: RunCounts;
}

/** Keeps one job from running twice at a time, and its errors from ending the process. */
export function createGuardedRun(
  options: { name: string; run: () => Promise<void>; logger: Logger },
  onBegin: () => void,
): GuardedRun {
  const counts: RunCounts = { runCount: 0, skippedCount: 0, failedCount: 0 };
  let current: Promise<void> | undefined;
  const runOnce = async () => {
    try {
      await options.run();
    } catch (error) {
      counts.failedCount++;
      options.logger.error(`${options.name} failed`, { reason: messageOf(error) });
    }
  };
  return {
    begin() {
      if (current !== undefined) {
        counts.skippedCount++;
        return current;
      }
      counts.runCount++;
      onBegin();
      current = runOnce().finally(() => (current = undefined));
      return current;
    },
    isRunning: () => current !== undefined,
    ended: async () => current,
    counts,
  };
}
