import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { startProgram } from '../../test/kit/programs.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { type Issued, inDays, issue, trustInThisProcess } from './certificates.test-kit.ts';
import { type ContractBench, probeContract, refusalContract, type Served } from './probe.contract.ts';
import { toReport } from './results/to-report.ts';
import { tlsProbe } from './tls.ts';

const module = new URL('tls.ts', import.meta.url).href;
const target = { name: 't', kind: 'tls', layer: 'spl', host: '127.0.0.1', packetCount: 1, timeoutSeconds: 5 } as const;
const { signal } = new AbortController();

let authority: Issued;
let good: Issued;
beforeAll(async () => {
  authority = await issue({ name: 'Otoritas Uji', isAuthority: true, notAfter: inDays(3650) });
  trustInThisProcess(authority.cert);
  good = await issue({ name: 'spl.example', hosts: ['127.0.0.1', 'localhost', 'spl.example'], by: authority });
});

async function serve(options: TlsOptions): Promise<Served> {
  const server = createServer(options, (socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, close: () => new Promise((done) => server.close(done)) };
}

async function probeOf(options: TlsOptions, more: { host?: string; serverName?: string } = {}) {
  const served = await serve(options);
  onTestFinished(async () => void (await served.close()));
  return tlsProbe.probe({ ...target, port: served.port, ...more }, { signal });
}

const bench: ContractBench = {
  importStatement: `import { tlsProbe as probe } from ${JSON.stringify(module)};`,
  serve: () => serve({ key: good.key, cert: good.cert }),
  phases: ['connectSeconds', 'tlsSeconds'],
  silence: 'timeout',
};
probeContract(tlsProbe, bench);
refusalContract(tlsProbe, bench);

describe('tls probe', () => {
  it('tells the facts of a trusted certificate', async () => {
    const result = await probeOf({ key: good.key, cert: good.cert });
    expect(result).toMatchObject({
      state: 'up',
      certificate: {
        notAfter: good.parsed.notAfter.toISOString(),
        subject: 'CN=spl.example',
        issuer: 'CN=Otoritas Uji',
        fingerprint: good.fingerprint,
        trust: 'trusted',
      },
    });
  });

  it('takes the name of the host or the name that it is told', async () => {
    const options = { key: good.key, cert: good.cert };
    expect(await probeOf(options, { host: 'localhost' })).toMatchObject({ state: 'up' });
    expect(await probeOf(options, { serverName: 'spl.example' })).toMatchObject({ state: 'up' });
    expect(await probeOf(options, { serverName: 'other.example' })).toMatchObject({
      state: 'down',
      reason: 'certificate-wrong-name',
      certificate: { trust: 'wrong-name' },
    });
  });

  it('tells the earliest end in the chain that is shown', async () => {
    const middle = await issue({ name: 'Antara', isAuthority: true, by: authority, notAfter: inDays(5) });
    const leaf = await issue({ name: 'leaf', hosts: ['127.0.0.1'], by: middle, notAfter: inDays(20) });
    expect(await probeOf({ key: leaf.key, cert: leaf.cert + '\n' + middle.cert })).toMatchObject({
      state: 'up',
      certificate: { notAfter: middle.parsed.notAfter.toISOString(), fingerprint: leaf.fingerprint },
    });
    // Without the certificate in between nobody can tell.
    expect(await probeOf({ key: leaf.key, cert: leaf.cert })).toMatchObject({ reason: 'certificate-untrusted' });
  });

  it.each([
    { trust: 'expired', of: () => issue({ name: 'a', hosts: ['127.0.0.1'], by: authority, notAfter: inDays(-1) }) },
    {
      trust: 'not-yet-valid',
      of: () => issue({ name: 'a', hosts: ['127.0.0.1'], by: authority, notBefore: inDays(2) }),
    },
    { trust: 'wrong-name', of: () => issue({ name: 'a', hosts: ['other.example'], by: authority }) },
    { trust: 'self-signed', of: () => issue({ name: 'a', hosts: ['127.0.0.1'] }) },
    {
      trust: 'untrusted',
      of: async () => {
        const stranger = await issue({ name: 'Orang Lain', isAuthority: true });
        return issue({ name: 'a', hosts: ['127.0.0.1'], by: stranger });
      },
    },
  ])('finds a target down whose certificate is $trust, and tells its facts all the same', async ({ trust, of }) => {
    const { key, cert, fingerprint, parsed } = await of();
    const result = await probeOf({ key, cert });
    expect(result).toMatchObject({
      state: 'down',
      reason: `certificate-${trust}`,
      sentCount: 1,
      receivedCount: 0,
      certificate: { trust, fingerprint, notAfter: parsed.notAfter.toISOString() },
    });
    expect(schemaErrors('probes', [toReport(target, result)])).toEqual([]);
  });

  it('knows what speaks no TLS from what hangs up and what says nothing', async () => {
    const reasonOf = async (answer: (socket: Socket) => void, timeoutSeconds = 5) => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.resume();
        answer(socket);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const result = await tlsProbe.probe({ ...target, port, timeoutSeconds }, { signal });
      // Closes only when the probe has let go of its connection.
      await new Promise((done) => server.close(done));
      return result.reason;
    };
    expect(await reasonOf((socket) => void socket.write('220 mail.example ESMTP\r\n'))).toBe('tls-failed');
    expect(await reasonOf((socket) => void socket.end())).toBe('connection-reset');
    expect(await reasonOf((socket) => void socket.resetAndDestroy())).toBe('connection-reset');
    expect(await reasonOf(() => {}, 0.2)).toBe('timeout');
  });

  it('trusts an authority that is installed on the machine', async () => {
    const served = await serve({ key: good.key, cert: good.cert });
    onTestFinished(async () => void (await served.close()));
    const file = join(temporaryFolder(), 'authorities.pem');
    writeFileSync(file, authority.cert);
    const text = `import { tlsProbe } from ${JSON.stringify(module)};
      const target = ${JSON.stringify({ ...target, port: served.port })};
      console.log((await tlsProbe.probe(target, { signal: new AbortController().signal })).certificate.trust);`;
    const trustWith = async (env: NodeJS.ProcessEnv) => {
      const program = startProgram([process.execPath, '--input-type=module', '--eval', text], env);
      await program.exited;
      return program.output().trim();
    };
    expect(await trustWith({ SSL_CERT_FILE: file })).toBe('trusted');
    expect(await trustWith({})).toBe('untrusted');
  });
});
