import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import {
  agentIdOf,
  createKeyPair,
  exportPublicKey,
  importPublicKey,
  signBytes,
  verifyBytes,
} from '../../shared/signing.ts';
import { loadConfig } from '../config/config-cache.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { createCertificate, type TestCertificate } from './certificate.test-kit.ts';
import { enrol } from './enrol.ts';
import { type Peer, type PeerRequest, startPeer } from './peer.test-kit.ts';

const collector = createKeyPair();
const secret = 'S'.repeat(43);
let folder: string;
let peers: Peer[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-'));
  peers = [];
});
afterEach(async () => {
  for (const peer of peers) await peer.close();
  rmSync(folder, { recursive: true, force: true });
});

const documentFor = (agent: string, more: object = {}) =>
  JSON.stringify({
    agent,
    pd: 'dinas-kesehatan',
    site: 'kantor',
    node: 'srv-1',
    roles: [],
    intervalSeconds: 60,
    discoverTargets: true,
    probes: [],
    backups: [],
    spool: { maxSizeBytes: 200_000_000 },
    drain: { batchesPerMinute: 30 },
    ...more,
  });
function signedFor(document: string, key = collector.privateKey) {
  return {
    version: createHash('sha256').update(document).digest('hex').slice(0, 12),
    document,
    signature: signBytes('configuration', Buffer.from(document), key),
  };
}
const publicKeyIn = ({ body }: PeerRequest) => (JSON.parse(body.toString()) as { publicKey: string }).publicKey;
function answerFor(request: PeerRequest, more: object = {}) {
  const agent = agentIdOf(publicKeyIn(request));
  return {
    agent,
    collectorPublicKey: exportPublicKey(collector.publicKey),
    configuration: signedFor(documentFor(agent)),
    ...more,
  };
}
const start = async (answer: (request: PeerRequest, response: ServerResponse) => void, tls?: TestCertificate) => {
  const peer = await startPeer(answer, tls);
  peers.push(peer);
  return peer;
};
const enrolAt = (
  url: string,
  more: { fingerprint?: string; expiresAtMs?: number; allowPlainHttp?: boolean; timeoutMs?: number } = {},
) =>
  enrol({
    token: {
      url,
      secret,
      expiresAtMs: more.expiresAtMs ?? 2_000_000,
      ...(more.fingerprint === undefined ? {} : { fingerprint: more.fingerprint }),
    },
    dataFolder: folder,
    node: 'srv-1',
    agentVersion: '1.2.3',
    allowPlainHttp: more.allowPlainHttp ?? false,
    nowMs: 1_000_000,
    timeoutMs: more.timeoutMs ?? 3000,
    logger: silentLogger,
  });

