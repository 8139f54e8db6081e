import { describe, expect, it, onTestFinished } from 'vitest';
import { createNamespace, namespaceObstacle, runInNamespace } from '../../probes/namespace-for-tests.ts';
import { sourceAddressTowards } from './source-address.ts';

describe('source address', () => {
  it('is this machine’s own towards itself, by either protocol', async () => {
    expect(await sourceAddressTowards('127.0.0.1', 1000)).toBe('127.0.0.1');
    expect(await sourceAddressTowards('::1', 1000)).toBe('::1');
  });

  const obstacle = namespaceObstacle();
  it.skipIf(obstacle !== undefined)(
    `follows the routes of two uplinks (skipped when: ${obstacle ?? 'never here'})`,
    async () => {
      const namespace = createNamespace();
      onTestFinished(() => namespace.remove());
      for (const [device, address] of [
        ['intra', '10.20.1.5/24'],
        ['isp', '192.168.100.2/24'],
      ] as const) {
        namespace.ip('link', 'add', device, 'type', 'veth', 'peer', 'name', `${device}-end`);
        namespace.ip('link', 'set', `${device}-end`, 'up');
        namespace.ip('address', 'add', address, 'dev', device);
        namespace.ip('link', 'set', device, 'up');
      }
      namespace.ip('route', 'add', 'default', 'via', '192.168.100.1');
      namespace.ip('route', 'add', '10.10.0.0/16', 'via', '10.20.1.1');
      const module = new URL('source-address.ts', import.meta.url).href;
      const found = await runInNamespace<unknown[]>(
        namespace.name,
        `import { sourceAddressTowards } from ${JSON.stringify(module)};
       const found = [];
       for (const host of ['10.10.1.1', '203.0.113.9', 'fd00::1']) {
         found.push((await sourceAddressTowards(host, 1000)) ?? null);
       }
       console.log(JSON.stringify(found));`,
      );
      expect(found).toEqual(['10.20.1.5', '192.168.100.2', null]);
    },
  );
});
