import { describe, expect, it } from 'vitest';
import { namespaceObstacle } from '../probes/namespace-for-tests.ts';
import { runOverSlowLink } from '../probes/slow-link.test-kit.ts';
import { createCertificate } from './certificate.test-kit.ts';

const module = JSON.stringify(new URL('http-exchange.ts', import.meta.url).href);
const asking = (transport: object) => `const { createExchange } = await import(${module});
  const exchange = createExchange(${JSON.stringify({ ...transport, timeoutMs: 10_000 })});
  beginToMend();
  const { status } = await exchange.send({ method: 'GET', path: '/', headers: {}, maxAnswerBytes: 99 });
  exchange.close();
  console.log(JSON.stringify(status));`;

const obstacle = namespaceObstacle();
describe.skipIf(obstacle !== undefined)(
  `collector over a slow link (skipped when: ${obstacle ?? 'never here'})`,
  () => {
    it('is reached by a name with a second address that leads nowhere, over TLS', async () => {
      const { key, cert, fingerprint } = await createCertificate();
      const options = JSON.stringify({ key, cert });
      const serving = `require('node:https').createServer(${options}, (q, r) => r.end()).listen(8443, host, ready);`;
      expect(await runOverSlowLink<number>(serving, asking({ url: 'https://layanan.example:8443', fingerprint }))).toBe(
        200,
      );
    });

    it('is reached so over plain HTTP', async () => {
      const serving = `require('node:http').createServer((q, r) => r.end()).listen(8443, host, ready);`;
      const transport = { url: 'http://layanan.example:8443', allowPlainHttp: true };
      expect(await runOverSlowLink<number>(serving, asking(transport))).toBe(200);
    });
  },
);
