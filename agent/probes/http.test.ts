import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { type Issued, inDays, issue, trustInThisProcess } from './certificates.test-kit.ts';
import { httpProbe } from './http.ts';
import { type ContractBench, probeContract, refusalContract, type Served } from './probe.contract.ts';
import { toReport } from './results/to-report.ts';

const target = { name: 't', kind: 'http', layer: 'spl', host: '127.0.0.1', packetCount: 1, timeoutSeconds: 5 } as const;
const { signal } = new AbortController();

let authority: Issued;
let good: Issued;
beforeAll(async () => {
  authority = await issue({ name: 'Otoritas Uji', isAuthority: true });
  trustInThisProcess(authority.cert);
  good = await issue({ name: 'a', hosts: ['127.0.0.1', 'layanan.example'], by: authority });
});

async function listen(server: Server): Promise<Served> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(done));
  };
  return { port: (server.address() as { port: number }).port, close };
}
const pages: RequestListener = (_request, response) => void response.end('Selamat datang');

async function probeOf(server: Server, more: Partial<ProbeConfig> = {}) {
  const served = await listen(server);
  onTestFinished(async () => void (await served.close()));
  const told = { ...target, port: served.port, ...more };
  const result = await httpProbe.probe(told, { signal });
  expect(schemaErrors('probes', [toReport(told, result)])).toEqual([]);
  return result;
}
const saying = (bytes: string) =>
  createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => void socket.end(bytes));
  });

const bench: ContractBench = {
  importStatement: `import { httpProbe as probe } from ${JSON.stringify(new URL('http.ts', import.meta.url).href)};`,
  serve: () => listen(createServer(pages)),
  phases: ['connectSeconds', 'transferSeconds', 'waitSeconds'],
  silence: 'timeout',
};
probeContract(httpProbe, bench);
refusalContract(httpProbe, bench);

describe('http probe', () => {
  it('asks for the path that it is told, as an agent of ours, and tells status and phases', async () => {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      const { method, url, headers } = request;
      asked.push({ method, url, agent: headers['user-agent'] });
      response.end('ok');
    });
    const result = await probeOf(server, { path: '/status?a=1', packetCount: 2 });
    expect(result).toMatchObject({ state: 'up', sentCount: 2, receivedCount: 2, httpStatus: 200 });
    const one = { method: 'GET', url: '/status?a=1', agent: 'pantau-agent' };
    expect(asked).toEqual([one, one]);
  });

  it.each([
    { status: 200, expectStatus: undefined, state: 'up' },
    { status: 204, expectStatus: undefined, state: 'up' },
    { status: 304, expectStatus: undefined, state: 'up' },
    { status: 404, expectStatus: undefined, state: 'down' },
    { status: 503, expectStatus: undefined, state: 'down' },
    { status: 401, expectStatus: [200, 401], state: 'up' },
    { status: 200, expectStatus: [401], state: 'down' },
  ])('finds status $status $state when $expectStatus is expected', async ({ status, expectStatus, state }) => {
    const server = createServer((_request, response) => void response.writeHead(status).end());
    const result = await probeOf(server, expectStatus === undefined ? {} : { expectStatus });
    expect(result).toMatchObject({ state, httpStatus: status });
    expect(result.reason).toBe(state === 'up' ? undefined : 'unexpected-status');
  });

  it('looks for a text in the first 64 KiB, and reads no further', async () => {
    const long = (before: number) =>
      createServer((_request, response) => void response.end(`${'x'.repeat(before)}Pendaftaran${'y'.repeat(1e6)}`));
    const expectText = 'Pendaftaran';
    expect(await probeOf(long(60_000), { expectText })).toMatchObject({ state: 'up' });
    expect(await probeOf(long(66_000), { expectText })).toMatchObject({ state: 'down', reason: 'text-missing' });
    expect(await probeOf(createServer(pages), { expectText })).toMatchObject({
      reason: 'text-missing',
      httpStatus: 200,
    });
  });

  it.each([
    { name: 'is no HTTP', bytes: 'SSH-2.0-OpenSSH_9.2\r\n', reason: 'bad-answer' },
    { name: 'has a status that there is not', bytes: 'HTTP/1.1 999 Odd\r\n\r\n', reason: 'bad-answer' },
    {
      name: 'has headers without an end',
      bytes: `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(99_999)}\r\n\r\n`,
      reason: 'too-large',
    },
    { name: 'is cut off', bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx', reason: 'connection-reset' },
    { name: 'is empty', bytes: '', reason: 'connection-reset' },
  ])('finds a target down whose answer $name', async ({ bytes, reason }) => {
    expect(await probeOf(saying(bytes))).toMatchObject({ state: 'down', reason, receivedCount: 0 });
  });

  it('does not wait beyond its time for a page that comes in drops, and lets go of it', async () => {
    const ended: Promise<unknown>[] = [];
    const server = createServer((_request, response) => {
      response.writeHead(200).write('a');
      const drops = setInterval(() => response.write('a'), 20);
      ended.push(once(response, 'close').then(() => clearInterval(drops)));
    });
    const result = await probeOf(server, { timeoutSeconds: 0.3 });
    expect(result).toMatchObject({ state: 'down', reason: 'timeout', httpStatus: 200 });
    await Promise.all(ended);
  });
});

