import type { Random } from '../../shared/clock.ts';

export interface FailedAttempt {
  /** Failures so far, this one included; 1 or more. */
  attemptCount: number;
  /** False when the same message will not pass until someone repairs something. */
  retryable: boolean;
  /** What the receiver asked for. */
  retryAfterSeconds?: number | undefined;
}

const firstDelayMs = 5_000;
const factor = 3;
export const longestDelayMs = 15 * 60_000;
/** A receiver may ask for patience, but not for silence. */
const longestAskedDelayMs = 3_600_000;
const jitterRatio = 0.2;

/**
 * How long to wait after a failure: 5 s, 15 s, 45 s … up to 15 min, each ±20 %, never less than the receiver asked
 * for (up to an hour). What only a repair can help waits the longest time from the start.
 */
export function retryDelayMs(attempt: FailedAttempt, random: Random): number {
  const steps = Math.max(0, attempt.attemptCount - 1);
  const grown = attempt.retryable ? Math.min(longestDelayMs, firstDelayMs * factor ** steps) : longestDelayMs;
  const jittered = grown * (1 - jitterRatio + 2 * jitterRatio * random());
  const askedMs = Math.min(longestAskedDelayMs, Math.max(0, attempt.retryAfterSeconds ?? 0) * 1000);
  return Math.round(Math.max(askedMs, jittered));
}
