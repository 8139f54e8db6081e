import { expect, it } from 'vitest';
import { linkDaysOf, rollUp } from '../../../test/kit/history-reports.ts';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import { probe, testAgent } from '../../../test/kit/test-agent.ts';

const startsAtMs = Date.parse('2026-11-22T23:58:00Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;
const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
const own = testAgent({ key: 2 });
const wan = { pd: 'dinkes', site: 'kantor', layer: 'wan' as const };
const router = (state: 'up' | 'down') => probe(state, { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor' });

async function bothProbing() {
  const file = storeFile();
  await enrolAll(file.store, [vantage, own], startsAtMs);
  for (const minute of [0, 1, 2, 3]) {
    const atMs = startsAtMs + minute * minuteMs;
    await keep(file.store, [
      vantage.batch([vantage.report(atMs, { probes: [router('down')] })], atMs),
      own.batch([own.report(atMs, { probes: [probe('up'), probe('up', { name: 'lan', layer: 'lan' })] })], atMs),
    ]);
  }
  return file;
}

it('keeps the rounds of each probe of each prober by day, for the site that they speak for', async () => {
  const { store, path } = await bothProbing();
  await rollUp(store);

  const first = Date.parse('2026-11-22T00:00:00Z');
  expect(Object.entries(linkDaysOf(path)).map(([name, { runs }]) => [name, runs])).toEqual([
    [`dinkes kantor lan ${first} 2 lan`, [[86_280, 60, 2, 0, 90]]],
    [`dinkes kantor lan ${first + dayMs} 2 lan`, [[0, 60, 2, 0, 90]]],
    [`dinkes kantor wan ${first} 1 wan/dinkes/kantor`, [[86_280, 60, 2, 1, 90]]],
    [`dinkes kantor wan ${first} 2 wan`, [[86_280, 60, 2, 0, 90]]],
    [`dinkes kantor wan ${first + dayMs} 1 wan/dinkes/kantor`, [[0, 60, 2, 1, 90]]],
    [`dinkes kantor wan ${first + dayMs} 2 wan`, [[0, 60, 2, 0, 90]]],
  ]);
  expect(await store.history.monitoredLinks()).toEqual([
    { ...wan, layer: 'lan', sinceMs: startsAtMs },
    { ...wan, sinceMs: startsAtMs },
  ]);
});

it('knows what has just come of the agents that it catches up with, and only of those', async () => {
  const { store } = await bothProbing();
  await store.history.catchUp([2]);

  expect((await store.history.linkDays(wan, startsAtMs, Infinity)).map(({ prober }) => prober)).toEqual([2, 2]);
});

it('leaves with the old site what was found before a machine was moved', async () => {
  const { store } = await bothProbing();
  const moved = { secretHash: 'of the move', pd: 'dinsos', site: 'gudang', roles: [] };
  await store.addToken({ ...moved, createdAtMs: startsAtMs, expiresAtMs: startsAtMs + 1000 });
  await store.enrol(moved.secretHash, { id: own.id, node: own.row.node, publicKey: own.row.publicKey }, startsAtMs);
  const after = own.report(startsAtMs + 4 * minuteMs, { probes: [probe('up')] });
  await keep(store, [own.batch([after], startsAtMs + 4 * minuteMs)]);
  await rollUp(store);

  expect(await store.history.monitoredLinks()).toEqual([
    { ...wan, layer: 'lan', sinceMs: startsAtMs },
    { ...wan, sinceMs: startsAtMs },
    { pd: 'dinsos', site: 'gudang', layer: 'wan', sinceMs: startsAtMs + 4 * minuteMs },
  ]);
});

it('learns of an earlier beginning from a report that comes late', async () => {
  const { store } = await bothProbing();
  await rollUp(store);
  const early = own.report(startsAtMs - 40 * dayMs, { probes: [probe('up')] });
  await keep(store, [own.batch([early], startsAtMs + dayMs)]);
  await rollUp(store);

  expect((await store.history.monitoredLinks()).map(({ sinceMs }) => sinceMs)).toEqual([
    startsAtMs,
    startsAtMs - 40 * dayMs,
  ]);
});

it('finds the day before, whose last round may speak for the period', async () => {
  const { store } = await bothProbing();
  await rollUp(store);
  const midnight = startsAtMs + 2 * minuteMs;

  expect((await store.history.linkDays(wan, midnight, midnight + 1)).map(({ startsAtMs: at }) => at)).toEqual([
    midnight - dayMs,
    midnight - dayMs,
    midnight,
    midnight,
  ]);
});

it('forgets days once the whole day is older than asked', async () => {
  const { store, path } = await bothProbing();
  await rollUp(store);
  const midnight = startsAtMs + 2 * minuteMs;
  while ((await store.history.forgetHours(midnight - 1)) > 0);
  expect(Object.keys(linkDaysOf(path))).toHaveLength(6);

  while ((await store.history.forgetHours(midnight)) > 0);
  expect(Object.keys(linkDaysOf(path))).toHaveLength(3);
  expect(await store.history.monitoredLinks()).toHaveLength(2);
});
