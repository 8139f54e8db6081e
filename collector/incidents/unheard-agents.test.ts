import { describe, expect, it } from 'vitest';
import type { State } from '../../shared/states.ts';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { probe, type TestAgent, testAgent } from '../../test/kit/test-agent.ts';
import { minutes, routerProbes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');

describe('an agent at the Pusat Data', () => {
  it('that is not heard any more is told of once, and so is its return: whatever it measured is not known', async () => {
    const watcher = vantage();
    const server = testAgent({ key: 2, pd: 'pd-0' });
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [watcher, server], startsAtMs });
    await minutes(bench, watcher, 5, () => 'up');
    for (let minute = 0; minute < 60; minute += 1) {
      await bench.send(server, [server.report(bench.clock.nowMs())]);
      if (minute === 30) await bench.restart();
      await bench.pass(60_000, 10_000);
    }
    expect(bench.verdict('diskominfo/pusat-data', 'lebong-41-1-ketersediaan-server')).toBe(
      'breached unheard-at-pusat-data',
    );
    expect(bench.notices()).toEqual(['kait opened pusat-data unheard-at-pusat-data']);
    expect(bench.judging.openIncidents()).toMatchObject([
      { owner: 'Dinas Komunikasi dan Informatika', severity: 'critical', sinceMs: startsAtMs + 4 * 60_000 },
    ]);
    await minutes(bench, watcher, 2, () => 'up');

    expect(bench.notices()).toEqual(['kait resolved pusat-data unheard-at-pusat-data']);
  });
});

describe('an agent on a router', () => {
  const host = (state: State) => probe(state, { name: 'lan/1', layer: 'lan', target: '10.21.0.10' });
  const asSeen = (server: State) => [
    ...routerProbes(['up']),
    probe(server, {
      name: 'server/pd-0/kantor/server-1',
      layer: 'lan',
      pd: 'pd-0',
      site: 'kantor',
      node: 'server-1',
      target: '10.21.0.10',
    }),
  ];

  async function office() {
    const [watcher, server] = [vantage(), testAgent({ key: 2, pd: 'pd-0' })];
    const gateway = testAgent({ key: 3, pd: 'pd-0', node: 'gw-1' });
    const config = widePemda({ siteCount: 1 });
    const bench = await judgingBench({ config, agents: [watcher, server, gateway], startsAtMs });
    bench.fleet.addAgent({ ...gateway.row, tokenHash: 'a'.repeat(64) });
    const rounds = async (count: number, state: State, heard: readonly TestAgent[]) => {
      for (let minute = 0; minute < count; minute += 1) {
        const nowMs = bench.clock.nowMs();
        await bench.send(watcher, [watcher.report(nowMs, { probes: asSeen(state) })]);
        for (const each of heard) {
          await bench.send(each, [each.report(nowMs, { probes: each === gateway ? [host(state)] : [] })]);
        }
        await bench.pass(60_000, 10_000);
      }
    };
    return { bench, rounds, server, gateway };
  }

  it('is no server that lives, and what it pings is no gateway: a dead server behind it is one fault', async () => {
    const { bench, rounds, server, gateway } = await office();
    await rounds(5, 'up', [server, gateway]);
    await rounds(10, 'down', [gateway]);
    expect(bench.notices()).toEqual(['kait opened kantor lan-or-server-down']);
    await rounds(5, 'up', [server, gateway]);

    expect(bench.notices()).toEqual(['kait resolved kantor lan-or-server-down']);
  });

  it('that stops is a note to Diskominfo while the router works', async () => {
    const { bench, rounds, server, gateway } = await office();
    await rounds(5, 'up', [server, gateway]);
    await rounds(10, 'up', [server]);

    expect(bench.notices()).toEqual(['kait opened kantor router-agent-stopped']);
    expect(bench.judging.openIncidents()).toMatchObject([
      { owner: 'Dinas Komunikasi dan Informatika', severity: 'warning' },
    ]);
    await rounds(3, 'up', [server, gateway]);
    expect(bench.notices()).toEqual(['kait resolved kantor router-agent-stopped']);
  });
});

describe('an agent whose machine cannot be seen from the Pusat Data', () => {
  it('and that is silent for a quarter of an hour behind a WAN that works, is told of to both who may have to act', async () => {
    const [watcher, server] = [vantage(), testAgent({ key: 2, pd: 'pd-0' })];
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [watcher, server], startsAtMs });
    const heard = async () => void (await bench.send(server, [server.report(bench.clock.nowMs())]));
    await minutes(bench, watcher, 5, () => 'up', heard);
    await minutes(bench, watcher, 15, () => 'up');
    expect(bench.verdict('pd-0/kantor', 'lebong-41-1-ketersediaan-server')).toBe('no-evidence silent-undetermined');
    expect(bench.notices()).toEqual([]);
    await minutes(bench, watcher, 10, () => 'up');
    expect(bench.notices()).toEqual(['kait opened kantor agent-silent']);
    expect(bench.judging.openIncidents()).toMatchObject([
      { owner: 'Dinas 0 dan Dinas Komunikasi dan Informatika', severity: 'warning' },
    ]);
    await minutes(bench, watcher, 2, () => 'up', heard);

    expect(bench.notices()).toEqual(['kait resolved kantor agent-silent']);
  });

  it('is not told of after an outage of the WAN until it had as long to come back', async () => {
    const [watcher, server] = [vantage(), testAgent({ key: 2, pd: 'pd-0' })];
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [watcher, server], startsAtMs });
    const heard = async () => void (await bench.send(server, [server.report(bench.clock.nowMs())]));
    await minutes(bench, watcher, 5, () => 'up', heard);
    await minutes(bench, watcher, 40, () => 'down');
    await minutes(bench, watcher, 12, () => 'up');
    await minutes(bench, watcher, 5, () => 'up', heard);

    expect(bench.notices()).toEqual(['kait opened kantor wan-down', 'kait resolved kantor wan-down']);
  });
});
