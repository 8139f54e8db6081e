import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../shared/report-schema.ts';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { probe, type TestAgent, testAgent } from '../../test/kit/test-agent.ts';
import { createFleet } from '../facts/fleet.ts';
import type { Judging } from '../incidents/judging.ts';
import type { FleetView } from './fleet-view.ts';
import { createRenderedAgents, metricsPage } from './metrics-page.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const config = testConfig({ intervalSeconds: 60 });
const groups = new Set(['node', 'link'] as const);
const own = { families: async () => [] };
/** Groups of agents look at no verdict. */
const judging = {} as Judging;

/** A fleet that the test changes, its page as it is kept from one scrape to the next, and the same page made anew. */
function fleetOfTest(agents: readonly TestAgent[]) {
  const fleet = createFleet();
  const kept = createRenderedAgents();
  let nowMs = startsAtMs;
  for (const agent of agents) fleet.addAgent(agent.row);
  const page = async (rendered = createRenderedAgents()) => {
    const view: FleetView = { config, fleet, judging, nowMs };
    let text = '';
    for await (const piece of metricsPage(view, own, { format: 'text', groups }, rendered)) text += piece.toString();
    return text;
  };
  return {
    fleet,
    page,
    keptPage: () => page(kept),
    pass: (durationMs: number) => void (nowMs += durationMs),
    nowMs: () => nowMs,
    send(agent: TestAgent, report: Report) {
      const batch = agent.batch([report], nowMs);
      fleet.stage([batch], [{ batch: 0, place: 0 }]).apply();
    },
    revoke: (agent: TestAgent) => void fleet.addAgent({ ...agent.row, revokedAtMs: nowMs }),
    enrol: (agent: TestAgent) => void fleet.addAgent(agent.row),
  };
}

const seriesOf = (page: string) =>
  page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));

const card = (name: string) => ({ name, up: true, receiveBytes: 1, transmitBytes: 1 });

describe('what is kept of a page', () => {
  const agents = [
    testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'server-2', roles: ['vantage'] }),
    testAgent({ key: 2, node: 'server-1' }),
    testAgent({ key: 3, node: 'server-2' }),
    testAgent({ key: 4, node: 'server-3' }),
  ];
  const name = fc.constantFrom('eth0', 'eth1', 'é', '情報"\n\\', 'x'.repeat(400));
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        agent: fc.nat(3),
        names: fc.array(name, { maxLength: 40 }),
        busyRatio: fc.double({ min: 0, max: 1, noNaN: true }),
        foreign: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.nat(200) }) },
    fc.record({ do: fc.constantFrom('revoke' as const, 'enrol' as const), agent: fc.nat(3) }),
    { weight: 3, arbitrary: fc.record({ do: fc.constant('scrape' as const) }) },
  );

  it('is the page as it would be made anew, whatever happened between the scrapes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const world = fleetOfTest(agents);
        for (const each of [...steps, { do: 'scrape' as const }]) {
          if (each.do === 'send') {
            const agent = agents[each.agent] as TestAgent;
            const where = each.foreign ? { pd: 'dinkes', site: 'kantor' } : {};
            const probes = each.names.map((target) => probe('up', { name: target, target, ...where }));
            const report = agent.report(world.nowMs(), {
              cpu: { count: 1, busyRatio: each.busyRatio, load1: 0 },
              interfaces: each.names.map(card),
              probes,
            });
            world.send(agent, report);
          } else if (each.do === 'pass') world.pass(each.seconds * 1000);
          else if (each.do === 'revoke') world.revoke(agents[each.agent] as TestAgent);
          else if (each.do === 'enrol') world.enrol(agents[each.agent] as TestAgent);
          else {
            const kept = await world.keptPage();
            const series = seriesOf(kept);

            expect(kept).toBe(await world.page());
            expect(series.length).toBe(new Set(series).size);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells one series once, though two agents speak of the same link of the same node', async () => {
    const world = fleetOfTest(agents);
    const [vantage, , server] = agents as [TestAgent, TestAgent, TestAgent, TestAgent];
    const link = { name: 'wan', target: '10.20.0.1', pd: 'dinkes', site: 'kantor' };
    world.send(vantage, vantage.report(startsAtMs, { probes: [probe('up', link), probe('up', { name: 'own' })] }));
    world.send(server, server.report(startsAtMs, { probes: [probe('up', link)] }));
    const series = seriesOf(await world.keptPage()).filter((each) => each.startsWith('pantau_link_loss_ratio{'));

    expect(series.map((each) => each.replace('pantau_link_loss_ratio', ''))).toEqual([
      '{pd="dinkes",site="kantor",node="server-2",layer="wan",target="10.20.0.1",probe="wan"}',
      '{pd="diskominfo",site="pusat-data",node="server-2",layer="wan",target="10.20.0.1",probe="own"}',
    ]);
  });

  it('is nothing of a node that was revoked, and all of it again when it is enrolled anew', async () => {
    const world = fleetOfTest(agents);
    const [, one, two] = agents as [TestAgent, TestAgent, TestAgent, TestAgent];
    for (const agent of [one, two]) world.send(agent, agent.report(startsAtMs, { interfaces: [card('eth0')] }));
    const before = await world.keptPage();
    world.revoke(one);
    const without = await world.keptPage();
    world.enrol(one);

    expect(before).toContain('pantau_interface_up{pd="dinkes",site="kantor",node="server-1",interface="eth0"} 1\n');
    expect(without).not.toContain('node="server-1"');
    expect(without).toContain('pantau_interface_up{pd="dinkes",site="kantor",node="server-2",interface="eth0"} 1\n');
    expect(await world.keptPage()).toBe(before);
  });
});

