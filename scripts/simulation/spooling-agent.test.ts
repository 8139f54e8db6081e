import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import type { Envelope } from '../../shared/report-schema.ts';
import { verifyBytes } from '../../shared/signing.ts';
import { memberWith } from './fleet-member.test-kit.ts';
import { createPauses } from './pauses.ts';
import { createReportClient } from './report-client.ts';
import { createSpoolingAgent } from './spooling-agent.ts';
import { createTally } from './tally.ts';
import { createWorkTurns } from './work-turns.ts';

const member = memberWith({ pd: 'rsud' });
const { agent } = member;

interface Seen {
  atMs: number;
  seqs: number[];
  isSigned: boolean;
}

/** A server that answers one request after another as told, and remembers what it was sent. */
async function server(answerTo: (requestNumber: number, seqs: number[]) => { status: number; body?: string }) {
  const seen: Seen[] = [];
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const envelope = JSON.parse(decompressWithDictionary(body, 1e7).toString('utf8')) as Envelope;
      const seqs = envelope.reports.map((report) => report.seq);
      const signature = String(request.headers['x-pantau-signature']);
      seen.push({
        atMs: performance.now(),
        seqs,
        isSigned: verifyBytes('report', body, agent.keys.publicKey, signature),
      });
      const { status, body: text } = answerTo(seen.length, seqs);
      response.writeHead(status, status === 503 ? { 'retry-after': '1' } : {});
      const ack = { acked: Math.max(...seqs), acceptedCount: seqs.length, duplicateCount: 0, config: '' };
      response.end(text ?? JSON.stringify(ack));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seen };
}

function spoolingAgent(url: string) {
  const { signal } = new AbortController();
  const client = createReportClient({ url });
  onTestFinished(() => client.close());
  const [tally, pauses, turns] = [createTally(), createPauses(signal), createWorkTurns(systemClock)];
  const deps = { client, tally, pauses, turns, clock: systemClock, random: () => 0, signal };
  return { tally, spool: createSpoolingAgent(member, deps) };
}

const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, place) => from - place);

describe('a simulated agent with a spool', () => {
  it('sends the newest alone, honours Retry-After, then batches with backup evidence first', async () => {
    const { url, seen } = await server((number) => ({ status: number === 2 ? 503 : 200 }));
    const { spool, tally } = spoolingAgent(url);
    const nowMs = systemClock.nowMs();
    const claim = { dataset: 'simrs', source: 'files', outcome: 'no-data' as const };
    for (let seq = 1; seq <= 120; seq++) {
      spool.take(nowMs - (120 - seq) * 60_000, seq === 3 ? { backups: [claim] } : {});
    }
    spool.kick();
    await expect.poll(() => spool.queuedCount, { timeout: 5000 }).toBe(0);

    expect(seen.map(({ seqs }) => seqs)).toEqual([
      [120],
      [3, ...range(119, 71)],
      [119],
      [3, ...range(118, 70)],
      [...range(69, 20)],
      [...range(19, 4), 2, 1],
    ]);
    expect((seen[2]?.atMs ?? 0) - (seen[1]?.atMs ?? 0)).toBeGreaterThanOrEqual(995);
    expect(seen.every(({ isSigned }) => isSigned)).toBe(true);
    expect([tally.sentCount, tally.acceptedCount, tally.putOffCount, tally.rejectedCount]).toEqual([170, 120, 50, 0]);
    expect(Object.fromEntries(tally.answers)).toEqual({ 200: 5, 503: 1 });
  });

  it('holds what a reader saw in a vault for evidence as well', async () => {
    const { url, seen } = await server(() => ({ status: 200 }));
    const { spool } = spoolingAgent(url);
    const holding = {
      vault: 'brankas',
      pd: 'rsud',
      dataset: 'simrs',
      kind: 'empty' as const,
      fileCount: 0,
      sizeBytes: 0,
    };
    for (let seq = 1; seq <= 5; seq++) {
      spool.take(systemClock.nowMs() - (5 - seq) * 60_000, seq === 2 ? { holdings: [holding] } : { arrivals: [] });
    }
    spool.kick();
    await expect.poll(() => spool.queuedCount, { timeout: 5000 }).toBe(0);
    expect(seen.map(({ seqs }) => seqs)).toEqual([[5], [2, 4, 3, 1]]);
  });

  it('keeps what it measures while it is offline', async () => {
    const { url, seen } = await server(() => ({ status: 200 }));
    const { spool } = spoolingAgent(url);
    spool.setOnline(false);
    spool.take(systemClock.nowMs() - 60_000);
    spool.kick();
    spool.take(systemClock.nowMs());
    expect(spool.queuedCount).toBe(2);
    spool.setOnline(true);
    spool.kick();
    await expect.poll(() => spool.queuedCount, { timeout: 5000 }).toBe(0);
    expect(seen.map(({ seqs }) => seqs)).toEqual([[2], [1]]);
  });

  it.each([
    ['a refusal', { status: 422, body: '{"title":"invalid report"}' }, 'Status 422: {"title":"invalid report"}'],
    [
      'an acknowledgement of something else',
      { status: 200, body: '{"acked":9}' },
      'The acknowledgement of 1 reports up to 1 says {"acked":9}',
    ],
    [
      'a page that is no acknowledgement',
      { status: 200, body: '<html>' },
      'The acknowledgement of 1 reports up to 1 says <html>',
    ],
  ])('complains of %s', async (_name, answer, complaint) => {
    const { url } = await server(() => answer);
    const { spool, tally } = spoolingAgent(url);
    spool.take(systemClock.nowMs());
    spool.kick();
    await expect.poll(() => tally.rejectedCount, { timeout: 5000 }).toBe(1);
    expect(tally.complaints).toEqual([complaint]);
  });
});