describe('redirections', () => {
  /** Each page leads to the next one, `/0` to `/1`. */
  const chain = (lastPage: number, locationOf = (page: number) => `/${page}`) =>
    createServer((request, response) => {
      const page = Number(request.url?.slice(1));
      if (page === lastPage) response.end('here');
      else response.writeHead(302, { location: locationOf(page + 1) }).end();
    });

  it('are followed three times on the same host', async () => {
    const told = { path: '/0', expectText: 'here' };
    expect(await probeOf(chain(3), told)).toMatchObject({ state: 'up', httpStatus: 200 });
    expect(await probeOf(chain(4), told)).toMatchObject({
      state: 'down',
      reason: 'too-many-redirections',
      httpStatus: 302,
    });
  });

  it.each(['http://10.0.0.1/', 'https://sso.example/', 'file:///etc/passwd', 'http://[', '//evil.example/'])(
    'to %s are the answer itself',
    async (location) => {
      const result = await probeOf(
        chain(9, () => location),
        { path: '/0' },
      );
      expect(result).toMatchObject({ state: 'up', httpStatus: 302 });
    },
  );

  it('are not followed when they are what is expected', async () => {
    expect(await probeOf(chain(1), { path: '/0', expectStatus: [302] })).toMatchObject({
      state: 'up',
      httpStatus: 302,
    });
  });
});

describe('https', () => {
  const secure = ({ key, cert }: Issued) => createTlsServer({ key, cert }, pages);

  it('tells the certificate and how long the handshake took', async () => {
    const result = await probeOf(secure(good), { tls: true });
    expect(result).toMatchObject({
      state: 'up',
      httpStatus: 200,
      certificate: { trust: 'trusted', fingerprint: good.fingerprint, notAfter: good.parsed.notAfter.toISOString() },
    });
    expect(result.phases?.tlsSeconds).toBeGreaterThan(0);
  });

  it('checks the name that it is told', async () => {
    expect(await probeOf(secure(good), { tls: true, serverName: 'layanan.example' })).toMatchObject({ state: 'up' });
    const wrong = await probeOf(secure(good), { tls: true, serverName: 'lain.example' });
    expect(wrong).toMatchObject({ state: 'down', reason: 'certificate-wrong-name' });
    expect(wrong).not.toHaveProperty('httpStatus');
  });

  it('sends no request to a server with a bad certificate, and tells its facts', async () => {
    let requestCount = 0;
    const old = await issue({ name: 'a', hosts: ['127.0.0.1'], by: authority, notAfter: inDays(-2) });
    const server = createTlsServer({ key: old.key, cert: old.cert }, (request, response) => {
      requestCount++;
      pages(request, response);
    });
    expect(await probeOf(server, { tls: true })).toMatchObject({
      state: 'down',
      reason: 'certificate-expired',
      certificate: { trust: 'expired', notAfter: old.parsed.notAfter.toISOString() },
    });
    expect(requestCount).toBe(0);
  });

  it('follows a redirection from http', async () => {
    const served = await listen(secure(good));
    onTestFinished(async () => void (await served.close()));
    const location = `https://127.0.0.1:${served.port}/`;
    const server = createServer((_request, response) => void response.writeHead(301, { location }).end());
    expect(await probeOf(server, { expectText: 'Selamat' })).toMatchObject({
      state: 'up',
      httpStatus: 200,
      certificate: { trust: 'trusted' },
    });
  });
});
