import type { Clock } from '../../shared/clock.ts';

/**
 * Work done in the order in which it was asked for, a few milliseconds at a time. When thousands of agents sign at
 * once, answers must still be read in between, or their delay would measure this process and not the collector.
 */
export interface WorkTurns {
  /** @returns what the work returns; a promise of it is waited for outside the turn. */
  run<Result>(work: () => Result | Promise<Result>): Promise<Result>;
}

const turnMs = 8;

export function createWorkTurns(clock: Pick<Clock, 'monotonicMs'>): WorkTurns {
  let waiting: (() => void)[] = [];
  let isScheduled = false;

  function turn(): void {
    const endsAtMs = clock.monotonicMs() + turnMs;
    let doneCount = 0;
    for (const work of waiting) {
      work();
      doneCount += 1;
      if (clock.monotonicMs() >= endsAtMs) break;
    }
    waiting = waiting.slice(doneCount);
    isScheduled = waiting.length > 0;
    if (isScheduled) setImmediate(turn);
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          try {
            resolve(work());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        if (isScheduled) return;
        isScheduled = true;
        setImmediate(turn);
      }),
  };
}
