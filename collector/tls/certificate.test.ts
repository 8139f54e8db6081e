import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../shared/clock.ts';
import { type Certificate, loadOrCreateCertificate } from './certificate.ts';

const nowMs = Date.UTC(2026, 6, 1);
const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => 0 };
let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'pantau-tls-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

const load = (hostNames: string[] = ['pantau.example.go.id', '10.20.0.5']) =>
  loadOrCreateCertificate({ dataFolder, hostNames, clock });

/** Serves https with a certificate while `use` runs. */
async function serving<Result>({ certificatePem, keyPem }: Certificate, use: (port: number) => Promise<Result>) {
  const server = createServer({ cert: certificatePem, key: keyPem }, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function fingerprintShownAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function getTrusting(ca: string, port: number, servername: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', ca, servername, agent: false as const };
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('the certificate that the collector makes itself', () => {
  it('is served under the fingerprint that tokens carry', async () => {
    const certificate = await load();
    const shown = await serving(certificate, fingerprintShownAt);

    expect(certificate.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(shown).toBe(certificate.fingerprint);
  });

  it('is accepted for its names by a client that trusts it, and for no other', async () => {
    const certificate = await load();
    await serving(certificate, async (port) => {
      expect(await getTrusting(certificate.certificatePem, port, 'pantau.example.go.id')).toBe(200);
      await expect(getTrusting(certificate.certificatePem, port, 'other.example')).rejects.toThrow('altnames');
    });
  });

  it('holds for ten years, names and addresses included', async () => {
    const certificate = new X509Certificate((await load()).certificatePem);

    expect(certificate.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:pantau.example.go.id, IP Address:10.20.0.5',
    );
    expect(certificate.validFromDate.toISOString()).toBe('2026-06-30T00:00:00.000Z');
    expect(certificate.validToDate.toISOString()).toBe('2036-07-01T00:00:00.000Z');
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  it('is made once: later starts show the same one, whatever the names are now', async () => {
    expect((await load()).fingerprint).toBe((await load(['another.example'])).fingerprint);
  });

  it('keeps its key to its own user', async () => {
    await load();
    const modeOf = (name: string) => (statSync(join(dataFolder, 'tls', name)).mode & 0o777).toString(8);

    expect([modeOf('certificate.pem'), modeOf('key.pem')]).toEqual(['644', '600']);
  });

  it('is made anew when a crash left only the key', async () => {
    await load();
    rmSync(join(dataFolder, 'tls', 'certificate.pem'));

    expect((await load()).fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says what to do when its key is gone', async () => {
    await load();
    const keyFile = join(dataFolder, 'tls', 'key.pem');
    rmSync(keyFile);

    await expect(load()).rejects.toThrow(
      `The TLS certificate cannot be used: ${keyFile} is missing beside its certificate; restore it, or remove both and enrol the agents again.`,
    );
  });
});

describe('an own certificate', () => {
  it('is used instead', async () => {
    const made = await load();
    const [certificateFile, keyFile] = [join(dataFolder, 'own.pem'), join(dataFolder, 'own-key.pem')];
    writeFileSync(certificateFile, made.certificatePem);
    writeFileSync(keyFile, made.keyPem);
    const elsewhere = join(dataFolder, 'empty');

    const own = await loadOrCreateCertificate({
      dataFolder: elsewhere,
      hostNames: [],
      clock,
      certificateFile,
      keyFile,
    });

    expect(own).toEqual(made);
    expect(() => statSync(elsewhere)).toThrow('ENOENT');
  });

  it('is refused with the key of another', async () => {
    const { certificatePem } = await load();
    const other = await loadOrCreateCertificate({ dataFolder: join(dataFolder, 'other'), hostNames: [], clock });
    const [certificateFile, keyFile] = [join(dataFolder, 'own.pem'), join(dataFolder, 'own-key.pem')];
    writeFileSync(certificateFile, certificatePem);
    writeFileSync(keyFile, other.keyPem);

    await expect(
      loadOrCreateCertificate({ dataFolder, hostNames: [], clock, certificateFile, keyFile }),
    ).rejects.toMatchObject({
      code: 'bad-certificate',
      message: `The TLS certificate cannot be used: ${keyFile} is not the key of ${certificateFile}; name the pair that belongs together.`,
    });
  });

  it('is refused when it is no PEM', async () => {
    const { keyPem } = await load();
    const [certificateFile, keyFile] = [join(dataFolder, 'own.pem'), join(dataFolder, 'own-key.pem')];
    writeFileSync(certificateFile, 'hello');
    writeFileSync(keyFile, keyPem);

    await expect(
      loadOrCreateCertificate({ dataFolder, hostNames: [], clock, certificateFile, keyFile }),
    ).rejects.toThrow(`${certificateFile} holds no PEM that can be used`);
  });
});
