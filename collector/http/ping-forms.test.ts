import { describe, expect, it } from 'vitest';
import { rawRequest } from '../../test/kit/raw-request.ts';
import { factsOf, known, pingDoor, startsAtMs } from './ping-door.test-kit.ts';

describe('the body of a ping', () => {
  const post = (url: string, pieces: readonly (string | Buffer)[], sizeBytes: number, path = known.url) =>
    rawRequest(url, [`POST ${path}/fail HTTP/1.1\r\nhost: x\r\ncontent-length: ${sizeBytes}\r\n\r\n`, ...pieces]);

  it('is read to its end, though only its beginning is kept', async () => {
    const door = await pingDoor();
    const body = Buffer.alloc(1024 * 1024, 'x');
    const answer = await post(door.url, [body.subarray(0, 500_000), body.subarray(500_000)], body.length);

    expect([answer?.status, answer?.text, answer?.headers['connection']]).toEqual([200, 'OK', 'keep-alive']);
    expect(factsOf(door)?.failures).toHaveLength(1);
  });

  it('costs the connection when it does not end within a megabyte; the ping counts', async () => {
    const door = await pingDoor();
    const answer = await post(
      door.url,
      Array.from({ length: 17 }, () => Buffer.alloc(65_536, 'x')),
      1e12,
    );

    expect([answer?.status, answer?.text, answer?.headers['connection']]).toEqual([200, 'OK', 'close']);
    expect(factsOf(door)?.failures).toMatchObject([{ lastLines: [] }]);
  });

  it('that breaks off counts for nothing', async () => {
    const door = await pingDoor();
    const head = `POST ${known.url} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf`;

    expect(await rawRequest(door.url, [head], { endsAfterSending: true })).toBeUndefined();
    expect(await door.said(`${known.url}/log`)).toBe('200 OK');
    expect(factsOf(door)).toBeUndefined();
  });
});

describe('a push of Uptime Kuma', () => {
  it('is a success when it says so, by every method', async () => {
    const door = await pingDoor();
    const response = await door.call(`${known.push}?status=up&msg=OK&ping=12`);

    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    expect(await door.said(`${known.push}?status=up&msg=finish`, { method: 'POST' })).toBe('200 {"ok":true}');
    expect(door.pings).toEqual(['success', 'success']);
  });

  it('that a run begins is no success', async () => {
    const door = await pingDoor();
    await door.said(`${known.push}?status=up&msg=start`);
    door.bench.clock.advanceMs(60_000);

    expect(factsOf(door)).toMatchObject({ successes: [], starts: [{ startedAtMs: startsAtMs }] });
    await door.said(`${known.push}?status=up&msg=finish`);
    expect(factsOf(door)?.successes).toMatchObject([{ startedAtMs: startsAtMs, completedAtMs: startsAtMs + 60_000 }]);
  });

  it('that something is down keeps what it says', async () => {
    const door = await pingDoor();
    await door.said(`${known.push}?status=down&msg=${encodeURIComponent('rsync: broken pipe\u0007')}`);

    expect(factsOf(door)?.failures).toMatchObject([{ lastLines: ['rsync: broken pipe'] }]);
  });

  it.each([
    ['/api/push/unknown', 404, 'Monitor not found or not active.'],
    ['/api/push/', 404, 'Monitor not found or not active.'],
    [
      `${known.push}?ts=2026-11-22T02:00:00`,
      400,
      'ts has no time zone; add it, as in 2026-11-22T03:00:00+07:00, or send seconds since 1970',
    ],
  ])('is refused at %s', async (path, status, msg) => {
    const response = await (await pingDoor()).call(path);

    expect([response.status, await response.json()]).toEqual([status, { ok: false, msg }]);
  });
});
