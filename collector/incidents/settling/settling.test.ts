import { describe, expect, it } from 'vitest';
import type { State } from '../../../shared/states.ts';
import type { Report } from '../../../shared/report-schema.ts';
import { judgingBench } from '../../../test/kit/judging-bench.ts';
import { probe, type TestAgent, testAgent } from '../../../test/kit/test-agent.ts';
import { minutes, routerProbes, vantage, widePemda } from '../../../test/kit/wide-pemda.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const lan = (state: State) => probe(state, { name: 'lan', layer: 'lan', target: '10.21.0.1' });

/** A machine that keeps its reports while the WAN is down. */
function server(number = 0, key = 2, node = 'server-1') {
  const agent = testAgent({ key, pd: `pd-${number}`, site: 'kantor', node });
  let bootedAtMs = Date.parse('2026-11-01T00:00:00Z');
  let bootId = 'b007b007';
  const kept: Report[] = [];
  const take = (nowMs: number, gateway: State, queuedCount = kept.length): Report => {
    const uptimeSeconds = (nowMs - bootedAtMs) / 1000;
    const host = { bootId, bootedAt: new Date(bootedAtMs).toISOString(), uptimeSeconds };
    return agent.report(nowMs, { host, probes: [lan(gateway)], spool: { queuedCount, droppedCount: 0 } });
  };
  return {
    agent,
    take,
    keep: (nowMs: number, gateway: State) => void kept.push(take(nowMs, gateway)),
    boot(nowMs: number): void {
      bootedAtMs = nowMs;
      bootId = 'b007b008';
    },
    drained: () => kept.splice(0),
  };
}

type Server = ReturnType<typeof server>;

async function benchOf(servers: readonly Server[], siteCount = 1) {
  const watcher = vantage();
  const agents: TestAgent[] = [watcher, ...servers.map(({ agent }) => agent)];
  const bench = await judgingBench({ config: widePemda({ siteCount }), agents, startsAtMs });
  const send = async (which: Server, reports: readonly Report[]) => void (await bench.send(which.agent, reports));
  /** The WAN is there and everybody reports. */
  const well = (count: number) =>
    minutes(
      bench,
      watcher,
      count,
      () => 'up',
      async () => {
        for (const each of servers) await send(each, [each.take(bench.clock.nowMs(), 'up', 0)]);
      },
    );
  /** The WAN is down; what the machines do is told by `during`. */
  const dark = (count: number, during: (each: Server, minute: number) => void) =>
    minutes(
      bench,
      watcher,
      count,
      () => 'down',
      async (minute) => {
        for (const each of servers) during(each, minute);
      },
    );
  /** The WAN is there, nobody has reported yet; then the newest comes, and a minute later what was kept. */
  const back = async () => {
    await minutes(bench, watcher, 2, () => 'up');
    for (const each of servers) await send(each, [each.take(bench.clock.nowMs(), 'up')]);
    await minutes(bench, watcher, 1, () => 'up');
    for (const each of servers) {
      const reports = each.drained();
      if (reports.length > 0) await send(each, reports);
    }
    await well(3);
  };
  const cause = async () => {
    const [row] = await bench.store.loadIncidents({});
    return [row?.cause, row?.settledCause, row?.revision, row?.settleByMs === undefined];
  };
  return { bench, watcher, well, dark, back, cause };
}

