import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNamespace, type Namespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import type { ProbeResult } from './probe.ts';

const obstacle = namespaceObstacle();
describe.skipIf(obstacle !== undefined)(
  `fall-back to TCP without an answer (skipped when: ${obstacle ?? 'never here'})`,
  () => {
    let namespace: Namespace;
    beforeEach(() => {
      namespace = createNamespace();
      namespace.ip('link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
      namespace.ip('address', 'add', '192.0.2.1/24', 'dev', 'veth0');
      namespace.ip('link', 'set', 'veth0', 'up');
      namespace.ip('link', 'set', 'veth1', 'up');
      namespace.ip('neighbour', 'add', '192.0.2.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'veth0');
    });
    afterEach(() => namespace.remove());
    const probe = (host: string, port?: number) =>
      runInNamespace<ProbeResult>(
        namespace.name,
        `import { probeByTcp } from ${JSON.stringify(new URL('tcp-fallback.ts', import.meta.url).href)};
       const target = ${JSON.stringify({ name: 't', kind: 'icmp', layer: 'wan', host, port, packetCount: 2, timeoutSeconds: 0.5 })};
       console.log(JSON.stringify(await probeByTcp(target, { signal: new AbortController().signal })));`,
      );

    it('does not know whether a target is down that is silent on guessed ports', async () => {
      expect(await probe('192.0.2.9')).toMatchObject({
        kind: 'tcp',
        state: 'unknown',
        reason: 'icmp-unavailable-used-tcp',
        receivedCount: 0,
      });
    });

    it('finds a target down that is silent on its own port', async () => {
      expect(await probe('192.0.2.9', 8420)).toMatchObject({
        kind: 'tcp',
        state: 'down',
        reason: 'icmp-unavailable-used-tcp',
        sentCount: 2,
      });
    });

    it('finds a target down to which there is no way', async () => {
      expect(await probe('198.51.100.7')).toMatchObject({
        kind: 'tcp',
        state: 'down',
        reason: 'icmp-unavailable-used-tcp',
        sentCount: 3,
      });
    });
  },
);
