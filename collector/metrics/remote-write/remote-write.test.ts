import { describe, expect, it } from 'vitest';
import { type ReceivedSample, remoteWritePeer, type RemoteWritePeer } from '../../../test/kit/remote-write-peer.ts';
import { probe, testAgent } from '../../../test/kit/test-agent.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';

const minuteMs = 60_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const receiver = { receiver: 'prometheus' };
const entry = (peer: RemoteWritePeer, more: Record<string, unknown> = {}) => ({
  id: 'prometheus',
  url: peer.url,
  ...more,
});

const of = (samples: readonly ReceivedSample[], name: string) =>
  samples.filter(({ series }) => series.startsWith(`${name}{`));
const at = (samples: readonly ReceivedSample[]) =>
  samples.map(({ atMs, value }) => [(atMs - startsAtMs) / minuteMs, value]);

async function untilSent(peer: RemoteWritePeer, name: string, count: number): Promise<ReceivedSample[]> {
  return waitUntil(`${count} samples of ${name}`, () => {
    const samples = of(peer.samples(), name);
    return samples.length >= count && samples;
  });
}

describe('remote write', () => {
  it('writes what each report says with the time at which it was taken, and the labels of the page', async () => {
    const [agent, peer] = [testAgent(), await remoteWritePeer()];
    const bench = await writingBench({
      remoteWrite: [
        entry(peer, { labels: { pemda: 'lebong' }, headers: { 'X-Scope-OrgID': 'a' }, bearerToken: 'rahasia-sekali' }),
      ],
      agents: [agent],
    });
    await waitUntil('a mark', () => bench.store.remoteWrite.mark('prometheus').then((mark) => mark !== undefined));
    const report = (minute: number) =>
      agent.report(startsAtMs + minute * minuteMs, { cpu: { count: 2, busyRatio: minute / 4 } });
    await bench.send(agent, [report(0)]);
    bench.clock.advanceMs(minuteMs);
    await bench.send(agent, [report(1)]);

    const busy = await untilSent(peer, 'pantau_node_cpu_busy_ratio', 2);

    expect(busy.map(({ series }) => series)).toEqual(
      Array(2).fill('pantau_node_cpu_busy_ratio{node="server-1",pd="dinkes",pemda="lebong",site="kantor"}'),
    );
    expect(at(busy)).toEqual([
      [0, 0],
      [1, 0.25],
    ]);
    expect(peer.writes[0]?.headers).toMatchObject({
      'content-encoding': 'snappy',
      'content-type': 'application/x-protobuf',
      'x-prometheus-remote-write-version': '0.1.0',
      'user-agent': 'pantau-collector',
      'x-scope-orgid': 'a',
      authorization: 'Bearer rahasia-sekali',
    });
    expect(await bench.told('pantau_remote_write_samples_total', { ...receiver, outcome: 'dropped' })).toBe(0);
    expect(await bench.told('pantau_remote_write_requests_total', { ...receiver, code: '204' })).toBeGreaterThan(0);
    await waitUntil(
      'nothing pending',
      async () => (await bench.told('pantau_remote_write_pending_reports', receiver)) === 0,
    );
  });

  it('writes snapshots of what no report tells, and of the collector itself', async () => {
    const [agent, peer] = [testAgent(), await remoteWritePeer()];
    const bench = await writingBench({
      remoteWrite: [entry(peer)],
      agents: [agent],
      config: { datasets: [{ id: 'simpus', schedule: '0 1 * * *', source: { kind: 'vault' } }] },
    });

    await untilSent(peer, 'pantau_backup_proof_level', 1);
    bench.clock.advanceMs(minuteMs);
    const levels = await untilSent(peer, 'pantau_backup_proof_level', 2);

    expect(at(levels)).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(of(peer.samples(), 'pantau_collector_process_resident_memory_bytes').length).toBeGreaterThan(0);
    expect(of(peer.samples(), 'pantau_remote_write_samples_total').length).toBeGreaterThan(0);
  });

  it('tells what links are by the rounds before, late ones apart from the present', async () => {
    const [agent, peer] = [testAgent(), await remoteWritePeer()];
    const bench = await writingBench({ remoteWrite: [entry(peer, { sendHistory: true })], agents: [agent] });
    const round = (minute: number, state: 'up' | 'down') =>
      agent.report(startsAtMs + minute * minuteMs, { probes: [probe(state)] });
    const present = (['up', 'down', 'down', 'down', 'up', 'up'] as const).map((state, minute) => round(minute, state));
    for (const report of present) {
      await bench.send(agent, [report]);
      bench.clock.advanceMs(minuteMs);
    }
    const states = await untilSent(peer, 'pantau_link_up', 6);

    expect(at(states).map(([, value]) => value)).toEqual([1, 1, 1, 0, 0, 1]);
  });

  it('goes on after a restart where it was, with nothing twice and nothing missing', async () => {
    const [agent, peer] = [testAgent(), await remoteWritePeer()];
    const bench = await writingBench({ remoteWrite: [entry(peer, { sendHistory: true })], agents: [agent] });
    const sendMinute = async (minute: number, state: 'up' | 'down') => {
      await bench.send(agent, [agent.report(startsAtMs + minute * minuteMs, { probes: [probe(state)] })]);
      bench.clock.advanceMs(minuteMs);
    };
    for (const minute of [0, 1, 2]) await sendMinute(minute, 'down');
    await untilSent(peer, 'pantau_link_up', 3);

    await bench.restart();
    await sendMinute(3, 'down');
    await sendMinute(4, 'up');
    await sendMinute(5, 'up');

    const states = await untilSent(peer, 'pantau_link_up', 6);
    expect(at(states)).toEqual([
      [0, Number.NaN],
      [1, Number.NaN],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 1],
    ]);
  });

  it('tells the present after the clock of the collector was a day ahead', async () => {
    const [agent, peer] = [testAgent(), await remoteWritePeer()];
    const bench = await writingBench({ remoteWrite: [entry(peer, { sendHistory: true })], agents: [agent] });
    const dayMinutes = 1440;
    for (const minute of [dayMinutes, dayMinutes + 1, 0, 1, 2, 3]) {
      bench.clock.setMs(startsAtMs + minute * minuteMs);
      await bench.send(agent, [agent.report(startsAtMs + minute * minuteMs, { probes: [probe('down')] })]);
      await untilSent(peer, 'pantau_link_up', minute < dayMinutes ? minute + 3 : minute - dayMinutes + 1);
    }

    expect(at(of(peer.samples(), 'pantau_link_up')).slice(2)).toEqual([
      [0, Number.NaN],
      [1, Number.NaN],
      [2, 0],
      [3, 0],
    ]);
  });
});
