import { describe, expect, it } from 'vitest';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { State } from '../../shared/states.ts';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import { minutes, routerProbes, siteName, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const all = (count: number) => Array.from({ length: count }, (_, number) => siteName(number)).toSorted();

describe('sites that lose the WAN', () => {
  it('together, fifty of them, are one incident and one notice, which ends once', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 50 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    await minutes(bench, agent, 6, () => 'down');

    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    expect(bench.judging.openIncidents()).toMatchObject([
      { subject: 'wilayah/*', pd: 'diskominfo', cause: 'backbone-down', sites: all(50) },
    ]);
    expect(bench.verdict('pd-7/kantor')).toBe('breached wan-down');
    expect(bench.judging.heldBackBy({ obligation: 'lebong-21-5-a-wan-oleh-dinas', subject: 'pd-7/kantor' })).toEqual({
      kind: 'parent',
      obligation: 'lebong-21-5-a-wan-oleh-dinas',
      subject: 'wilayah/*',
    });
    await minutes(bench, agent, 4, () => 'up');
    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down']);
    expect(bench.judging.openIncidents()).toEqual([]);
  });

  it('alone is one incident of its own, after a moment in which others could have followed', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    await minutes(bench, agent, 3, (number) => (number === 4 ? 'down' : 'up'));
    expect(bench.verdict('pd-4/kantor')).toBe('breached wan-down');
    expect(bench.judging.heldBackBy({ obligation: 'lebong-21-5-a-wan-oleh-dinas', subject: 'pd-4/kantor' })).toEqual({
      kind: 'gathering',
      untilMs: startsAtMs + 4 * 60_000 + 90_000,
    });
    expect(bench.notices()).toEqual([]);
    await minutes(bench, agent, 3, (number) => (number === 4 ? 'down' : 'up'));

    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    expect(bench.judging.openIncidents()).toMatchObject([{ subject: 'pd-4/kantor', sites: ['pd-4/kantor'] }]);
  });

  it('in one area of four are an incident of that area', async () => {
    const agent = vantage();
    const areaOf = (number: number) => ['topos', 'rimbo', 'amen', 'uram'][number % 4];
    const bench = await judgingBench({ config: widePemda({ siteCount: 20, areaOf }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    await minutes(bench, agent, 6, (number) => (number % 4 === 0 ? 'down' : 'up'));

    expect(bench.notices()).toEqual(['kait opened wilayah/topos backbone-or-power']);
    expect(bench.verdict('wilayah/topos')).toBe('breached backbone-or-power');
    expect(bench.verdict('wilayah/*')).toBe('compliant no-common-outage');
    expect(bench.judging.openIncidents()[0]?.sites).toEqual([0, 4, 8, 12, 16].map(siteName).toSorted());
  });

  it('in all areas, judged one after the other, are one incident of the Pemda', async () => {
    const agent = vantage();
    const areaOf = (number: number) => ['topos', 'rimbo'][number % 2];
    const bench = await judgingBench({ config: widePemda({ siteCount: 12, areaOf }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    // Topos is lost a round before the other.
    await minutes(bench, agent, 8, (number, minute) => (number % 2 === 0 || minute >= 1 ? 'down' : 'up'));

    expect(bench.verdict('wilayah/topos')).toBe('breached backbone-or-power');
    expect(bench.verdict('wilayah/*')).toBe('breached backbone-down');
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    expect(bench.judging.openIncidents()[0]?.sites).toEqual(all(12));
  });

  it('do not take over the incident of a site that was down the day before', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 10, (number) => (number === 0 ? 'down' : 'up'));
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    await minutes(bench, agent, 6, () => 'down');

    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    expect(bench.judging.openIncidents().map(({ subject }) => subject)).toEqual(['pd-0/kantor', 'wilayah/*']);
    expect(bench.judging.openIncidents()[1]?.sites).toEqual(all(10).filter((site) => site !== 'pd-0/kantor'));
  });

  it('open an incident of its own for the one that stays down when the others are back', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 6, () => 'down');
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    await minutes(bench, agent, 6, (number) => (number === 3 ? 'down' : 'up'));

    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down', 'kait opened kantor wan-down']);
    expect(bench.judging.openIncidents()).toMatchObject([{ subject: 'pd-3/kantor' }]);
    await minutes(bench, agent, 3, () => 'up');
    expect(bench.notices()).toEqual(['kait resolved kantor wan-down']);
  });

  it('tell nobody more while they come back in groups, a minute apart', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 6, () => 'down');
    await minutes(bench, agent, 8, (number, minute) => (number >= minute * 4 ? 'down' : 'up'));

    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down', 'kait resolved wilayah/* backbone-down']);
  });

  it('and flap with the backbone are one incident as long as it flaps', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 6, () => 'down');
    // Half of them answer now and then, never for long.
    await minutes(bench, agent, 20, (number, minute) => (number < 4 && minute % 5 < 2 ? 'up' : 'down'));

    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    expect(bench.judging.openIncidents()).toHaveLength(1);
  });

  it('and come and go together are one incident, not one for each', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    await minutes(bench, agent, 40, (_number, minute) => (minute % 3 === 0 ? 'up' : 'down'));

    expect(bench.verdict('pd-3/kantor')).toBe('breached wan-unstable');
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
  });

  it('are told of once although the collector starts anew in the middle, before and after it was told', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 10 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 3, () => 'down');
    await bench.restart();
    await minutes(bench, agent, 4, () => 'down');
    await bench.restart();
    await bench.restart();
    await minutes(bench, agent, 4, () => 'down');
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    await bench.restart();
    await minutes(bench, agent, 3, () => 'up');

    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down']);
    expect(await bench.store.loadIncidents({})).toHaveLength(1);
  });

  it('are no finding, but an outage of the Pusat Data, when its agents cannot look out', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 5 }), agents: [agent], startsAtMs });
    await minutes(bench, agent, 2, () => 'up');
    const blind = async () => {
      const { clock } = bench;
      const probes = bench.config.perangkatDaerah.slice(1).map(({ id }) => ({
        name: `wan/${id}/kantor`,
        kind: 'icmp',
        layer: 'wan' as const,
        pd: id,
        site: 'kantor',
        target: '10.21.0.1',
        state: 'unknown' as const,
        reason: 'own-uplink-down',
        sentCount: 5,
        receivedCount: 0,
      }));
      for (let minute = 0; minute < 6; minute += 1) {
        await bench.send(agent, [agent.report(clock.nowMs(), { probes })]);
        await bench.pass(60_000, 10_000);
      }
    };
    await blind();
    expect(bench.notices()).toEqual(['kait opened wilayah/* pusat-data-uplink-down']);
    expect(bench.verdict('pd-1/kantor')).toMatch(/^no-evidence /);
    await minutes(bench, agent, 2, () => 'up');
    expect(bench.notices()).toEqual(['kait resolved wilayah/* pusat-data-uplink-down']);
  });

  it.each([
    ['and its gateway is silent too, of the Pusat Data', true, ['kait opened wilayah/* pusat-data-uplink-down']],
    ['and no gateway is known, no finding', false, []],
  ])('are, of one site alone %s', async (_name, hasGateway, told) => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent], startsAtMs });
    const look = async (count: number, gateway: State, router: ReportProbe[]) => {
      const lan = hasGateway ? [probe(gateway, { name: 'lan', layer: 'lan', target: '10.10.1.1' })] : [];
      for (let minute = 0; minute < count; minute += 1) {
        await bench.send(agent, [agent.report(bench.clock.nowMs(), { probes: [...lan, ...router] })]);
        await bench.pass(60_000, 10_000);
      }
    };
    await look(3, 'up', routerProbes(['up']));
    await look(
      8,
      'down',
      routerProbes(['unknown']).map((each) => ({ ...each, reason: 'own-uplink-down' })),
    );
    const lanDuty = 'lebong-21-5-lan-perangkat-daerah';
    expect(bench.notices()).toEqual(told);
    expect(bench.verdict('pd-0/kantor')).toBe('no-evidence own-uplink-down');
    expect(bench.verdict('diskominfo/pusat-data', lanDuty)).toBe('no-evidence own-uplink-down');
    await look(3, 'up', routerProbes(['up']));
    expect(bench.notices()).toEqual(told.map((each) => each.replace('opened', 'resolved')));
  });

  it('and are reported from by mobile lines meanwhile, are one incident too', async () => {
    const agent = vantage();
    const servers = Array.from({ length: 4 }, (_, number) => testAgent({ key: number + 2, pd: `pd-${number}` }));
    const config = { ...widePemda({ siteCount: 4 }), jaringanIntra: ['10.0.0.0/8'] };
    const bench = await judgingBench({ config, agents: [agent, ...servers], startsAtMs });
    const heardFrom = (addressOf: (number: number) => string) => async () => {
      for (const [number, server] of servers.entries()) {
        await bench.send(server, [server.report(bench.clock.nowMs())], addressOf(number));
      }
    };
    const inside = heardFrom((number) => `10.21.${number}.10`);
    await minutes(bench, agent, 5, () => 'up', inside);
    await minutes(
      bench,
      agent,
      8,
      () => 'down',
      heardFrom((number) => `203.0.113.${number}`),
    );
    expect(bench.verdict('pd-0/kantor', 'lebong-21-1-penggunaan-jaringan-intra')).toBe(
      'breached outside-while-wan-down',
    );
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    expect(bench.judging.openIncidents()).toMatchObject([{ sites: all(4), sinceMs: startsAtMs + 5 * 60_000 }]);
    await minutes(bench, agent, 4, () => 'up', inside);

    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down']);
  });
});
