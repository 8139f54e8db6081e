import { describe, expect, it } from 'vitest';
import { noFacts, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { enrolAll } from '../../../test/kit/store-file.ts';
import type { InterfaceGrowth } from '../../facts/traffic-growths.ts';
import type { Store } from '../store.ts';

const hourMs = 3_600_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const agent = testAgent();
const place = { pd: 'dinkes', site: 'kantor' };

const growth = (fromMs: number, untilMs: number, downBytes: number): InterfaceGrowth => ({
  ...place,
  agentKey: 1,
  interface: 'ether1',
  record: { agent: agent.id, session: 'session-0001', seq: 1 },
  fromMs,
  untilMs,
  downBytes,
  upBytes: 1,
});

let seq = 0;
async function keepGrowth(store: Store, traffic: InterfaceGrowth[], receivedAtMs: number): Promise<void> {
  seq += 1;
  const { batch } = agent.batch([agent.report(receivedAtMs, { seq })], receivedAtMs);
  await store.commitReports([batch], () => ({ ...noFacts, traffic }));
}

describe('hours of traffic', () => {
  it('add up over reports and stand after a restart', async () => {
    const file = storeFile();
    await enrolAll(file.store, [agent], startsAtMs);
    await keepGrowth(file.store, [growth(startsAtMs, startsAtMs + 60_000, 100)], startsAtMs + 60_000);
    await keepGrowth(file.store, [growth(startsAtMs + 60_000, startsAtMs + 120_000, 50)], startsAtMs + 120_000);
    const store = await file.reopen();

    const [row, ...others] = await store.trafficOf(place, startsAtMs, startsAtMs + hourMs);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ ...place, agentKey: 1, interface: 'ether1', startsAtMs, revision: 0 });
    expect([row?.hour.downBytes[0], row?.hour.coveredMs[0]]).toEqual([150, 120_000]);
    expect(await store.loadTraffic()).toEqual([row]);
  });

  it('are restated, with a mark, by what comes after the hour is over', async () => {
    const { store } = storeFile();
    await enrolAll(store, [agent], startsAtMs);
    await keepGrowth(store, [growth(startsAtMs, startsAtMs + 60_000, 100)], startsAtMs + 60_000);
    const lateAtMs = startsAtMs + 9 * hourMs;
    await keepGrowth(store, [growth(startsAtMs + 600_000, startsAtMs + 660_000, 7)], lateAtMs);

    const [row] = await store.trafficOf(place, startsAtMs, startsAtMs + hourMs);
    expect([row?.revision, row?.restatedAtMs, row?.hour.downBytes[2]]).toEqual([1, lateAtMs, 7]);
  });

  it('are undone with the commit that brought them', async () => {
    const { store } = storeFile();
    await enrolAll(store, [agent], startsAtMs);
    const { batch } = agent.batch([agent.report(startsAtMs, { seq: 999 })], startsAtMs);
    const failing = store.commitReports([batch], () => {
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');

    expect(await store.trafficOf(place, 0, Infinity)).toEqual([]);
  });

  it('go when they are older than what is kept', async () => {
    const { store } = storeFile();
    await enrolAll(store, [agent], startsAtMs);
    await keepGrowth(store, [growth(startsAtMs, startsAtMs + 60_000, 100)], startsAtMs + 60_000);
    await keepGrowth(store, [growth(startsAtMs + hourMs, startsAtMs + hourMs + 60_000, 9)], startsAtMs + hourMs);

    expect(await store.history.forgetHours(startsAtMs + 1)).toBe(1);
    expect((await store.loadTraffic()).map((row) => row.startsAtMs)).toEqual([startsAtMs + hourMs]);
  });
});
