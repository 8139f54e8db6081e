import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReceivedWrite, remoteWritePeer, type RemoteWritePeer } from '../../../test/kit/remote-write-peer.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';
import { createSeriesNames } from './series-name.ts';
import { encodeWriteRequest } from './write-request.ts';

const minuteMs = 60_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const receiver = { receiver: 'prometheus' };
const secret = 'rahasia-sekali';

async function bench(more: Record<string, unknown> = {}) {
  const [agent, peer] = [testAgent(), await remoteWritePeer()];
  const remoteWrite = [{ id: 'prometheus', url: peer.url, sendHistory: true, bearerToken: secret, ...more }];
  const writing = await writingBench({ remoteWrite, agents: [agent] });
  const report = (minute: number) =>
    agent.report(startsAtMs + minute * minuteMs, { cpu: { count: 1, busyRatio: 0.5 } });
  const count = (name: string, labels: Record<string, string> = {}) =>
    writing.told(`pantau_remote_write_${name}`, { ...receiver, ...labels });
  return { agent, peer, writing, report, count };
}

const isOfReports = ({ samples }: ReceivedWrite) => samples.some(({ series }) => series.startsWith('pantau_node_up{'));
const minutesOf = (peer: RemoteWritePeer) =>
  peer
    .samples()
    .filter(({ series, value }) => series.startsWith('pantau_node_up{') && value !== 'stale')
    .map(({ atMs }) => (atMs - startsAtMs) / minuteMs);

