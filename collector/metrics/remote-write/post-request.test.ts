import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../test/kit/free-port.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { createTestCertificate } from '../../notify/notify-test-certificate.ts';
import type { RemoteWriteConfig } from './config-schema.ts';
import { createPoster } from './post-request.ts';

const defaults = {
  id: 'prometheus',
  labels: {},
  sendHistory: false,
  snapshotEvery: '60s',
  timeout: '1s',
  maxQueueSizeBytes: 1e7,
  samplesPerRequest: 100,
};

async function post(config: Partial<RemoteWriteConfig> & Pick<RemoteWriteConfig, 'url'>) {
  const poster = createPoster({ ...defaults, ...config });
  onTestFinished(() => poster.close());
  return poster.post(Buffer.from('x'), new AbortController().signal);
}

describe('one attempt to write', () => {
  it('trusts the certificate that the configuration names, and shows the password of its file', async () => {
    const { key, cert } = await createTestCertificate();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ca.pem'), cert);
    writeFileSync(join(folder, 'password'), 'rahasia-sekali\n');
    const shown: (string | undefined)[] = [];
    const server = createServer({ key, cert }, (request, response) => {
      shown.push(request.headers.authorization);
      request.resume().on('end', () => response.writeHead(200).end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`;
    const basicAuth = { username: 'pantau', password: { file: join(folder, 'password') } };

    expect(await post({ url, basicAuth, caFile: join(folder, 'ca.pem') })).toEqual({ kind: 'taken', code: '200' });
    expect(await post({ url, basicAuth })).toMatchObject({ kind: 'later', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(shown).toEqual([`Basic ${Buffer.from('pantau:rahasia-sekali').toString('base64')}`]);
  });

  it('that reaches nobody is made again later', async () => {
    const url = `http://127.0.0.1:${await freePort()}/api/v1/write`;

    expect(await post({ url })).toEqual({
      kind: 'later',
      code: 'ECONNREFUSED',
      message: `receiver at ${new URL(url).origin} cannot be reached: ECONNREFUSED`,
      retryAfterSeconds: undefined,
    });
  });

  it('waits for a secret whose file is gone, and names the file alone', async () => {
    const outcome = await post({ url: 'http://127.0.0.1:9/', bearerToken: { file: '/nowhere/token' } });

    expect(outcome).toMatchObject({
      kind: 'later',
      code: 'file-unreadable',
      message: 'the file /nowhere/token cannot be used: ENOENT; check the path, its owner and mode',
    });
  });
});
