import type { Random } from '../../../shared/clock.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** A receiver may ask for patience, but not for silence. */
const longestAskedDelayMs = 15 * 60_000;
const jitterRatio = 0.2;

/**
 * How long to wait after a failure: 1 s, 2 s, 4 s … up to a minute, each ±20 %, never less than the receiver asked for (up
 * to a quarter of an hour).
 * @param attemptCount failures in a row, this one included.
 */
export function resendDelayMs(attemptCount: number, retryAfterSeconds: number | undefined, random: Random): number {
  const grown = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attemptCount - 1, 10));
  const jittered = grown * (1 - jitterRatio + 2 * jitterRatio * random());
  return Math.round(Math.max(jittered, Math.min(longestAskedDelayMs, (retryAfterSeconds ?? 0) * 1000)));
}
