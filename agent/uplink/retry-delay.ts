import type { Random } from '../../shared/clock.ts';

const shortestMs = 1000;
const longestMs = 300_000;

/**
 * How long to wait after a failure: a random part of a bound that doubles from 1 second to 5 minutes ("full jitter"),
 * so that a fleet that lost its collector together does not come back together. What the collector asked for comes on
 * top: it is never undercut.
 * @param failureCount failures in a row, the last one included.
 */
export function retryDelayMs(failureCount: number, retryAfterSeconds: number | undefined, random: Random): number {
  const boundMs = Math.min(longestMs, shortestMs * 2 ** Math.min(failureCount - 1, 20));
  if (retryAfterSeconds === undefined) return random() * boundMs;
  return retryAfterSeconds * 1000 + random() * Math.max(boundMs, retryAfterSeconds * 500);
}
