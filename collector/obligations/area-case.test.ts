import { expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { probe } from '../../test/kit/test-agent.ts';
import { vantage, widePemda } from '../../test/kit/wide-pemda.ts';
import { areaFacts } from './area-case.ts';
import { wholePemda } from './areas.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');

it('a website that had no turn does not hide that the Pusat Data cannot look out', async () => {
  const watcher = vantage();
  const config = widePemda({ siteCount: 1 });
  const bench = await judgingBench({ config, agents: [watcher], startsAtMs });
  const router = { name: 'wan/pd-0/kantor', pd: 'pd-0', site: 'kantor', target: '10.21.0.1' };
  const website = probe('up', {
    name: 'website/pd-0/a-go-id',
    kind: 'http',
    layer: 'website',
    pd: 'pd-0',
    site: 'a-go-id',
    everySeconds: 300,
  });
  await bench.send(watcher, [watcher.report(startsAtMs, { probes: [probe('up', router), website] })]);
  await bench.pass(60_000);
  const nowMs = bench.clock.nowMs();
  const blind = probe('unknown', { ...router, reason: 'own-uplink-down' });
  await bench.send(watcher, [watcher.report(nowMs, { probes: [blind] })]);

  const { fleet } = bench;
  const about = { wanVerdict: () => undefined, isMaintained: () => false, ongoing: undefined };
  const facts = areaFacts({ config, fleet, nowMs, startedAtMs: startsAtMs, ...about }, wholePemda);

  expect(facts.vantages).toMatchObject([{ node: 'pemantau', state: 'own-uplink-down' }]);
  expect(facts.watchedSites).toEqual(['pd-0/kantor']);
});
