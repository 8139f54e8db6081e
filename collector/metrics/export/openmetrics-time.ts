/**
 * Half a microsecond in seconds: more than the distance between two numbers of today's size, and lost in the rounding to
 * milliseconds.
 */
const nudge = '0005';

/**
 * A moment in seconds, as OpenMetrics writes it. Prometheus multiplies by a thousand and cuts off what is behind the
 * point, so that 0.461 may become 460 ms: such a moment is written half a microsecond later.
 */
export function formatSeconds(atMs: number): string {
  const text = (atMs / 1000).toFixed(3);
  return Math.trunc(Number(text) * 1000) === atMs ? text : `${text}${nudge}`;
}