describe('many agents', () => {
  it('are kept in several memories, and come in the order of the fleet', async () => {
    const base = testAgent({});
    const many = Array.from({ length: 700 }, (_, number) => {
      const id = `agent-${number}`;
      return { ...base, id, row: { ...base.row, key: number + 1, id, node: `node-${number}` } };
    });
    const world = fleetOfTest(many);
    await world.keptPage();
    for (const agent of many.filter((_, number) => number % 3 === 0)) {
      const batch = { ...base.batch([base.report(startsAtMs)], startsAtMs) };
      batch.batch = { ...batch.batch, agent: agent.id, agentKey: agent.row.key };
      world.fleet.stage([batch], [{ batch: 0, place: 0 }]).apply();
    }
    for (const agent of many.filter((_, number) => number % 5 === 0)) world.revoke(agent);
    const kept = await world.keptPage();
    for (const agent of many.filter((_, number) => number % 5 === 0)) world.enrol(agent);

    expect(seriesOf(kept).filter((each) => each.startsWith('pantau_node_up{')).length).toBe(560);
    expect(await world.keptPage()).toBe(await world.page());
  });

  it('may leave and give their place to others while a scraper still reads', async () => {
    const base = testAgent({});
    const agentNamed = (number: number): TestAgent => {
      const id = `agent-${number}`;
      return { ...base, id, row: { ...base.row, key: number + 1, id, node: `node-${number}-${'x'.repeat(50)}` } };
    };
    const world = fleetOfTest(Array.from({ length: 700 }, (_, number) => agentNamed(number)));
    const rendered = createRenderedAgents();
    const view: FleetView = { config, fleet: world.fleet, judging, nowMs: world.nowMs() };
    const slow = metricsPage(view, own, { format: 'text', groups }, rendered);
    const first = (await slow.next()).value?.toString() ?? '';
    for (let number = 0; number < 700; number += 1) world.revoke(agentNamed(number));
    await world.page(rendered);
    for (let number = 700; number < 1400; number += 1) world.enrol(agentNamed(number));
    await world.page(rendered);
    let rest = '';
    for await (const piece of slow) rest += piece.toString();

    expect(seriesOf(first).length).toBeGreaterThan(100);
    expect(seriesOf(first + rest).filter((each) => /node-(\d{4}|[789]\d\d)-/.test(each))).toEqual([]);
  });
});
