import { describe, expect, it } from 'vitest';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { appStartsAtMs, serve } from '../../test/kit/served-app.ts';
import type { PantauConfig } from '../config/schema.ts';

const minuteMs = 60_000;
const config = testConfig({ intervalSeconds: 60, datasets: [], routerAddress: '10.20.1.1' });
const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
const own = testAgent({ key: 2 });
const router = (state: 'up' | 'down') =>
  probe(state, {
    name: 'wan/dinkes/kantor',
    pd: 'dinkes',
    site: 'kantor',
    ...(state === 'up' ? { roundTripSeconds: 0.02 } : {}),
  });

/** Ten in the morning: for twenty minutes up, for ten down, then for two hours nobody at the Pusat Data looks. */
async function served(patch: Partial<PantauConfig> = {}) {
  const bench = await judgingBench({
    config: { ...config, ...patch },
    agents: [vantage, own],
    startsAtMs: appStartsAtMs,
  });
  for (let minute = 0; minute < 30; minute += 1) {
    const report = vantage.report(appStartsAtMs + minute * minuteMs, { probes: [router(minute < 20 ? 'up' : 'down')] });
    await bench.send(vantage, [report]);
    await bench.pass(minuteMs);
  }
  await bench.pass(120 * minuteMs);
  return bench;
}

async function rowsOf(
  bench: Awaited<ReturnType<typeof served>>,
  query: string,
  name = 'availability',
): Promise<Record<string, unknown>[]> {
  const { get } = await serve(bench);
  return ((await (await get(`/api/v1/${name}?${query}`)).json()) as { items: Record<string, unknown>[] }).items;
}

describe('the availability that the API tells', () => {
  it('has what came a moment ago, hour by hour', async () => {
    const rows = await rowsOf(await served(), 'pd=dinkes&layer=wan&per=hour');

    expect(rows.slice(0, -3).every((row) => row['unknownSeconds'] === 0)).toBe(true);
    expect(rows.slice(-3)).toEqual([
      {
        pd: 'dinkes',
        site: 'kantor',
        layer: 'wan',
        period: '2026-11-22T10',
        from: '2026-11-22T10:00:00.000+07:00',
        until: '2026-11-22T11:00:00.000+07:00',
        upSeconds: 1200,
        downSeconds: 9 * 60 + 90,
        unknownSeconds: 3600 - 1200 - 630,
        maintenanceSeconds: 0,
        availabilityRatio: 1200 / 1830,
        coverageRatio: 1830 / 3600,
        upRoundCount: 20,
        downRoundCount: 10,
        unknownRoundCount: 0,
        lossRatio: 1 - 100 / 150,
        roundTripMeanSeconds: 0.02,
        roundTripMaxSeconds: 0.02,
        revision: 0,
        restatedAt: null,
      },
      expect.objectContaining({ period: '2026-11-22T11', unknownSeconds: 3600, availabilityRatio: null }),
      expect.objectContaining({ period: '2026-11-22T12', unknownSeconds: 1800, coverageRatio: 0 }),
    ]);
  });

  it('is restated with a revision when the site tells what happened', async () => {
    const before = await rowsOf(await served(), 'pd=dinkes&site=kantor&layer=wan&per=day');
    const bench = await served();
    const spooled = Array.from({ length: 120 }, (_, at) =>
      own.report(appStartsAtMs + (30 + at) * minuteMs, { probes: [probe('down')] }),
    );
    for (let at = 0; at < spooled.length; at += 50) await bench.send(own, spooled.slice(at, at + 50));
    const after = await rowsOf(bench, 'pd=dinkes&site=kantor&layer=wan&per=day');

    expect(before.at(-1)).toMatchObject({ upSeconds: 1200, downSeconds: 630, unknownSeconds: 7170, revision: 0 });
    // The hours of ten and of eleven were complete; the two bodies that reach into the latter are two revisions of it.
    expect(after.at(-1)).toMatchObject({
      upSeconds: 1200,
      downSeconds: 7800,
      unknownSeconds: 0,
      revision: 3,
      restatedAt: '2026-11-22T12:30:00.000+07:00',
    });
  });

  it('counts planned work apart', async () => {
    const maintenance = [{ reason: 'r', pd: 'dinkes', from: '2026-11-22T10:25', until: '2026-11-22T11:00' }];
    const [row] = await rowsOf(
      await served({ maintenance }),
      'pd=dinkes&per=hour&from=2026-11-22T10:00&until=2026-11-22T11:00',
    );

    expect(row).toMatchObject({ upSeconds: 1200, downSeconds: 300, unknownSeconds: 0, maintenanceSeconds: 2100 });
  });

  it('takes instants with a zone, and cuts the first and the last row', async () => {
    const rows = await rowsOf(
      await served(),
      'per=month&from=2026-11-22T03:10:00Z&until=2026-11-22T10:21:00.000%2B07:00',
    );

    expect(rows).toMatchObject([
      { period: '2026-11', from: '2026-11-22T10:10:00.000+07:00', upSeconds: 600, downSeconds: 60, upRoundCount: 10 },
    ]);
  });

  it('says nothing of sites that are not in the configuration any more', async () => {
    const perangkatDaerah = config.perangkatDaerah.map((pd) => (pd.id === 'dinkes' ? { ...pd, sites: [] } : pd));

    expect(await rowsOf(await served({ perangkatDaerah }), 'per=day')).toEqual([]);
  });

  it('is told by stretches of time too', async () => {
    const link = { pd: 'dinkes', site: 'kantor', layer: 'wan' };

    expect(await rowsOf(await served(), 'from=2026-11-22&pd=dinkes', 'link-states')).toEqual([
      { ...link, state: 'up', from: '2026-11-22T10:00:00.000+07:00', until: '2026-11-22T10:20:00.000+07:00' },
      { ...link, state: 'down', from: '2026-11-22T10:20:00.000+07:00', until: '2026-11-22T10:30:30.000+07:00' },
      { ...link, state: 'unknown', from: '2026-11-22T10:30:30.000+07:00', until: '2026-11-22T12:30:00.000+07:00' },
    ]);
  });

  it.each([
    ['per=week', 'per', 'per must be one of hour, day, month.'],
    ['layer=man', 'layer', 'layer must be one of lan, wan, internet, spl, jip, pdn, website.'],
    ['from=2026-02-30', 'from', /^from must be a month, a day or a time/],
    ['until=2026-02-30T00:00:00Z', 'until', /^until must be a month, a day or a time/],
    ['from=yesterday', 'from', /^from must be a month, a day or a time/],
    ['from=2026-11-23&until=2026-11-23', 'from', 'from must be before until.'],
    [
      'per=hour&from=2026-09-01&until=2026-11-01',
      'from',
      'from and until must be at most 32 days apart for what is told by the hour.',
    ],
  ])('refuses %s', async (query, field, detail) => {
    const { get } = await serve(await judgingBench({ config, agents: [vantage, own], startsAtMs: appStartsAtMs }));
    const response = await get(`/api/v1/availability?${query}`);

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      field,
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });
});
