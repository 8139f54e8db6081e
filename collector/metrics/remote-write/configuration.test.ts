import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prune, rollUp } from '../../../test/kit/history-reports.ts';
import { type RemoteWritePeer, remoteWritePeer } from '../../../test/kit/remote-write-peer.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';

const minuteMs = 60_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minutesOf = (peer: RemoteWritePeer) =>
  peer
    .samples()
    .filter(({ series, value }) => series.startsWith('pantau_node_up{') && value !== 'stale')
    .map(({ atMs }) => (atMs - startsAtMs) / minuteMs);

async function bench(count: number) {
  const agent = testAgent();
  const peers = await Promise.all(Array.from({ length: count }, () => remoteWritePeer()));
  const remoteWrite = peers.map(({ url }, index) => ({ id: `receiver-${index}`, url }));
  const writing = await writingBench({ remoteWrite, agents: [agent] });
  const marks = () => Promise.all(remoteWrite.map(({ id }) => writing.store.remoteWrite.mark(id)));
  await waitUntil('their marks', async () => !(await marks()).includes(undefined));
  return {
    agent,
    peers,
    writing,
    async sendAt(minute: number) {
      writing.clock.setMs(startsAtMs + minute * minuteMs);
      await writing.send(agent, [agent.report(startsAtMs + minute * minuteMs)]);
    },
  };
}

describe('the receivers of a configuration', () => {
  it('get everything each, and one that is away holds up no other', async () => {
    const { peers, sendAt } = await bench(2);
    const [first, second] = peers as [RemoteWritePeer, RemoteWritePeer];
    first.answer = () => ({ status: 503 });

    await sendAt(0);
    await sendAt(1);

    await waitUntil('the other', () => minutesOf(second).length === 2);
    expect(minutesOf(first)).toEqual([]);
    first.answer = () => undefined;
    await waitUntil('it too', () => minutesOf(first).length === 2);
    expect(minutesOf(first)).toEqual([0, 1]);
  });

  it('that are new begin with what comes next; one that is put back goes on where it was', async () => {
    const { peers, writing, sendAt } = await bench(2);
    const [first, second] = peers as [RemoteWritePeer, RemoteWritePeer];
    const [one, two] = writing.config.remoteWrite;
    if (one === undefined || two === undefined) throw new Error('there are two');
    await sendAt(0);
    await waitUntil('a report', () => minutesOf(second).length === 1);

    await writing.remoteWrite.reconfigure([one]);
    const gone = { receiver: two.id };
    expect(await writing.told('pantau_remote_write_samples_total', { ...gone, outcome: 'sent' })).toBeUndefined();
    expect(await writing.told('pantau_remote_write_requests_total', { ...gone, code: '204' })).toBeUndefined();
    await sendAt(1);
    await waitUntil('the first alone', () => minutesOf(first).length === 2);
    expect(existsSync(join(writing.folder, two.id))).toBe(false);
    expect(await writing.told('pantau_remote_write_pending_reports', { receiver: two.id })).toBeUndefined();
    await writing.remoteWrite.reconfigure([one, two, { ...two, id: 'new' }]);
    await sendAt(2);

    await waitUntil('all of it', () => minutesOf(second).length >= 4);
    expect(minutesOf(first)).toEqual([0, 1, 2]);
    expect(minutesOf(second).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 2]);
    expect(readdirSync(writing.folder).toSorted()).toEqual(['new', 'receiver-0', 'receiver-1']);
  });

  it('are written to anew when their settings changed, and left alone when not', async () => {
    const { peers, writing, sendAt } = await bench(1);
    const [peer] = peers as [RemoteWritePeer];
    const [one] = writing.config.remoteWrite;
    if (one === undefined) throw new Error('there is one');
    await sendAt(0);
    await waitUntil('a report', () => minutesOf(peer).length === 1);

    await writing.remoteWrite.reconfigure([{ ...one, labels: { pemda: 'lebong' } }]);
    await sendAt(1);

    await waitUntil('the next', () => minutesOf(peer).length === 2);
    const series = peer.samples().filter((sample) => sample.series.startsWith('pantau_node_up{'));
    expect(series.map((sample) => sample.series.includes('pemda="lebong"'))).toEqual([false, true]);
  });

  it('that were away longer than reports are kept are told how many are missing', async () => {
    const { peers, writing, sendAt } = await bench(1);
    const [peer] = peers as [RemoteWritePeer];
    peer.answer = () => ({ status: 503 });
    for (const minute of [0, 1, 2]) await sendAt(minute);
    await writing.remoteWrite.stop();
    await rollUp(writing.store);
    await prune(writing.store, startsAtMs + 90 * minuteMs);
    peer.answer = () => undefined;

    await writing.restart();

    await waitUntil('what is left', () => minutesOf(peer).length === 1);
    expect(minutesOf(peer)).toEqual([2]);
    const receiver = { receiver: 'receiver-0' };
    await waitUntil(
      'the loss',
      async () => (await writing.told('pantau_remote_write_expired_reports_total', receiver)) === 2,
    );
    expect(writing.lines.filter((line) => line.includes('were pruned before remote write'))).toHaveLength(1);
  });

  it('that are new and get what is kept miss nothing of what was pruned before they came', async () => {
    const [silent, heard, peer] = [
      testAgent({ key: 1 }),
      testAgent({ key: 2, node: 'server-2' }),
      await remoteWritePeer(),
    ];
    const writing = await writingBench({ remoteWrite: [{ id: 'first', url: peer.url }], agents: [silent, heard] });
    await writing.remoteWrite.stop();
    // The newest of each stays however old it is.
    await writing.send(silent, [silent.report(startsAtMs)]);
    for (const minute of [1, 2, 3]) {
      writing.clock.setMs(startsAtMs + minute * minuteMs);
      await writing.send(heard, [heard.report(startsAtMs + minute * minuteMs)]);
    }
    await rollUp(writing.store);
    await prune(writing.store, startsAtMs + 90 * minuteMs);
    const [first] = writing.config.remoteWrite;
    if (first === undefined) throw new Error('there is one');

    writing.remoteWrite.start();
    await writing.remoteWrite.reconfigure([{ ...first, id: 'new', sendHistory: true }]);

    await waitUntil('what is kept', () => minutesOf(peer).length === 2);
    expect(minutesOf(peer).toSorted((a, b) => a - b)).toEqual([0, 3]);
    const nothingWaits = async () =>
      (await writing.told('pantau_remote_write_pending_reports', { receiver: 'new' })) === 0;
    await waitUntil('nothing waiting', nothingWaits);
    expect(await writing.told('pantau_remote_write_expired_reports_total', { receiver: 'new' })).toBe(0);
    expect(writing.lines.filter((line) => line.includes('were pruned before remote write'))).toEqual([]);
  });
});
