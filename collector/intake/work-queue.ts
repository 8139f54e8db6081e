import type { Clock } from '../../shared/clock.ts';

/**
 * Work in small turns: when thousands of agents come back at once, the process must still answer, scrape and alert
 * between their reports.
 */
export interface WorkQueue {
  /** @param work must not throw. @returns false when the queue is full; the caller then says "later". */
  add(work: () => void, weightBytes: number): boolean;
  readonly waitingCount: number;
}

export function createWorkQueue(options: {
  turnMs: number;
  maxCount: number;
  maxWeightBytes: number;
  clock: Clock;
}): WorkQueue {
  let queue: { work: () => void; weightBytes: number }[] = [];
  let next = 0;
  let weightBytes = 0;
  let scheduled = false;

  function turn(): void {
    const endsAtMs = options.clock.monotonicMs() + options.turnMs;
    while (next < queue.length) {
      const entry = queue[next];
      next += 1;
      if (entry === undefined) continue;
      weightBytes -= entry.weightBytes;
      entry.work();
      if (options.clock.monotonicMs() >= endsAtMs) break;
    }
    scheduled = next < queue.length;
    if (scheduled) setImmediate(turn);
    if (!scheduled || next > 4096) {
      queue = queue.slice(next);
      next = 0;
    }
  }

  return {
    add(work, entryBytes) {
      if (queue.length - next >= options.maxCount || weightBytes + entryBytes > options.maxWeightBytes) return false;
      queue.push({ work, weightBytes: entryBytes });
      weightBytes += entryBytes;
      if (!scheduled) {
        scheduled = true;
        setImmediate(turn);
      }
      return true;
    },
    get waitingCount() {
      return queue.length - next;
    },
  };
}
