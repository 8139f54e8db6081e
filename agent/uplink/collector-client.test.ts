import { gunzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Value } from 'typebox/value';
import type { ServerResponse } from 'node:http';
import { systemClock } from '../../shared/clock.ts';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import { EnvelopeSchema } from '../../shared/report-schema.ts';
import { verifyBytes } from '../../shared/signing.ts';
import { realisticReport } from '../spool/realistic-report.test-kit.ts';
import { createCertificate, type TestCertificate } from './certificate.test-kit.ts';
import { type CollectorClient, createCollectorClient } from './collector-client.ts';
import { envelopeOf } from './envelope.ts';
import { ackOf, createIdentity, type Peer, type PeerRequest, startPeer } from './peer.test-kit.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
let certificate: TestCertificate;
beforeAll(async () => {
  certificate = await createCertificate();
});

const start = async (answer: (request: PeerRequest, response: ServerResponse) => void, tls?: TestCertificate) => {
  const peer = await startPeer(answer, tls);
  open.push(peer);
  return peer;
};
const connect = (peer: Peer, options: { fingerprint?: string; timeoutMs?: number } = {}) => {
  const identity = createIdentity(peer.url, options.fingerprint);
  const { timeoutMs = 5000 } = options;
  const client = createCollectorClient({ identity, clock: systemClock, timeoutMs });
  open.unshift(client);
  return { client, identity };
};
const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
  start((_, response) => response.writeHead(status, headers).end(body));
const problem = (detail: string) => JSON.stringify({ type: 'urn:pantau:problem:invalid-report', detail });
const post = (client: CollectorClient) => client.postReports(Buffer.from('{"reports":[]}'));

function wholeEnvelope(agent: string, seq: number): Buffer {
  const head = { agent, sentAt: new Date().toISOString(), bootId: '9f86d081', uptimeSeconds: 864_273.41 };
  return envelopeOf(head, [Buffer.from(JSON.stringify(realisticReport(seq, Math.random)))]);
}