describe('enrolment', () => {
  it('proves its key, and saves who it is and what it is to do', async () => {
    const peer = await start((request, response) => response.end(JSON.stringify(answerFor(request))));
    const identity = await enrolAt(peer.url);

    const request = peer.requests[0];
    expect(request).toMatchObject({ method: 'POST', path: '/api/v1/enroll' });
    const body = request?.body ?? Buffer.alloc(0);
    expect(JSON.parse(body.toString())).toEqual({
      secret,
      publicKey: exportPublicKey(identity.publicKey),
      node: 'srv-1',
      agentVersion: '1.2.3',
    });
    const key = importPublicKey(exportPublicKey(identity.publicKey));
    expect(verifyBytes('enrolment', body, key, String(request?.headers['x-pantau-signature']))).toBe(true);
    const loaded = loadIdentity(folder, silentLogger);
    expect(loaded).toMatchObject({ agent: identity.agent, collectorUrl: peer.url, allowPlainHttp: false });
    expect(loadConfig(folder, loaded.collectorPublicKey).config).toMatchObject({ pd: 'dinas-kesehatan' });
    expect(statSync(join(folder, 'identity.json')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'enrolment-key.pem'))).toBe(false);
  });

  it('uses the same key again when the first answer was lost', async () => {
    let isFirst = true;
    const peer = await start((request, response) => {
      if (isFirst) response.destroy();
      else response.end(JSON.stringify(answerFor(request)));
      isFirst = false;
    });

    await expect(enrolAt(peer.url)).rejects.toMatchObject({ code: 'collector-unreachable' });
    await enrolAt(peer.url);

    expect(peer.requests.map(publicKeyIn)[1]).toBe(peer.requests.map(publicKeyIn)[0]);
  });

  it('keeps its key when it is enrolled a second time', async () => {
    const peer = await start((request, response) => response.end(JSON.stringify(answerFor(request))));
    const first = await enrolAt(peer.url);

    expect((await enrolAt(peer.url)).agent).toBe(first.agent);
  });

  it('checks the certificate before it sends the secret', async () => {
    const [mine, other] = [await createCertificate(), await createCertificate()];
    const peer = await start((request, response) => response.end(JSON.stringify(answerFor(request))), mine);

    await expect(enrolAt(peer.url, { fingerprint: other.fingerprint })).rejects.toMatchObject({
      code: 'certificate-mismatch',
    });
    expect(peer.requests).toEqual([]);
    await expect(enrolAt(peer.url, { fingerprint: mine.fingerprint })).resolves.toMatchObject({
      fingerprint: mine.fingerprint,
    });
  });

  it('gives up on a collector that never answers, with or without TLS', async () => {
    const certificate = await createCertificate();
    const plain = await start(() => {});
    const tls = await start(() => {}, certificate);

    for (const [url, fingerprint] of [[plain.url], [tls.url, certificate.fingerprint]] as [string, string?][]) {
      await expect(enrolAt(url, { timeoutMs: 200, ...(fingerprint && { fingerprint }) })).rejects.toThrow(
        /cannot be reached: (no answer within|timeout of) 200 ?ms/,
      );
    }
  });

  it('refuses plain HTTP to another machine unless told, and makes no key for it', async () => {
    await expect(enrolAt('http://10.9.8.7:8420')).rejects.toMatchObject({
      code: 'plain-http-refused',
      message: expect.stringContaining('--allow-plain-http') as string,
    });
    expect(existsSync(join(folder, 'enrolment-key.pem'))).toBe(false);
  });

  it('says when a token is too old, by which clock, without asking anybody', async () => {
    await expect(enrolAt('http://127.0.0.1:1', { expiresAtMs: 999_999 })).rejects.toMatchObject({
      code: 'expired-token',
      message: expect.stringContaining("this machine's clock says 1970-01-01T00:16:40.000Z") as string,
    });
  });

  it('passes on what the collector says about the token', async () => {
    const detail = 'This enrolment token was already used by another agent.';
    const peer = await start((_, response) => response.writeHead(403).end(JSON.stringify({ detail })));

    await expect(enrolAt(peer.url)).rejects.toMatchObject({
      code: 'enrolment-refused',
      message: `The collector refused the enrolment: ${detail}`,
    });
    expect(existsSync(join(folder, 'identity.json'))).toBe(false);
  });

  it.each<[string, (request: PeerRequest) => unknown, string]>([
    ['no JSON', () => 'hello', 'cannot be used'],
    ['another agent', (request) => answerFor(request, { agent: 'a'.repeat(16) }), 'it is for another agent'],
    [
      'a configuration that somebody else signed',
      (request) =>
        answerFor(request, {
          configuration: signedFor(documentFor(agentIdOf(publicKeyIn(request))), createKeyPair().privateKey),
        }),
      'its signature is not from the collector',
    ],
    [
      'a configuration that this version cannot run',
      (request) =>
        answerFor(request, {
          configuration: signedFor(documentFor(agentIdOf(publicKeyIn(request)), { intervalSeconds: 7 })),
        }),
      '/intervalSeconds',
    ],
  ])('does not take an answer with %s', async (_, answer, message) => {
    const peer = await start((request, response) => response.end(JSON.stringify(answer(request))));

    await expect(enrolAt(peer.url)).rejects.toThrow(message);
    expect(existsSync(join(folder, 'identity.json'))).toBe(false);
  });

  it('never puts the secret into an error', async () => {
    const error = await enrolAt('http://127.0.0.1:1').catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'collector-unreachable' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret);
    expect(readFileSync(join(folder, 'enrolment-key.pem'), 'utf8')).toContain('PRIVATE KEY');
  });
});