describe('the cause of a dead WAN', () => {
  it('is the WAN when the machine was on and its gateway answered; nobody is alerted again', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'up'));
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    await back();

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
    expect(bench.notices()).toEqual(['kait resolved kantor wan-down']);
    const [row] = await bench.store.loadIncidents({});
    expect(row?.restatedAtMs).toBeGreaterThan(row?.resolvedAtMs ?? Infinity);
  });

  it('is the power when the machine was started anew in that time', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each, minute) => {
      if (minute === 11) each.boot(bench.clock.nowMs());
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'power', 1, true]);
  });

  it('is still the WAN when the machine was started anew long after it had told of its gateway', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(20, (each, minute) => {
      if (minute === 15) each.boot(bench.clock.nowMs());
      each.keep(bench.clock.nowMs(), 'up');
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
  });

  it('is the LAN when the machine was on and its gateway was silent', async () => {
    const only = server();
    const { bench, well, dark, back, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'down'));
    await back();

    expect(await cause()).toEqual(['wan-down', 'lan', 1, true]);
  });

  it('is left as it was when the machine never comes back, after ten minutes', async () => {
    const only = server();
    const { watcher, bench, well, dark, cause } = await benchOf([only]);
    await well(3);
    await dark(12, () => {});
    await minutes(bench, watcher, 8, () => 'up');
    expect(await cause()).toEqual(['wan-down', undefined, 0, false]);
    await minutes(bench, watcher, 6, () => 'up');

    expect(await cause()).toEqual(['wan-down', undefined, 0, true]);
  });

  it('is not waited for where no machine can tell', async () => {
    const { watcher, bench, dark, cause } = await benchOf([]);
    await dark(8, () => {});
    await minutes(bench, watcher, 3, () => 'up');

    expect(await cause()).toEqual(['wan-down', undefined, 0, true]);
  });

  it('is settled after a restart of the collector', async () => {
    const only = server();
    const { bench, watcher, well, dark, cause } = await benchOf([only]);
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'up'));
    await minutes(bench, watcher, 2, () => 'up');
    expect(await cause()).toEqual(['wan-down', undefined, 0, false]);
    await bench.restart();
    await bench.send(only.agent, only.drained());
    await well(3);

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
  });

  it('is the power when most machines of the site were started anew', async () => {
    const servers = [server(0, 2, 'server-1'), server(0, 3, 'server-2'), server(0, 4, 'server-3')];
    const { bench, well, dark, back, cause } = await benchOf(servers);
    await well(3);
    await dark(12, (each, minute) => {
      // One has a battery and goes on.
      if (each === servers[2]) each.keep(bench.clock.nowMs(), 'down');
      else if (minute === 11) each.boot(bench.clock.nowMs());
    });
    await back();

    expect(await cause()).toEqual(['wan-down', 'power', 1, true]);
  });
});

describe('the cause of what a machine alone shows', () => {
  const serverAddress = '10.21.0.5';
  /** The router answers; the server does as told. Both were seen to answer before. */
  const seen = (state: State) => [
    ...routerProbes(['up']),
    probe(state, {
      name: 'server/pd-0/kantor/server-1',
      pd: 'pd-0',
      site: 'kantor',
      node: 'server-1',
      layer: 'lan',
      target: serverAddress,
    }),
  ];

  async function officeOf(servers: readonly Server[]) {
    const made = await benchOf(servers);
    const { bench, watcher } = made;
    const rounds = async (count: number, state: State, heard: readonly Server[], during: () => void = () => {}) => {
      for (let minute = 0; minute < count; minute += 1) {
        await bench.send(watcher, [watcher.report(bench.clock.nowMs(), { probes: seen(state) })]);
        for (const each of heard) await bench.send(each.agent, [each.take(bench.clock.nowMs(), 'up', 0)]);
        during();
        await bench.pass(60_000, 10_000);
      }
    };
    const causes = async () =>
      (await bench.store.loadIncidents({})).map(({ cause, settledCause, revision }) => [cause, settledCause, revision]);
    return { ...made, rounds, causes };
  }

  it('is the agent when the machine was on and had told nothing', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour]);
    await rounds(5, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['agent-stopped', 'agent', 1]]);
    expect(bench.notices()).toEqual(['kait opened kantor agent-stopped', 'kait resolved kantor agent-stopped']);
  });

  it('is the server when it was started anew while its router and its neighbour went on', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'down', [neighbour]);
    one.boot(bench.clock.nowMs());
    await rounds(6, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['server-down', 'server', 1]]);
  });

  it('is the LAN when it was on and its gateway was silent', async () => {
    const one = server();
    const { rounds, causes, bench } = await officeOf([one]);
    await rounds(5, 'up', [one]);
    await rounds(12, 'down', [], () => one.keep(bench.clock.nowMs(), 'down'));
    await bench.send(one.agent, [one.take(bench.clock.nowMs(), 'up')]);
    await rounds(1, 'up', []);
    await bench.send(one.agent, one.drained());
    await rounds(6, 'up', [one]);

    expect(await causes()).toEqual([['lan-or-server-down', 'lan', 1]]);
  });
});

describe('the cause of a common outage', () => {
  const many = () => Array.from({ length: 4 }, (_, number) => server(number, number + 2));

  it('is the backbone when the machines went on', async () => {
    const { bench, well, dark, back, cause } = await benchOf(many(), 4);
    await well(3);
    await dark(10, (each) => each.keep(bench.clock.nowMs(), 'up'));
    await back();

    expect(await cause()).toEqual(['backbone-down', 'backbone', 1, true]);
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down', 'kait resolved wilayah/* backbone-down']);
  });

  it('is the power when most of them went off', async () => {
    const servers = many();
    const { bench, well, dark, back, cause } = await benchOf(servers, 4);
    await well(3);
    await dark(10, (each, minute) => {
      if (minute === 9 && each !== servers[0]) each.boot(bench.clock.nowMs());
    });
    await back();

    expect(await cause()).toEqual(['backbone-down', 'power', 1, true]);
  });
});
