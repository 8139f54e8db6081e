import { expect, it } from 'vitest';
import { enrolAll, keep, storeFile } from '../../../test/kit/store-file.ts';
import { probe, testAgent } from '../../../test/kit/test-agent.ts';
import { siteAvailability } from './site-availability.ts';

const agent = testAgent();
// Midnight of the first of December in Jakarta.
const monthStartsAtMs = Date.parse('2026-11-30T17:00:00Z');
const minuteMs = 60_000;
const place = { pd: 'dinkes', site: 'kantor', layer: 'wan' as const };

async function probedRoundMidnight() {
  const { store } = storeFile();
  await enrolAll(store, [agent], monthStartsAtMs);
  for (let minute = -10; minute < 20; minute += 1) {
    const atMs = monthStartsAtMs + minute * minuteMs;
    const report = agent.report(atMs, { probes: [probe(minute < -4 || minute >= 5 ? 'up' : 'down')] });
    await keep(store, [agent.batch([report], atMs)]);
  }
  await store.history.catchUp([1]);
  const config = { timezone: 'Asia/Jakarta', maintenance: [] };
  return { config, store, nowMs: monthStartsAtMs + 30 * minuteMs };
}

it("tells of last month and of this one up to now, in the Pemda's zone", async () => {
  expect(await siteAvailability(await probedRoundMidnight(), place)).toMatchObject({
    lastMonth: { upSeconds: 360, downSeconds: 240, unknownSeconds: 0, availabilityRatio: 0.6 },
    thisMonth: { upSeconds: 930, downSeconds: 300, unknownSeconds: 570, coverageRatio: 1230 / 1800 },
  });
});

it('tells nothing of a link that was never probed', async () => {
  expect(await siteAvailability(await probedRoundMidnight(), { ...place, layer: 'spl' })).toBeUndefined();
});
