import { describe, expect, it } from 'vitest';
import type { Report } from '../../shared/report-schema.ts';
import { backup, probe, type TestAgent, testAgent } from '../../test/kit/test-agent.ts';
import type { FactChanges } from '../store/store.ts';
import { createFleet, type Fleet } from './fleet.ts';
import type { TouchedFacts } from './touched-facts.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;

function fleetWith(...agents: TestAgent[]): Fleet {
  const fleet = createFleet();
  for (const agent of agents) fleet.addAgent(agent.row);
  return fleet;
}

/** Takes all reports as one commit that reached the disk. */
function take(
  fleet: Fleet,
  agent: TestAgent,
  reports: readonly Report[],
  late: readonly Report[] = [],
): { changes: FactChanges; touched: TouchedFacts } {
  const batch = agent.batch(reports, nowMs, (report) => late.includes(report));
  const staged = fleet.stage(
    [batch],
    reports.map((_, place) => ({ batch: 0, place })),
  );
  return { changes: staged.changes, touched: staged.apply() };
}

const present = (fleet: Fleet, agent: TestAgent) => fleet.agent(agent.id)?.present;
const link = (fleet: Fleet, agent: TestAgent, name = 'wan') => fleet.agent(agent.id)?.links.get(name);

describe('the fleet', () => {
  it('knows nothing of a commit until it is on disk', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    const report = agent.report(nowMs, { probes: [probe('up')], backups: [backup(nowMs - 1000)] });
    const staged = fleet.stage([agent.batch([report], nowMs)], [{ batch: 0, place: 0 }]);

    expect([present(fleet, agent), link(fleet, agent), fleet.dataset('dinkes/simpus')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    staged.apply();
    expect(present(fleet, agent)?.report).toBe(report);
    expect(link(fleet, agent)?.state).toBe('up');
    expect(fleet.dataset('dinkes/simpus')?.successes).toHaveLength(1);
  });

  it('takes only the reports that were new', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    const reports = [agent.report(nowMs - minuteMs), agent.report(nowMs)];
    fleet.stage([agent.batch(reports, nowMs)], [{ batch: 0, place: 0 }]).apply();

    expect(present(fleet, agent)?.takenAtMs).toBe(nowMs - minuteMs);
  });

  it('counts the rounds of a batch in the order in which they happened', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    const rounds = (['up', 'down', 'down', 'down'] as const).map((state, index) =>
      agent.report(nowMs + index * minuteMs, { probes: [probe(state)] }),
    );
    take(
      fleet,
      agent,
      [2, 0, 3, 1].map((index) => rounds[index] as Report),
    );

    expect(link(fleet, agent)).toMatchObject({ state: 'down', sinceMs: nowMs + minuteMs });
    expect(present(fleet, agent)?.report).toBe(rounds[3]);
  });

  it('lets late reports repair history and leaves the present alone', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    take(fleet, agent, [agent.report(nowMs, { probes: [probe('up')] })]);
    const before = fleet.agent(agent.id);
    const old = [1, 2, 3, 4].map((day) =>
      agent.report(nowMs - day * 86_400_000, { probes: [probe('down')], backups: [backup(nowMs - day * 86_400_000)] }),
    );
    const { changes, touched } = take(fleet, agent, old, old);

    expect(fleet.agent(agent.id)).toEqual(before);
    expect(changes.links).toEqual([]);
    expect([...touched.agents, ...touched.sites]).toEqual([]);
    expect([...touched.datasets]).toEqual(['dinkes/simpus']);
    expect(fleet.dataset('dinkes/simpus')?.successes).toHaveLength(4);
  });

  it('does not go back to an older report even when nobody marked it as late', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    take(fleet, agent, [agent.report(nowMs)]);
    take(fleet, agent, [agent.report(nowMs - minuteMs)]);

    expect(present(fleet, agent)?.takenAtMs).toBe(nowMs);
  });

  it('keeps a link while its slow round outlasts a report', () => {
    const agent = testAgent({ intervalSeconds: 1 });
    const fleet = fleetWith(agent);
    for (let second = 0; second < 30; second += 1) {
      const probes = second % 6 === 5 ? { probes: [probe('down')] } : {};
      take(fleet, agent, [agent.report(nowMs + second * 1000, probes)]);
    }

    expect(link(fleet, agent)).toMatchObject({ state: 'down', badRounds: 5, sinceMs: nowMs + 5000 });
  });

  it('keeps a link that is probed seldom until two of its rounds are missing', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    take(fleet, agent, [agent.report(nowMs, { probes: [probe('up', { everySeconds: 900 })] })]);
    take(fleet, agent, [agent.report(nowMs + 35 * minuteMs)]);
    expect(link(fleet, agent)?.state).toBe('up');
    take(fleet, agent, [agent.report(nowMs + 40 * minuteMs)]);

    expect(link(fleet, agent)).toBeUndefined();
  });

  it('drops a link that is no longer probed, tells the store and its site', () => {
    const agent = testAgent({ roles: ['vantage'], pd: 'diskominfo', site: 'pusat-data' });
    const fleet = fleetWith(agent);
    const other = probe('up', { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor' });
    take(fleet, agent, [agent.report(nowMs, { probes: [other, probe('up')] })]);
    take(fleet, agent, [agent.report(nowMs + 3 * minuteMs, { probes: [probe('up')] })]);
    expect(link(fleet, agent, 'wan/dinkes/kantor')?.state).toBe('up');

    const { changes, touched } = take(fleet, agent, [agent.report(nowMs + 4 * minuteMs, { probes: [probe('up')] })]);

    expect(link(fleet, agent, 'wan/dinkes/kantor')).toBeUndefined();
    expect(changes.removedLinks).toEqual([{ proberKey: 1, probe: 'wan/dinkes/kantor' }]);
    expect(touched.sites).toContain('dinkes/kantor');
  });

  it('writes a link only when it changes', () => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    const states = (['up', 'up', 'down', 'down', 'down', 'down'] as const).map((state, index) => {
      const report = agent.report(nowMs + index * minuteMs, { probes: [probe(state)] });
      return take(fleet, agent, [report]).changes.links.map((row) => row.state);
    });

    expect(states).toEqual([['up'], [], [], [], ['down'], []]);
  });

  it('lets only a vantage speak for another department or site', () => {
    const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
    const other = testAgent({ key: 2, pd: 'dinsos', site: 'kantor' });
    const fleet = fleetWith(vantage, other);
    const foreign = probe('down', { pd: 'dinkes', site: 'kantor' });
    take(fleet, vantage, [vantage.report(nowMs, { probes: [foreign] })]);
    const { touched } = take(fleet, other, [other.report(nowMs, { probes: [foreign] })]);

    expect(link(fleet, vantage)).toMatchObject({ pd: 'dinkes', site: 'kantor' });
    expect(link(fleet, other)).toMatchObject({ pd: 'dinsos', site: 'kantor' });
    expect([...touched.sites]).toEqual(['dinsos/kantor']);
  });

  it('writes the inventory that a report brings', () => {
    const agent = testAgent();
    const empty = { takenAt: '2026-11-22T03:00:00Z', system: {}, os: {}, cpu: {} };
    const inventory = { ...empty, disks: [], interfaces: [], listening: [] };
    const { changes } = take(fleetWith(agent), agent, [agent.report(nowMs, { inventory })]);

    expect(changes.inventories).toEqual([{ agentKey: 1, takenAtMs: nowMs, body: JSON.stringify(inventory) }]);
  });
});