describe('collector client', () => {
  it('sends what the agent signed, compressed, and returns the acknowledgement', async () => {
    const peer = await answering(200, ackOf(7));
    const { client, identity } = connect(peer);
    const envelope = wholeEnvelope(identity.agent, 7);

    expect(await client.postReports(envelope)).toEqual({
      acked: 7,
      acceptedCount: 1,
      duplicateCount: 0,
      config: '0123456789ab',
    });

    const [request] = peer.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/api/v1/reports' });
    expect(request?.headers).toMatchObject({
      'content-encoding': 'x-pantau-deflate-1',
      'x-pantau-agent': identity.agent,
    });
    const body = request?.body ?? Buffer.alloc(0);
    const signature = String(request?.headers['x-pantau-signature']);
    expect(verifyBytes('report', body, identity.publicKey, signature)).toBe(true);
    expect(decompressWithDictionary(body, 1e6)).toEqual(envelope);
    expect(Value.Check(EnvelopeSchema, JSON.parse(envelope.toString()))).toBe(true);
  });

  it('needs at most 0.75 KB on a kept connection for a typical report, headers included', async () => {
    const peer = await answering(200, ackOf(1));
    const { client, identity } = connect(peer);
    await client.postReports(wholeEnvelope(identity.agent, 1));
    const beforeBytes = peer.receivedBytes();
    const count = 20;
    for (let seq = 2; seq < 2 + count; seq++) await client.postReports(wholeEnvelope(identity.agent, seq));

    expect((peer.receivedBytes() - beforeBytes) / count).toBeLessThanOrEqual(768);
    expect(peer.connectionCount()).toBe(1);
  });

  it('goes on over a new connection when the collector closed the kept one', async () => {
    const peer = await answering(200, ackOf(1));
    const { client } = connect(peer);
    await post(client);
    peer.dropConnections();

    await expect(post(client)).resolves.toMatchObject({ acked: 1 });
    expect(peer.connectionCount()).toBe(2);
  });

  it('changes to gzip for good when the collector does not know the dictionary', async () => {
    const peer = await start((request, response) => {
      const known = request.headers['content-encoding'] === 'gzip';
      response.writeHead(known ? 200 : 415).end(known ? ackOf(1) : problem('unknown encoding'));
    });
    const { client } = connect(peer);
    await post(client);
    await post(client);

    expect(peer.requests.map(({ headers }) => headers['content-encoding'])).toEqual([
      'x-pantau-deflate-1',
      'gzip',
      'gzip',
    ]);
    expect(gunzipSync(peer.requests[2]?.body ?? Buffer.alloc(0)).toString()).toBe('{"reports":[]}');
  });

  it.each<{
    status: number;
    headers: Record<string, string>;
    code: string;
    retryable: boolean;
    after: number | undefined;
  }>([
    { status: 429, headers: { 'retry-after': '17' }, code: 'collector-busy', retryable: true, after: 17 },
    { status: 503, headers: { 'retry-after': '999999' }, code: 'collector-busy', retryable: true, after: 3600 },
    { status: 503, headers: { 'retry-after': 'soon' }, code: 'collector-busy', retryable: true, after: undefined },
    { status: 500, headers: {}, code: 'collector-failed', retryable: true, after: undefined },
    { status: 502, headers: {}, code: 'collector-failed', retryable: true, after: undefined },
    { status: 404, headers: {}, code: 'collector-failed', retryable: true, after: undefined },
    { status: 301, headers: { location: '/' }, code: 'collector-failed', retryable: true, after: undefined },
    { status: 401, headers: {}, code: 'agent-refused', retryable: true, after: 300 },
    { status: 403, headers: {}, code: 'agent-refused', retryable: true, after: 300 },
    { status: 400, headers: {}, code: 'report-refused', retryable: false, after: undefined },
    { status: 413, headers: {}, code: 'report-refused', retryable: false, after: undefined },
    { status: 415, headers: {}, code: 'report-refused', retryable: false, after: undefined },
    { status: 422, headers: {}, code: 'report-refused', retryable: false, after: undefined },
  ])('takes HTTP $status with $headers for $code', async ({ status, headers, code, retryable, after }) => {
    const peer = await answering(status, problem('/reports/0/seq is wrong'), headers);

    await expect(post(connect(peer).client)).rejects.toMatchObject({
      code,
      retryable,
      retryAfterSeconds: after,
      message: expect.stringContaining('/reports/0/seq is wrong') as string,
    });
  });

  it('reckons a Retry-After date by the clock of the collector', async () => {
    const headers = { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 10:00:45 GMT' };
    const peer = await answering(503, '', headers);

    await expect(post(connect(peer).client)).rejects.toMatchObject({ retryAfterSeconds: 45 });
  });

  it('keeps a report when something that is not the collector answers 400', async () => {
    const peer = await answering(400, '<html>Bad Request</html>');

    await expect(post(connect(peer).client)).rejects.toMatchObject({ code: 'collector-failed', retryable: true });
  });

  it.each([
    '<html>Welcome, log in</html>',
    '{}',
    'null',
    '[]',
    '{"acked":-1,"acceptedCount":1,"duplicateCount":0}',
    '',
  ])('does not take 200 with %s for an acknowledgement', async (body) => {
    await expect(post(connect(await answering(200, body)).client)).rejects.toMatchObject({
      code: 'answer-unusable',
      retryable: true,
    });
  });

  it('breaks off an answer that does not end', async () => {
    const peer = await answering(200, `${' '.repeat(70_000)}${ackOf(1)}`);

    await expect(post(connect(peer).client)).rejects.toMatchObject({ code: 'answer-too-large', retryable: true });
  });

  it('gives up on a collector that never answers, and on one that breaks off', async () => {
    const silent = await start(() => {});
    const broken = await start((_, response) => {
      response.writeHead(200, { 'content-length': '99' }).write('{');
      setImmediate(() => response.destroy());
    });

    await expect(post(connect(silent, { timeoutMs: 100 }).client)).rejects.toMatchObject({
      code: 'collector-unreachable',
      message: expect.stringContaining('no answer within 100 ms') as string,
    });
    await expect(post(connect(broken).client)).rejects.toMatchObject({
      code: 'collector-unreachable',
      retryable: true,
    });
  });

  it('says which collector is not there', async () => {
    const peer = await answering(200, '');
    await peer.close();
    open.splice(open.indexOf(peer), 1);

    await expect(post(connect(peer).client)).rejects.toMatchObject({
      code: 'collector-unreachable',
      retryable: true,
      message: expect.stringContaining(`${peer.url} cannot be reached: connect ECONNREFUSED`) as string,
    });
  });

  it('asks for its configuration with a signature over its id and the time', async () => {
    const signed = { version: '0123456789ab', document: '{}', signature: 'A'.repeat(86) };
    const peer = await answering(200, JSON.stringify(signed));
    const { client, identity } = connect(peer);

    expect(await client.fetchConfiguration()).toEqual(signed);

    const { method, path, headers } = peer.requests[0] ?? {};
    expect([method, path]).toEqual(['GET', '/api/v1/agent/configuration']);
    const text = Buffer.from(`${identity.agent}\n${String(headers?.['x-pantau-time'])}`);
    const signature = String(headers?.['x-pantau-signature']);
    expect(verifyBytes('configuration-request', text, identity.publicKey, signature)).toBe(true);
  });
});

describe('collector client over TLS', () => {
  it('talks over one kept connection to the certificate that it knows', async () => {
    const peer = await start((_, response) => response.end(ackOf(1)), certificate);
    const { client } = connect(peer, { fingerprint: certificate.fingerprint });
    await post(client);
    await post(client);

    expect(peer.requests).toHaveLength(2);
    expect(peer.connectionCount()).toBe(1);
  });

  it('sends nothing at all to another certificate', async () => {
    const other = await createCertificate();
    const peer = await start((_, response) => response.end(ackOf(1)), other);
    const { client } = connect(peer, { fingerprint: certificate.fingerprint });

    await expect(post(client)).rejects.toMatchObject({
      code: 'certificate-mismatch',
      retryable: true,
      message: expect.stringContaining('Nothing was sent.') as string,
    });
    expect(peer.connectionCount()).toBe(1);
    expect(peer.requests).toEqual([]);
  });

  it('gives up when nobody completes the handshake', async () => {
    const { createServer } = await import('node:net');
    const sockets: { destroy: () => void }[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    open.push({
      close: () => {
        sockets.forEach((socket) => socket.destroy());
        server.close();
      },
    });
    const identity = createIdentity(`https://127.0.0.1:${port}`, certificate.fingerprint);
    const client = createCollectorClient({ identity, clock: systemClock, timeoutMs: 150 });

    await expect(post(client)).rejects.toMatchObject({ code: 'collector-unreachable', retryable: true });
  });

  it.each([
    ['http://10.1.2.3:8420', undefined, 'plain-http-refused'],
    ['http://collector.example', undefined, 'plain-http-refused'],
    ['https://10.1.2.3', undefined, 'fingerprint-missing'],
  ])('refuses %s before anything is sent', (url, fingerprint, code) => {
    const identity = createIdentity(url, fingerprint);
    expect(() => createCollectorClient({ identity, clock: systemClock })).toThrow(expect.objectContaining({ code }));
  });

  it('speaks plain HTTP to another machine only when that was asked for in words', () => {
    const identity = { ...createIdentity('http://10.1.2.3:8420'), allowPlainHttp: true };
    expect(() => createCollectorClient({ identity, clock: systemClock }).close()).not.toThrow();
  });
});
