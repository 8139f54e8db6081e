import type { Random } from '../../../shared/clock.ts';
import { type Backoff, backoffDelayMs } from '../../notify/retry-delay.ts';

const backoff: Backoff = {
  firstDelayMs: 1_000,
  factor: 2,
  longestDelayMs: 60_000,
  longestAskedDelayMs: 15 * 60_000,
};

/**
 * How long to wait after a failure: 1 s, 2 s, 4 s … up to a minute, each ±20 %, never less than the receiver asked for (up
 * to a quarter of an hour).
 * @param attemptCount failures in a row, this one included.
 */
export function resendDelayMs(attemptCount: number, retryAfterSeconds: number | undefined, random: Random): number {
  return backoffDelayMs(backoff, { attemptCount, retryable: true, retryAfterSeconds }, random);
}
