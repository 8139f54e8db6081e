import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, probe, testAgent } from '../../test/kit/test-agent.ts';
import { needs } from '../../test/requirements.ts';
import { measured, pageOf } from './page-of.test-kit.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({ intervalSeconds: 60, datasets: [simpus], routerAddress: '10.20.1.1' });

const needed = needs({ tools: ['promtool'] });

describe.skipIf(!needed.ok)(`the whole page ${needed.reason}`, () => {
  it('passes promtool without a word, hostile names and all', async () => {
    const agents = [
      testAgent({ key: 1 }),
      testAgent({ key: 2, node: 'server-2', pd: 'diskominfo', site: 'pusat-data' }),
    ];
    const bench = await judgingBench({ config, agents, startsAtMs });
    const hostile = [
      '"} 1\\n# TYPE x',
      '\\',
      '\u2028 \u0085 \ufeff',
      '\ud800',
      '</script>',
      '{{x}}',
      '$(reboot)',
      '%n',
      '🦟',
    ];
    for (const agent of agents) {
      const report = agent.report(startsAtMs, {
        ...measured,
        interfaces: hostile.map((name) => ({ name, up: true, receiveBytes: 1, transmitBytes: 1 })),
        filesystems: hostile.map((mount) => ({ mount, device: mount, type: mount, sizeBytes: 1, availableBytes: 0 })),
        probes: hostile.map((target) => probe('down', { name: target, target })),
        backups: [backup(startsAtMs - 3_600_000)],
      });
      await bench.send(agent, [report]);
    }
    await bench.pass(26 * 3_600_000, 30 * 60_000);
    await bench.send(agents[0] ?? testAgent(), [(agents[0] ?? testAgent()).report(bench.clock.nowMs(), measured)]);
    const page = await pageOf(bench, true);
    const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });

    expect(page.split('\n').length).toBeGreaterThan(100);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });
});
