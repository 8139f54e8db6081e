import { describe, expect, it } from 'vitest';
import { namespaceObstacle } from '../namespace-for-tests.ts';
import type { ProbeResult } from '../probe.ts';
import { runOverSlowLink } from '../slow-link.test-kit.ts';

const obstacle = namespaceObstacle();
describe.skipIf(obstacle !== undefined)(
  `connection over a slow link (skipped when: ${obstacle ?? 'never here'})`,
  () => {
    it('is waited for although the name has a second address that leads nowhere', async () => {
      const module = new URL('../tcp.ts', import.meta.url).href;
      const where = { name: 't', kind: 'tcp', layer: 'wan', host: 'layanan.example', port: 8443 };
      const result = await runOverSlowLink<ProbeResult>(
        `require('node:net').createServer(() => {}).listen(8443, host, ready);`,
        `const { tcpProbe } = await import(${JSON.stringify(module)});
       const target = ${JSON.stringify({ ...where, packetCount: 1, timeoutSeconds: 5 })};
       beginToMend();
       console.log(JSON.stringify(await tcpProbe.probe(target, { signal: new AbortController().signal })));`,
      );
      expect(result).toMatchObject({ state: 'up', sentCount: 1, receivedCount: 1 });
      expect(result.phases?.connectSeconds).toBeGreaterThan(0.6);
      expect(result.phases?.resolveSeconds).toBeLessThan(0.6);
    });
  },
);
