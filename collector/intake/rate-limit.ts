/** A bucket per agent: bursts are fine, a loop gone wild is not. */
export interface RateLimit {
  /** @returns 0 when the request may pass, else the seconds after which it may. */
  take(agent: string, nowMs: number): number;
}

export function createRateLimit(options: { perMinute: number; burst: number }): RateLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const perMs = options.perMinute / 60_000;
  return {
    take(agent, nowMs) {
      const bucket = buckets.get(agent) ?? { tokens: options.burst, atMs: nowMs };
      const tokens = Math.min(options.burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * perMs);
      const passes = tokens >= 1;
      buckets.set(agent, { tokens: passes ? tokens - 1 : tokens, atMs: nowMs });
      return passes ? 0 : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000));
    },
  };
}
