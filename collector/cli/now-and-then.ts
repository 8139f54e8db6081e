import type { Clock } from '../../shared/clock.ts';

const everyMs = 5000;

/** @returns a function that is true every five seconds: then whoever waits is told how far it is. */
export function everyNowAndThen(clock: Pick<Clock, 'monotonicMs'>): () => boolean {
  let saidAtMs = clock.monotonicMs();
  return () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - saidAtMs < everyMs) return false;
    saidAtMs = nowMs;
    return true;
  };
}
