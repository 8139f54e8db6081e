import { describe, expect, it } from 'vitest';
import { factsOf, known, pingDoor, second, unknown } from './ping-door.test-kit.ts';

describe('what is refused', () => {
  it.each([
    ['an unknown address', unknown, '404 not found'],
    ['an unknown address with a bad status', `${unknown}/256`, '404 not found'],
    ['an unknown name', `${known.bySlug}x`, '404 not found'],
    ['an unknown name to be created', `${known.bySlug}x?create=1`, '404 not found'],
    ['the key of another department', `/ping/${'a'.repeat(22)}/dinkes_simpus`, '404 not found'],
    ['something that is no address', '/ping/not-uuid', '404 not found'],
    ['a name in capitals', known.bySlug.replace('dinkes_', 'DINKES_'), '400 invalid url format'],
    ['a status that no program has', `${known.url}/256`, '400 invalid url format'],
    ['a run that is no UUID', `${known.url}?rid=1`, '400 invalid uuid format'],
    ['an empty run', `${known.url}?rid=`, '400 invalid uuid format'],
    ['a time without a zone', `${known.url}?ts=2026-11-22T02:00:00`, /^400 ts has no time zone; add it/],
    [
      'a time to come',
      `${known.url}?ts=2026-11-22T03:01:01Z`,
      /^400 ts is in the future; here it is 2026-11-22T03:00:00/,
    ],
    ['a time long ago', `${known.url}?ts=2025-01-01T00:00:00Z`, /^400 ts is more than 400 days ago/],
    ['no time', `${known.url}?ts=`, /^400 ts is no time/],
  ])('%s', async (_, path, answer) => {
    const door = await pingDoor();
    const response = await door.call(path, { method: 'POST', body: 'x'.repeat(50_000) });
    const text = `${response.status} ${await response.text()}`;

    if (typeof answer === 'string') expect(text).toBe(answer);
    else expect(text).toMatch(answer);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('ping-body-limit')).toBeNull();
    expect(factsOf(door)).toBeUndefined();
    expect(await door.bench.store.loadClaims()).toEqual([]);
    expect(door.pings).toHaveLength(1);
    expect(door.lines).toEqual([]);
  });

  it('are more than sixty pings in a moment, at one address only', async () => {
    const door = await pingDoor();
    for (let count = 0; count < 60; count += 1) await door.said(`${known.url}/log`);
    const response = await door.call(known.bySlug);

    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.text()).toBe('too many calls; try again in 1 seconds');
    expect(await door.said(second.url)).toBe('200 OK');
    door.bench.clock.advanceMs(1000);
    expect(await door.said(known.url)).toBe('200 OK');
  });

  it('are guesses without end, which keep nobody away who knows an address', async () => {
    const door = await pingDoor();
    const answers: number[] = [];
    for (let count = 0; count < 305; count += 1) answers.push((await door.call(`${unknown}/${count}`)).status);

    expect(answers.filter((status) => status === 404)).toHaveLength(300);
    expect(answers.slice(300)).toEqual([429, 429, 429, 429, 429]);
    expect(await door.said(known.url)).toBe('200 OK');
  });

  it('is everything while the store cannot be written; it changes nothing, and no address is logged', async () => {
    let isFull = true;
    const door = await pingDoor((store) => ({
      ...store,
      commitPing: (...args) => (isFull ? Promise.reject(new Error('disk is full')) : store.commitPing(...args)),
    }));
    const response = await door.call(known.url);

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect(factsOf(door)).toBeUndefined();
    expect(door.pings).toEqual(['store-unavailable']);
    expect(door.lines.join('')).toContain('disk is full');
    expect(door.lines.join('')).not.toContain(known.uuid);
    isFull = false;
    expect(await door.said(known.url)).toBe('200 OK');
  });
});
