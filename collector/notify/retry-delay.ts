import type { Random } from '../../shared/clock.ts';

export interface FailedAttempt {
  /** Failures so far, this one included; 1 or more. */
  attemptCount: number;
  /** False when the same message will not pass until someone repairs something. */
  retryable: boolean;
  /** What the receiver asked for. */
  retryAfterSeconds?: number | undefined;
}

/** How patience grows from one failure to the next. */
export interface Backoff {
  firstDelayMs: number;
  factor: number;
  longestDelayMs: number;
  /** A receiver may ask for patience, but not for silence. */
  longestAskedDelayMs: number;
}

const jitterRatio = 0.2;
export const longestDelayMs = 15 * 60_000;
const backoff: Backoff = { firstDelayMs: 5_000, factor: 3, longestDelayMs, longestAskedDelayMs: 3_600_000 };

/**
 * How long to wait after a failure: 5 s, 15 s, 45 s … up to 15 min, each ±20 %, never less than the receiver asked
 * for (up to an hour). What only a repair can help waits the longest time from the start.
 */
export function retryDelayMs(attempt: FailedAttempt, random: Random): number {
  return backoffDelayMs(backoff, attempt, random);
}

/** The same for another patience. */
export function backoffDelayMs(patience: Backoff, attempt: FailedAttempt, random: Random): number {
  const steps = Math.max(0, attempt.attemptCount - 1);
  const grown = Math.min(patience.longestDelayMs, patience.firstDelayMs * patience.factor ** steps);
  const delayMs = attempt.retryable ? grown : patience.longestDelayMs;
  const jittered = delayMs * (1 - jitterRatio + 2 * jitterRatio * random());
  const askedMs = Math.min(patience.longestAskedDelayMs, Math.max(0, attempt.retryAfterSeconds ?? 0) * 1000);
  return Math.round(Math.max(askedMs, jittered));
}
