import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { probes } from '../../agent/probes/registry.ts';
import { createProbeRunner } from '../../agent/probes/run-probes.ts';
import { probesFor } from '../../collector/config/agent-probes.ts';
import type { PantauConfig } from '../../collector/config/schema.ts';
import { departmentFacts } from '../../collector/obligations/department-case.ts';
import { createLinkMonths } from '../../collector/obligations/link-months.ts';
import { websiteExists } from '../../collector/obligations/rules/website-exists.ts';
import { createLogger } from '../../shared/logger.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { judgingBench, testConfig } from '../kit/judging-bench.ts';
import { vantage } from '../kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const logger = createLogger(
  () => {},
  () => 0,
);
const runner = createProbeRunner({ probes, logger, clock: { monotonicMs: () => performance.now() } });

/** A page that is there until it is told to go. */
async function page(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((_request, response) => void response.end('Dinas Kesehatan'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  onTestFinished(() => (server.listening ? close() : undefined));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

function withWebsite(website: string): PantauConfig {
  const config = testConfig({ intervalSeconds: 60 });
  const perangkatDaerah = config.perangkatDaerah.map((pd) => (pd.id === 'dinkes' ? { ...pd, website } : pd));
  return { ...config, perangkatDaerah };
}

it('a website that is registered is looked at by the agent at the Pusat Data, and judged for its department', async () => {
  const { url, close } = await page();
  const config = withWebsite(url);
  const targets = probesFor(config, { pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] }, []);
  // Before the clock is the test's own: the page is asked for in earnest.
  const answered: ReportProbe[] = await runner.run(targets);
  await close();
  const silent: ReportProbe[] = await runner.run(targets);
  expect(
    [...answered, ...silent].map(({ name, layer, state, httpStatus }) => ({ name, layer, state, httpStatus })),
  ).toEqual([
    { name: 'website/dinkes/127-0-0-1', layer: 'website', state: 'up', httpStatus: 200 },
    { name: 'website/dinkes/127-0-0-1', layer: 'website', state: 'down', httpStatus: undefined },
  ]);

  const watcher = vantage();
  const bench = await judgingBench({ config, agents: [watcher], startsAtMs });
  const view = () => ({ config, fleet: bench.fleet, nowMs: bench.clock.nowMs(), startedAtMs: startsAtMs });
  const judged = async () =>
    websiteExists.judge(await departmentFacts(view(), 'dinkes', bench.store), {}, bench.clock.nowMs());
  expect(await judged()).toMatchObject({ status: 'no-evidence', reasonCode: 'not-looked-at' });

  for (let minute = 0; minute < 60; minute += 5) {
    await bench.send(watcher, [watcher.report(bench.clock.nowMs(), { probes: minute < 30 ? answered : silent })]);
    await bench.pass(5 * 60_000, 5 * 60_000);
  }
  const lastUpAtMs = startsAtMs + 25 * 60_000;
  expect((await judged()).reasonArgs).toEqual({ host: '127.0.0.1', lastUpAtMs });
  const merged = bench.store.history.catchUp([watcher.row.key]);
  await vi.advanceTimersByTimeAsync(1000);
  await merged;
  const months = await createLinkMonths().of('dinkes', 'website', { ...bench, config, nowMs: bench.clock.nowMs() });
  const present = months.find(({ month }) => month === '2026-11');
  expect(present).toMatchObject({ site: '127-0-0-1', upSeconds: 30 * 60, downSeconds: 30 * 60 });
  expect(present?.record?.agent).toBe(watcher.id);
});
