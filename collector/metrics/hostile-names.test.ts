import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, probe, routerReading, testAgent } from '../../test/kit/test-agent.ts';
import { needs } from '../../test/requirements.ts';
import { measured, pageOf } from './page-of.test-kit.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const hostile = [
  '"} 1\\n# TYPE x',
  '\\',
  '\u2028 \u0085 \ufeff',
  '\ud800',
  // Written in UTF-8 it is the same as the one before.
  '\udfff',
  '</script>',
  '{{x}}',
  '$(reboot)',
  '%n',
  '🦟',
];
const asWritten = new Set(hostile.map((name) => Buffer.from(name).toString()));

const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const given = testConfig({ intervalSeconds: 60, datasets: [simpus], routerAddress: '10.20.1.1' });
const name = hostile.join(' ');
const config = {
  ...given,
  pemda: { ...given.pemda, name },
  perangkatDaerah: given.perangkatDaerah.map((pd) => ({
    ...pd,
    name,
    sites: pd.sites.map((site) => ({ ...site, name, area: name })),
    datasets: pd.datasets.map((dataset) => ({ ...dataset, name })),
  })),
};

/** Two machines at two places that call everything by such names. */
async function hostilePage(): Promise<string> {
  const agents = [testAgent({ key: 1 }), testAgent({ key: 2, node: 'server-2', pd: 'diskominfo', site: 'pusat-data' })];
  const bench = await judgingBench({ config, agents, startsAtMs });
  for (const agent of agents) {
    const report = agent.report(startsAtMs, {
      ...measured,
      interfaces: hostile.map((each) => ({ name: each, up: true, receiveBytes: 1, transmitBytes: 1 })),
      filesystems: hostile.map((mount) => ({ mount, device: mount, type: mount, sizeBytes: 1, availableBytes: 0 })),
      probes: hostile.map((target) => probe('down', { name: target, target })),
      routers: [
        routerReading(startsAtMs, {
          address: name,
          interfaces: hostile.map((each) => ({ name: each, up: true, epoch: 1, receiveBytes: 1 })),
        }),
      ],
      backups: [backup(startsAtMs - 3_600_000)],
    });
    await bench.send(agent, [report]);
  }
  return pageOf(bench, true);
}

describe('names that somebody chose to do harm', () => {
  it('stand on the page once each, however they are written', async () => {
    const lines = Buffer.from(await hostilePage())
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const series = lines.map((line) => line.slice(0, line.lastIndexOf(' ')));
    const countOf = (family: string) => series.filter((each) => each.startsWith(`${family}{`)).length;

    expect(series.filter((each, place) => series.indexOf(each) !== place)).toEqual([]);
    expect(lines.filter((line) => !/^[a-z_0-9]+(\{([a-z_]+="([^"\\]|\\[\\"n])*",?)+\})? \S+$/u.test(line))).toEqual([]);
    for (const family of [
      'pantau_interface_up',
      'pantau_node_filesystem_size_bytes',
      'pantau_link_up',
      'probe_success',
      'pantau_router_interface_up',
    ])
      // prettier-ignore
      expect([family, countOf(family)]).toEqual([family, 2 * asWritten.size]);
  });

  const needed = needs({ tools: ['promtool'] });

  it.skipIf(!needed.ok)(`pass promtool without a word ${needed.reason}`, async () => {
    const input = await hostilePage();
    const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });

    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });
});
