import type { Clock } from '../../shared/clock.ts';

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  advanceMs(durationMs: number): void;
  /** Moves the wall clock alone, as a correction would. */
  setMs(atMs: number): void;
}

export function fakeClock(startsAtMs = Date.parse('2026-11-22T03:00:00Z')): FakeClock {
  let wallMs = startsAtMs;
  let steadyMs = 1000;
  return {
    nowMs: () => wallMs,
    monotonicMs: () => steadyMs,
    advanceMs(durationMs) {
      wallMs += durationMs;
      steadyMs += durationMs;
    },
    setMs: (atMs) => void (wallMs = atMs),
  };
}
