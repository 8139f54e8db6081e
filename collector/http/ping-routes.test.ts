import { describe, expect, it } from 'vitest';
import { factsOf, known, pingDoor, second, startsAtMs } from './ping-door.test-kit.ts';

const rid = '123e4567-e89b-12d3-a456-426614174000';

describe('a ping', () => {
  it('is answered as Healthchecks answers it', async () => {
    const response = await (await pingDoor()).call(known.url);

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('OK');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '2',
      'ping-body-limit': '10000',
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache, no-store, must-revalidate, private',
    });
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'counts when it comes with %s',
    async (method) => {
      const door = await pingDoor();

      expect(await door.said(known.url, { method })).toBe(method === 'HEAD' ? '200 ' : '200 OK');
      expect(factsOf(door)?.successes).toHaveLength(1);
      expect(door.pings).toEqual(['success']);
    },
  );

  it('becomes a claim that names its run, its evidence and nothing secret', async () => {
    const door = await pingDoor();
    await door.said(`${known.url}/start?rid=${rid}`);
    door.bench.clock.advanceMs(90_000);
    await door.said(`${known.url}?rid=${rid.toUpperCase()}`, { method: 'POST', body: 'all is well\n' });

    expect(factsOf(door)?.successes).toEqual([
      {
        pd: 'dinkes',
        dataset: 'simpus',
        agentKey: 0,
        source: 'heartbeat',
        outcome: 'ok',
        runId: rid,
        startedAtMs: startsAtMs,
        completedAtMs: startsAtMs + 90_000,
        saidCompletedAtMs: startsAtMs + 90_000,
        observedAtMs: startsAtMs + 90_000,
        lastLines: [],
        record: { agent: 'ping', session: 'dinkes/simpus', seq: 2 },
      },
    ]);
    expect(factsOf(door)?.starts).toMatchObject([{ outcome: 'running', runId: rid, startedAtMs: startsAtMs }]);
    expect(factsOf(door)?.lastLook).toMatchObject({ outcome: 'ok' });
  });

  it('may tell an exit status: 0 is success, every other one a failure with its last lines', async () => {
    const door = await pingDoor();
    await door.said(`${known.url}/0`);
    door.bench.clock.advanceMs(1000);
    const body = `${'log\n'.repeat(30_000)}using ${known.url}\npassword=hunter2\nNo space left on device\n`;

    expect(await door.said(`${known.url}/3`, { method: 'POST', body })).toBe('200 OK');
    expect(factsOf(door)?.successes).toMatchObject([{ exitCode: 0 }]);
    expect(factsOf(door)?.failures).toMatchObject([
      {
        outcome: 'failed',
        exitCode: 3,
        lastLines: ['log', 'log', 'using /ping/***', 'password=***', 'No space left on device'],
      },
    ]);
    expect(factsOf(door)?.failures[0]?.reason).toBeUndefined();
  });

  it('claims nothing when it only logs', async () => {
    const door = await pingDoor();

    expect(await door.said(`${known.url}/log`, { method: 'POST', body: 'half way' })).toBe('200 OK');
    expect(factsOf(door)).toBeUndefined();
    expect(door.pings).toEqual(['log']);
  });

  it('has its form by name, for which each department has a key', async () => {
    const door = await pingDoor();

    expect(await door.said(known.bySlug)).toBe('200 OK');
    expect(await door.said(`${second.bySlug}/fail/`)).toBe('200 OK');
    expect(factsOf(door)?.successes).toHaveLength(1);
    expect(factsOf(door, 'simda')?.failures).toMatchObject([{ reason: 'the job reported that it failed' }]);
  });

  it('is judged at once', async () => {
    const door = await pingDoor();
    const before = door.bench.verdict('dinkes/simpus');
    await door.said(known.url);
    await door.bench.judging.settled();

    expect(before).toMatch(/^no-evidence /);
    expect(door.bench.verdict('dinkes/simpus')).toMatch(/^compliant /);
  });

  it('is on disk before it is answered', async () => {
    const door = await pingDoor();
    await door.said(`${known.url}/start`);
    await door.said(`${known.url}/9`, { method: 'POST', body: 'broken' });
    const kept = await door.bench.store.loadClaims();

    expect(kept.map(({ outcome }) => outcome).toSorted()).toEqual(['failed', 'running']);
    expect(kept.find(({ outcome }) => outcome === 'failed')).toEqual(factsOf(door)?.failures[0]);
  });
});

describe('a ping with a time of its own', () => {
  it('repairs history and never the present', async () => {
    const door = await pingDoor();
    await door.said(`${known.url}/fail`);
    const late = '2026-11-20T01:30:00 07:00';

    expect(await door.said(`${known.url}?ts=${encodeURIComponent(late)}`)).toBe('200 OK');
    expect(factsOf(door)?.successes).toMatchObject([
      { completedAtMs: Date.parse('2026-11-19T18:30:00Z'), observedAtMs: Date.parse('2026-11-19T18:30:00Z') },
    ]);
    expect(factsOf(door)?.lastLook).toMatchObject({ outcome: 'failed', observedAtMs: startsAtMs });
  });

  it('counts once, however often it is sent', async () => {
    const door = await pingDoor();
    for (let count = 0; count < 3; count += 1) await door.said(`${known.url}?ts=2026-11-20T01:30:00Z`);

    expect(factsOf(door)?.successes).toHaveLength(1);
    expect(await door.bench.store.loadClaims()).toHaveLength(1);
  });

  it('is never later than its receipt, even where a clock is a little ahead', async () => {
    const door = await pingDoor();
    await door.said(`${known.url}?ts=2026-11-22T03:00:59Z`);

    expect(factsOf(door)?.successes).toMatchObject([
      { completedAtMs: startsAtMs, saidCompletedAtMs: startsAtMs + 59_000 },
    ]);
  });
});
