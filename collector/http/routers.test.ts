import { describe, expect, it } from 'vitest';
import type { Report, ReportRouter } from '../../shared/report-schema.ts';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { appStartsAtMs, serve } from '../../test/kit/served-app.ts';
import { testAgent } from '../../test/kit/test-agent.ts';

const config = testConfig({ intervalSeconds: 60, routerAddress: '10.20.1.1' });
const site = config.perangkatDaerah[1]?.sites[0];
if (site !== undefined) site.approvedBandwidth = { down: 0.08, up: 0.08 };
const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'pemantau', roles: ['vantage'] });
const iso = (atMs: number) => new Date(atMs).toISOString();

const reading = (takenAtMs: number, patch: Partial<ReportRouter> = {}): ReportRouter => ({
  pd: 'dinkes',
  site: 'kantor',
  address: '10.20.1.1',
  reader: 'snmp',
  state: 'up',
  takenAt: iso(takenAtMs),
  previousTakenAt: iso(takenAtMs - 300_000),
  durationSeconds: 0.2,
  bootedAt: iso(takenAtMs - 86_400_000),
  system: { name: 'r-dinkes', version: '7.11.2', board: 'hEX' },
  temperatureCelsius: 41,
  interfaces: [
    {
      name: 'ether1',
      alias: 'ke Pusat Data',
      up: true,
      epoch: 1,
      isWan: true,
      receiveBytes: 9e9,
      transmitBytes: 4,
      receiveGrowthBytes: 3_000_000,
      transmitGrowthBytes: 30_000,
      speedBitsPerSecond: 1e9,
    },
    { name: 'ether2', up: false, enabled: false, epoch: 1 },
  ],
  ...patch,
});

async function served(readings: ReportRouter[], patch: Partial<Report> = {}) {
  const bench = await judgingBench({ config, agents: [vantage], startsAtMs: appStartsAtMs });
  await bench.send(vantage, [vantage.report(appStartsAtMs, { routers: readings, ...patch })]);
  const { get } = await serve(bench);
  return async (path: string) => ((await (await get(`/api/v1/${path}`)).json()) as { items: unknown[] }).items;
}

describe('what the API tells of routers', () => {
  it('is what they are and what their interfaces carry now', async () => {
    const items = await served([reading(appStartsAtMs)]);

    expect(await items('routers?pd=dinkes')).toMatchObject([
      {
        pd: 'dinkes',
        site: 'kantor',
        node: 'pemantau',
        state: 'up',
        version: '7.11.2',
        serial: null,
        temperatureCelsius: 41,
        voltageVolts: null,
        interfaces: [
          {
            name: 'ether1',
            alias: 'ke Pusat Data',
            isWan: true,
            receiveBytesPerSecond: 10_000,
            transmitBytesPerSecond: 100,
          },
          { name: 'ether2', up: false, enabled: false, receiveBytesPerSecond: null },
        ],
      },
    ]);
    expect(await items('routers?pd=diskominfo')).toEqual([]);
  });

  it('is unknown, not up, when the reading is old', async () => {
    const items = await served([reading(appStartsAtMs - 601_000)]);

    expect(await items('routers')).toMatchObject([{ state: 'unknown', reason: 'reading-old' }]);
  });

  it('is unknown, not down, when it no longer speaks to its reader and answers pings all the same', async () => {
    const silent = reading(appStartsAtMs, { state: 'down', reason: 'timeout', interfaces: [] });
    const ping = (state: 'up' | 'down') => [
      {
        name: 'wan/dinkes/kantor',
        kind: 'icmp',
        layer: 'wan' as const,
        target: '10.20.1.1',
        pd: 'dinkes',
        site: 'kantor',
        state,
        sentCount: 5,
        receivedCount: state === 'up' ? 5 : 0,
      },
    ];
    const alive = await served([silent], { probes: ping('up') });
    const dead = await served([silent], { probes: ping('down') });

    expect(await alive('routers')).toMatchObject([{ state: 'unknown', reason: 'timeout' }]);
    expect(await dead('routers')).toMatchObject([{ state: 'down', reason: 'timeout' }]);
  });

  it('is how much of its approval a site used, and how much of the time that is known of', async () => {
    const items = await served([reading(appStartsAtMs)]);

    const [day] = await items('bandwidth-days?pd=dinkes&from=2026-11-22&to=2026-11-22');
    expect(day).toEqual({
      pd: 'dinkes',
      site: 'kantor',
      from: '2026-11-22T00:00:00.000+07:00',
      until: '2026-11-23T00:00:00.000+07:00',
      period: '2026-11-22',
      measuredSeconds: 300,
      saturatedSeconds: 300,
      down: { bytes: 3_000_000, approved: 10_000, p95: 10_000, mean: 10_000, peak: 10_000 },
      up: { bytes: 30_000, approved: 10_000, p95: 100, mean: 100, peak: 100 },
      revision: 0,
      restatedAt: null,
    });
    expect(await items('bandwidth-months?site=kantor')).toMatchObject([
      { period: '2026-11', down: { bytes: 3_000_000 } },
    ]);
    expect(await items('bandwidth-days?from=2026-11-21&to=2026-11-21')).toEqual([]);
  });
});
