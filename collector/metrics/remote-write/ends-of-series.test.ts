import { describe, expect, it } from 'vitest';
import { type ReceivedSample, remoteWritePeer, type RemoteWritePeer } from '../../../test/kit/remote-write-peer.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';

const minuteMs = 60_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const disk = (mount: string) => ({ mount, device: 'sda', type: 'ext4', sizeBytes: 1000, availableBytes: 10 });

async function bench() {
  const [agent, peer] = [testAgent(), await remoteWritePeer()];
  const remoteWrite = [{ id: 'prometheus', url: peer.url, sendHistory: true }];
  const writing = await writingBench({ remoteWrite, agents: [agent] });
  const minute = (number: number, ...mounts: string[]) =>
    agent.report(startsAtMs + number * minuteMs, { filesystems: mounts.map(disk) });
  return {
    agent,
    peer,
    writing,
    minute,
    async sendAt(number: number, ...mounts: string[]) {
      writing.clock.setMs(startsAtMs + number * minuteMs);
      await writing.send(agent, [minute(number, ...mounts)]);
    },
  };
}

const sizes = (peer: RemoteWritePeer, mount = '/') =>
  timesOf(
    peer
      .samples()
      .filter(({ series }) => series.startsWith('pantau_node_filesystem_size') && series.includes(`mount="${mount}"`)),
  );
/** `<minute>` of each sample in order of its coming, and whether it ends the series. */
const timesOf = (samples: readonly ReceivedSample[]) =>
  samples.map(({ atMs, value }) => `${(atMs - startsAtMs) / minuteMs}${value === 'stale' ? ' end' : ''}`);

describe('the end of a series', () => {
  it('of a disk that is no longer there is the report that does not speak of it for two and a half intervals', async () => {
    const { peer, sendAt } = await bench();
    await sendAt(0, '/', '/mnt');
    for (const minute of [1, 2, 3, 4]) await sendAt(minute, '/');

    await waitUntil('its end', () => sizes(peer, '/mnt').length === 2);
    expect(sizes(peer, '/mnt')).toEqual(['0', '3 end']);
    await waitUntil('the other', () => sizes(peer).length === 5);
    expect(sizes(peer)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('of a machine that fell silent is written once, before its third missing report, and begins again after it', async () => {
    const { peer, sendAt, writing } = await bench();
    await sendAt(0, '/');
    await waitUntil('a sample', () => sizes(peer).length === 1);
    // No report is missing for long enough yet.
    writing.clock.setMs(startsAtMs + 3.3 * minuteMs);
    await waitUntil('a snapshot after that', () => peer.samples().some(({ atMs }) => atMs > startsAtMs + 3 * minuteMs));
    expect(sizes(peer)).toEqual(['0']);

    writing.clock.setMs(startsAtMs + 4 * minuteMs);
    await waitUntil('its end', () => sizes(peer).length === 2);
    await sendAt(10, '/');

    await waitUntil('a sample after it', () => sizes(peer).length === 3);
    expect(sizes(peer)).toEqual(['0', '2.9 end', '10']);
  });

  it('is not where late reports come to be', async () => {
    const { agent, peer, sendAt, writing, minute } = await bench();
    await sendAt(0, '/');
    await waitUntil('a sample', () => sizes(peer).length === 1);
    writing.clock.setMs(startsAtMs + 4 * minuteMs);
    await waitUntil('its end', () => sizes(peer).length === 2);
    writing.clock.setMs(startsAtMs + 10 * minuteMs);
    await writing.send(agent, [minute(10, '/')]);

    await writing.send(
      agent,
      [5, 4, 3, 2, 1].map((number) => minute(number, '/')),
    );

    await waitUntil('all of them', () => sizes(peer).length === 8);
    expect(sizes(peer)).toEqual(['0', '2.9 end', '10', '1', '2', '3', '4', '5']);
  });

  it('is written for a gap that was over before it could be sent, in its place', async () => {
    const { peer, sendAt } = await bench();
    peer.answer = () => ({ status: 503 });
    await sendAt(0, '/');
    await sendAt(10, '/');
    peer.answer = () => undefined;

    await waitUntil('both', () => sizes(peer).length >= 3);
    expect(sizes(peer)).toEqual(['0', '2.9 end', '10']);
  });

  it('is written after a restart for who fell silent meanwhile, at the same moment if it was written before', async () => {
    const { peer, sendAt, writing } = await bench();
    await sendAt(0, '/');
    await waitUntil('a sample', () => sizes(peer).length === 1);
    writing.clock.setMs(startsAtMs + 5 * minuteMs);
    await waitUntil('its end', () => sizes(peer).length === 2);

    await writing.restart();

    await waitUntil('its end again', () => sizes(peer).length === 3);
    expect(sizes(peer)).toEqual(['0', '2.9 end', '2.9 end']);
    await sendAt(6, '/');
    await waitUntil('the next', () => sizes(peer).length === 4);
    expect(sizes(peer).at(-1)).toBe('6');
  });

  it('of a machine that was revoked comes as if it had fallen silent', async () => {
    const { peer, sendAt, writing } = await bench();
    await sendAt(0, '/');
    await waitUntil('a sample', () => sizes(peer).length === 1);
    const offsets = () =>
      timesOf(peer.samples().filter(({ series }) => series.startsWith('pantau_node_clock_offset_seconds')));
    writing.clock.setMs(startsAtMs + minuteMs);
    await waitUntil('a snapshot of it', () => offsets().length === 1);
    const row = await writing.store.revoke({ pd: 'dinkes', node: 'server-1' }, writing.clock.nowMs());
    if (row !== undefined) writing.fleet.addAgent(row);
    writing.clock.setMs(startsAtMs + 4 * minuteMs);

    await waitUntil('its end', () => sizes(peer).length === 2);
    expect(sizes(peer)).toEqual(['0', '2.9 end']);
    await waitUntil('the end of what snapshots told of it', () => offsets().some((each) => each.endsWith('end')));
    expect(offsets()).toEqual(['1', '4 end']);
  });
});
