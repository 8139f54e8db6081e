import { expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { routerReading, testAgent } from '../../test/kit/test-agent.ts';
import { formatSample, samplesOf } from './exposition.ts';
import { siteFamilies } from './site-families.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const name = 'pantau_site_traffic_p95_bytes_per_second';

it('shows the 95th percentile as soon as there is one, also when it was asked for a moment before', async () => {
  const agent = testAgent({ pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
  const config = testConfig({ intervalSeconds: 60, routerAddress: '10.20.1.1' });
  const bench = await judgingBench({ config, agents: [agent], startsAtMs });
  const shown = () =>
    siteFamilies
      .filter((family) => family.name === name)
      .flatMap((family) => [...samplesOf(family, { ...bench, nowMs: bench.clock.nowMs() })])
      .map((sample) => formatSample(name, sample));
  expect(shown()).toEqual([]);

  const routers = [routerReading(startsAtMs, { pd: 'dinkes', site: 'kantor' })];
  await bench.send(agent, [agent.report(startsAtMs, { routers })]);

  expect(shown()).toEqual([
    `${name}{pd="dinkes",site="kantor",direction="down"} 10000\n`,
    `${name}{pd="dinkes",site="kantor",direction="up"} 1000\n`,
  ]);
});
