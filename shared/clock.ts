/** The two clocks and the dice of a process, handed in so that tests can hold them still. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch (UTC). It may jump in either direction. */
  nowMs(): number;
  /** Milliseconds on a clock that never goes backwards. Only differences mean something. */
  monotonicMs(): number;
}

/** A number in [0, 1), like `Math.random`. */
export type Random = () => number;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  // Not performance.now(): its first use would load more into a small agent than the clock is worth.
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
};

export const systemRandom: Random = () => Math.random();