describe('a receiver', () => {
  it.each([500, 503, 429, 408, 302])('that answers %d gets the same again, until it takes it', async (status) => {
    const { agent, peer, writing, report, count } = await bench();
    let refusals = 1;
    peer.answer = (write) =>
      isOfReports(write) && (refusals -= 1) >= 0 ? { status, body: `no, ${secret}` } : undefined;

    await writing.send(agent, [report(0)]);

    await waitUntil('it taken', () => minutesOf(peer).length === 1);
    const attempts = peer.writes.filter(isOfReports);
    expect(attempts.map(({ samples }) => samples)).toEqual([attempts[1]?.samples, attempts[1]?.samples]);
    await waitUntil('it counted', async () => (await count('requests_total', { code: '204' })) !== undefined);
    expect(await count('requests_total', { code: String(status) })).toBe(1);
    expect(await count('samples_total', { outcome: 'retried' })).toBe(attempts[0]?.samples.length);
    expect(await count('samples_total', { outcome: 'dropped' })).toBe(0);
    const told = writing.lines.filter((line) => line.includes('remote write'));
    expect(told.join('')).toContain(`answered ${status}: no, <secret>`);
    expect(told.filter((line) => line.includes('is not delivered'))).toHaveLength(1);
    expect(told.join('')).not.toContain(secret);
  });

  it('that asks for patience gets it', async () => {
    const { agent, peer, writing, report } = await bench();
    const times: number[] = [];
    peer.answer = (write) => {
      if (!isOfReports(write)) return undefined;
      times.push(performance.now());
      return times.length === 1 ? { status: 429, headers: { 'Retry-After': '3' } } : undefined;
    };

    await writing.send(agent, [report(0)]);

    await waitUntil('it taken', () => minutesOf(peer).length === 1);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2900);
  });

  it.each([401, 404])('that answers %d loses what it refused, which is counted, and nothing else', async (status) => {
    const { agent, peer, writing, report, count } = await bench();
    peer.answer = (write) => (isOfReports(write) && minuteOf(write) === 0 ? { status } : undefined);
    await writing.send(agent, [report(0)]);
    await waitUntil('a refusal', async () => (await count('requests_total', { code: String(status) })) === 1);

    await writing.send(agent, [report(0.25)]);

    await waitUntil('the next taken', () => minutesOf(peer).length === 1);
    expect(minutesOf(peer)).toEqual([0.25]);
    const refused = peer.writes.find(isOfReports)?.samples.length;
    expect(await count('samples_total', { outcome: 'dropped' })).toBe(refused);
    expect(writing.lines.filter((line) => line.includes('these samples are dropped'))).toHaveLength(1);
    expect(writing.lines.join('')).toMatch(
      status === 401 ? /check basicAuth, bearerToken/ : /check the path of its url/,
    );
  });

  it('that goes on refusing is told of again, with how much was lost', async () => {
    const { agent, peer, writing, report, count } = await bench();
    peer.answer = (write) => (isOfReports(write) ? { status: 404 } : undefined);
    const told = () => writing.lines.filter((line) => line.includes('these samples are dropped'));
    const snapshots = () => peer.writes.filter((write) => !isOfReports(write)).length;

    await writing.send(agent, [report(0)]);
    await waitUntil('a refusal', () => told().length === 1);
    // What is taken in between ends the stretch: from here on nothing is.
    peer.answer = () => ({ status: 404 });
    const before = snapshots();
    await writing.send(agent, [report(0.25)]);
    await waitUntil('another', async () => (await count('requests_total', { code: '404' })) === 2);
    const toldBefore = told().length;
    writing.clock.advanceMs(11 * minuteMs);

    await waitUntil('a snapshot refused', () => snapshots() > before);
    await waitUntil('it told again', () => told().length === toldBefore + 1);
    expect(told().at(-1)).toMatch(/droppedSampleCount\W{1,2}[1-9]/);
  });

  it.each([
    [400, 'out of order sample'],
    // Prometheus 2.42, which says no with the status of a fault.
    [500, 'too old sample'],
  ])('that refuses whole requests with %d for one that is too old gets the others of it', async (status, body) => {
    const { agent, peer, writing, report, count } = await bench();
    const tooOld = startsAtMs + 3 * minuteMs;
    peer.answer = ({ samples }) =>
      samples.some(({ atMs }) => atMs < tooOld && atMs >= startsAtMs) && isLate(samples, 20)
        ? { status, body }
        : undefined;
    writing.clock.setMs(startsAtMs + 20 * minuteMs);
    await writing.send(agent, [report(20)]);
    await waitUntil('the present', () => minutesOf(peer).length === 1);

    await writing.send(agent, [9, 8, 7, 6, 5, 4, 3, 2, 1].map(report));

    await waitUntil('the others', () => minutesOf(peer).length === 8);
    expect(minutesOf(peer).toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 20]);
    const perReport = peer.writes.find(isOfReports)?.samples.length ?? 0;
    expect(await count('samples_total', { outcome: 'dropped' })).toBe(2 * perReport);
  });

  it('that refuses everything old is not asked for each report of it', async () => {
    const { agent, peer, writing, report, count } = await bench({ samplesPerRequest: 100 });
    writing.clock.setMs(startsAtMs + 400 * minuteMs);
    await writing.send(agent, [report(400)]);
    await waitUntil('the present', () => minutesOf(peer).length === 1);
    const before = peer.writes.length;
    peer.answer = ({ samples }) => (isLate(samples, 400) ? { status: 400 } : undefined);
    const late = Array.from({ length: 300 }, (_, index) => report(index + 1));
    for (let at = 0; at < 300; at += 50) await writing.send(agent, late.slice(at, at + 50));

    const dropped = () => count('samples_total', { outcome: 'dropped' });
    const perReport = peer.writes.find(isOfReports)?.samples.length ?? 0;
    await waitUntil('all of it dropped', async () => (await dropped()) === 300 * perReport);
    expect(peer.writes.length - before).toBeLessThan(80);
  });

  it.each([
    ['that asks for ten minutes', { status: 503, headers: { 'Retry-After': '600' } }],
    ['that never answers', { status: 'never' as const }],
  ])('%s does not hold up the end, and what it did not take is not forgotten', async (_, answer) => {
    const { agent, peer, writing, report } = await bench();
    peer.answer = () => answer;
    await writing.send(agent, [report(0)]);
    await waitUntil('a request', () => peer.writes.length > 0);

    await writing.remoteWrite.stop();

    expect(await writing.store.remoteWrite.mark('prometheus')).toBe(0);
  });

  it('that is away costs only its queue, to the bound; the newest snapshots are kept, reports need none of it', async () => {
    const { agent, peer, writing, report, count } = await bench({ maxQueueSizeBytes: 1_048_576 });
    const filler = join(writing.folder, 'prometheus');
    await waitUntil('the queue', () => readdirSync(writing.folder).includes('prometheus'));
    peer.answer = () => ({ status: 503 });
    await writing.remoteWrite.stop();
    // Snapshots of hours, as they would have been left behind.
    mkdirSync(filler, { recursive: true });
    const body = snapshotOf(10_000);
    for (let number = 1; (number - 1) * body.length < 1_048_576; number += 1) {
      const name = `${String(number).padStart(12, '0')}-100-${startsAtMs - 1}.snappy`;
      writeFileSync(join(filler, name), body);
    }
    writeFileSync(join(filler, '000000000009-100-1.snappy.part'), 'torn');
    await writing.restart();
    writing.clock.setMs(startsAtMs + minuteMs);
    await writing.send(agent, [report(1)]);

    const waits = (number: number) => readdirSync(filler).includes(`00000000000${number}-100-${startsAtMs - 1}.snappy`);
    // The first is being sent.
    await waitUntil('room made', () => !waits(2));
    expect([waits(1), waits(3)]).toEqual([true, true]);
    expect(await count('samples_total', { outcome: 'dropped' })).toBeGreaterThanOrEqual(100);
    expect(readdirSync(filler)).not.toContain('000000000009-100-1.snappy.part');
    await waitUntil('its report told as waiting', async () => (await count('pending_reports')) === 1);
    expect(await count('queue_bytes')).toBeGreaterThan(900_000);
    expect(await count('last_success_timestamp_seconds')).toBe(0);
  });

  it('whose queue cannot be written gets reports all the same', async () => {
    const { agent, peer, writing, report, count } = await bench();
    await waitUntil('a snapshot', () => peer.samples().length > 0);
    rmSync(join(writing.folder, 'prometheus'), { recursive: true });
    writeFileSync(join(writing.folder, 'prometheus'), 'in the way');
    writing.clock.setMs(startsAtMs + minuteMs);
    await writing.send(agent, [report(1)]);

    await waitUntil('its report', () => minutesOf(peer).length === 1);
    await waitUntil('what was lost', async () => ((await count('samples_total', { outcome: 'dropped' })) ?? 0) > 0);
    expect(writing.lines.filter((line) => line.includes('a snapshot cannot be queued'))).toHaveLength(1);
  });
});

/** A packed request that cannot be made much smaller. */
function snapshotOf(sampleCount: number): Uint8Array {
  const series = createSeriesNames({})('pantau_x', []);
  const samples = Array.from({ length: sampleCount }, (_, index) => ({ series, atMs: index, value: Math.sqrt(index) }));
  return encodeWriteRequest(samples);
}

const minuteOf = ({ samples }: ReceivedWrite) => ((samples[0]?.atMs ?? 0) - startsAtMs) / minuteMs;
/** Requests of late reports have nothing of the present. */
const isLate = (samples: ReceivedWrite['samples'], presentMinute: number) =>
  samples.some(({ series }) => series.startsWith('pantau_node_up{')) &&
  samples.every(({ atMs, value }) => value !== 'stale' && atMs < startsAtMs + presentMinute * minuteMs);
