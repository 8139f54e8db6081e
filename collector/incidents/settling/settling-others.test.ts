import { describe, expect, it } from 'vitest';
import type { State } from '../../../shared/states.ts';
import { probe } from '../../../test/kit/test-agent.ts';
import { routerProbes } from '../../../test/kit/wide-pemda.ts';
import { benchOf, server, type Server } from './settling.test-kit.ts';

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
    const { rounds, causes, bench, notices, audit } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour]);
    await rounds(5, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['agent-stopped', 'agent', 1]]);
    expect(bench.notices()).toEqual(['kait opened kantor agent-stopped', 'kait resolved kantor agent-stopped']);
    // It was known when the end was told.
    expect(notices.map(({ incident, details }) => [incident.cause, incident.settledCause, details])).toEqual([
      ['agent-stopped', undefined, []],
      [
        'agent-stopped',
        'agent',
        [
          {
            label: 'Penyebab menurut laporan setelah pulih',
            value: 'agen pemantau berhenti, server tetap menyala',
          },
        ],
      ],
    ]);
    expect(audit).toMatchObject([{ actor: 'pantau', action: 'restate', detail: 'agent-stopped → agent' }]);
  });

  it('is the agent when it was started anew, however long its rounds take', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench, watcher } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour]);
    one.restart();
    for (let minute = 0; minute < 5; minute += 1) {
      // A round of which one target does not answer lasts longer than the interval.
      const takenAtMs = bench.clock.nowMs() - 70_000;
      await bench.send(watcher, [watcher.report(bench.clock.nowMs(), { probes: seen('up') })]);
      await bench.send(one.agent, [one.take(takenAtMs, 'up', 0)]);
      await bench.send(neighbour.agent, [neighbour.take(bench.clock.nowMs(), 'up', 0)]);
      await bench.pass(60_000, 10_000);
    }

    expect(await causes()).toEqual([['agent-stopped', 'agent', 1]]);
  });

  it('is the agent, not the start of the machine, when that had told of itself since it was started', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench } = await officeOf([one, neighbour]);
    await rounds(4, 'up', [one, neighbour]);
    one.boot(bench.clock.nowMs() - 20_000);
    await rounds(1, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour]);
    one.restart();
    await rounds(5, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['agent-stopped', 'agent', 1]]);
  });

  it('is not the WAN when its gateway answered while the router answered from the Pusat Data too', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour], () => one.keep(bench.clock.nowMs(), 'up'));
    await bench.send(one.agent, [one.take(bench.clock.nowMs(), 'up')]);
    await bench.send(one.agent, one.drained());
    await rounds(5, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['agent-stopped', undefined, 0]]);
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

  it('is not known when it did not answer either, and came back without a word and without having been started', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'down', [neighbour]);
    await rounds(8, 'up', [one, neighbour]);

    expect(await causes()).toEqual([['server-down', undefined, 0]]);
  });

  it('is not the WAN when only a neighbour can tell, who was heard all the time', async () => {
    const [one, neighbour] = [server(0, 2, 'server-1'), server(0, 3, 'server-2')];
    const { rounds, causes, bench } = await officeOf([one, neighbour]);
    await rounds(5, 'up', [one, neighbour]);
    await rounds(12, 'up', [neighbour]);
    bench.fleet.addAgent({ ...one.agent.row, revokedAtMs: bench.clock.nowMs() });
    await rounds(15, 'up', [neighbour]);

    expect(await causes()).toEqual([['agent-stopped', undefined, 0]]);
  });

  it('is the WAN when the router itself was on, whatever it reached behind it', async () => {
    const only = server(0, 2, 'gw-1');
    const { bench, well, dark, back, cause } = await benchOf([only]);
    bench.fleet.addAgent({ ...only.agent.row, tokenHash: 'a'.repeat(64) });
    await well(3);
    await dark(12, (each) => each.keep(bench.clock.nowMs(), 'down'));
    await back();

    expect(await cause()).toEqual(['wan-down', 'wan', 1, true]);
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

  it('is the backbone when machines that had just been started had told of themselves before', async () => {
    const servers = many();
    const { bench, well, dark, back, cause } = await benchOf(servers, 4);
    await well(3);
    for (const each of servers) each.boot(bench.clock.nowMs() - 20_000);
    await well(1);
    await dark(10, (each) => each.keep(bench.clock.nowMs(), 'up'));
    await back();

    expect(await cause()).toEqual(['backbone-down', 'backbone', 1, true]);
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