describe('a claim of a backup', () => {
  const completedAt = (claimedMs: number, takenAtMs: number, clockErrorMs: number) => {
    const agent = testAgent();
    const fleet = fleetWith(agent);
    const report = agent.report(takenAtMs + clockErrorMs, { backups: [backup(claimedMs)] });
    const batch = agent.batch([report], takenAtMs);
    // Intake has found out when the report was really taken.
    const [timing] = batch.batch.reports;
    if (timing !== undefined) timing.takenAtMs = takenAtMs;
    fleet.stage([batch], [{ batch: 0, place: 0 }]).apply();
    const facts = fleet.dataset('dinkes/simpus');
    return { completedAtMs: facts?.successes[0]?.completedAtMs, looked: facts?.lastLook?.outcome };
  };
  const hourMs = 60 * minuteMs;

  it('keeps its own time when the clock of the machine is right', () => {
    expect(completedAt(nowMs - hourMs, nowMs, 0).completedAtMs).toBe(nowMs - hourMs);
  });

  it.each([
    ['seven hours ahead', 7 * hourMs],
    ['seven hours behind', -7 * hourMs],
  ])('is corrected when the clock of the machine is %s', (_name, errorMs) => {
    expect(completedAt(nowMs - hourMs + errorMs, nowMs, errorMs).completedAtMs).toBe(nowMs - hourMs);
  });

  it('keeps the time of a file that was written before the clock died', () => {
    const dead = Date.parse('1970-01-01T00:10:00Z') - nowMs;

    expect(completedAt(nowMs - 24 * hourMs, nowMs, dead).completedAtMs).toBe(nowMs - 24 * hourMs);
  });

  it('is only a look when it lies in the future: nothing can be completed then', () => {
    expect(completedAt(nowMs + hourMs, nowMs, 0)).toEqual({ completedAtMs: undefined, looked: 'ok' });
  });

  it('may lie a little ahead, as clocks do', () => {
    expect(completedAt(nowMs + 20_000, nowMs, 0).completedAtMs).toBe(nowMs + 20_000);
  });
});
