import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('the rate limit', () => {
  it('lets a burst pass, then names the seconds until the next request may', () => {
    const limit = createRateLimit({ perMinute: 60, burst: 3 });

    expect([1, 2, 3, 4, 5].map(() => limit.take('a', 0))).toEqual([0, 0, 0, 1, 1]);
  });

  it('says a wait after which the request really passes', () => {
    const limit = createRateLimit({ perMinute: 6, burst: 1 });
    limit.take('a', 0);
    const waitSeconds = limit.take('a', 0);

    expect(waitSeconds).toBe(10);
    expect(limit.take('a', waitSeconds * 1000 - 100)).toBe(1);
    expect(limit.take('a', waitSeconds * 1000)).toBe(0);
  });

  it('saves up no more than a burst, however long an agent was silent', () => {
    const limit = createRateLimit({ perMinute: 60, burst: 2 });
    limit.take('a', 0);

    expect([1, 2, 3].map(() => limit.take('a', 86_400_000))).toEqual([0, 0, 1]);
  });

  it('holds each agent to its own measure', () => {
    const limit = createRateLimit({ perMinute: 60, burst: 1 });
    limit.take('a', 0);

    expect(limit.take('a', 0)).toBe(1);
    expect(limit.take('b', 0)).toBe(0);
  });

  it('is not cheated by a clock that goes back', () => {
    const limit = createRateLimit({ perMinute: 60, burst: 1 });
    limit.take('a', 10_000);

    expect(limit.take('a', 0)).toBe(1);
  });
});
