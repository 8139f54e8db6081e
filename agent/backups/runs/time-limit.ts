import { setTimeout as pause } from 'node:timers/promises';
import { descendantsOf, isProcessAlive, processMark } from './process-facts.ts';

export interface TimeLimit {
  isUp(): boolean;
  /** Ends the watch; when the time was up, waits until everything that was to end has ended or was killed. */
  settle(): Promise<void>;
}

const lookEveryMs = 50;

/**
 * When the time is up a process and all that it started are asked to end, and killed when they have not after
 * `killAfterMs`: a shell alone would end and leave the dump that hangs behind it.
 */
export function limitTime(pid: number | undefined, timeLimitMs: number | undefined, killAfterMs: number): TimeLimit {
  if (pid === undefined || timeLimitMs === undefined) return { isUp: () => false, settle: async () => {} };
  let ending: Promise<void> | undefined;
  const timer = setTimeout(() => {
    ending = endTree(pid, killAfterMs);
  }, timeLimitMs);
  return {
    isUp: () => ending !== undefined,
    async settle() {
      clearTimeout(timer);
      await ending;
    },
  };
}

async function endTree(pid: number, killAfterMs: number): Promise<void> {
  const marks = [pid, ...descendantsOf(pid)].map(processMark);
  signalAll(marks, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < killAfterMs; waitedMs += lookEveryMs) {
    if (!marks.some(isProcessAlive)) return;
    await pause(lookEveryMs);
  }
  signalAll(marks, 'SIGKILL');
}

function signalAll(marks: readonly string[], signal: NodeJS.Signals): void {
  for (const mark of marks.filter(isProcessAlive)) {
    try {
      process.kill(Number(mark.split(' ')[0]), signal);
    } catch {
      // It ended by itself, or it is somebody else's.
    }
  }
}
