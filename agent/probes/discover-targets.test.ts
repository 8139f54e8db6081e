import { execFileSync } from 'node:child_process';
import Compile from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { AgentConfigSchema } from '../../shared/agent-config-schema.ts';
import { discoverTargets } from './discover-targets.ts';

const noRoutes = () => ({ ipv4: '', ipv6: '' });
const isTargets = Compile(AgentConfigSchema.properties.probes);
const wanOf = (collectorUrl: string) => discoverTargets({ collectorUrl, readRoutes: noRoutes });

describe('discoverTargets', () => {
  it('makes the collector the WAN target, with its port for the fall-back', () => {
    expect(wanOf('https://pantau.lebongkab.go.id:8420')).toEqual([
      {
        name: 'wan',
        kind: 'icmp',
        layer: 'wan',
        host: 'pantau.lebongkab.go.id',
        port: 8420,
        packetCount: 5,
        timeoutSeconds: 2,
      },
      {
        name: 'path',
        kind: 'path',
        layer: 'wan',
        host: 'pantau.lebongkab.go.id',
        packetCount: 1,
        timeoutSeconds: 2,
        everySeconds: 900,
      },
    ]);
    expect(wanOf('https://10.10.1.1')).toMatchObject([{ port: 443 }, { name: 'path' }]);
    expect(wanOf('http://10.10.1.1/pantau')).toMatchObject([{ port: 80 }, { name: 'path' }]);
    expect(wanOf('http://[fd00::1]:8420')).toMatchObject([{ host: 'fd00::1', port: 8420 }, { host: 'fd00::1' }]);
  });

  it('looks at no way to a collector on this machine', () => {
    expect(wanOf('http://127.0.0.1:8420').map(({ name }) => name)).toEqual(['wan']);
  });

  it('makes the default gateway the LAN target, first in the list', () => {
    const ipv6 = `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 20010db8000000000000000000000001 00000400 1 0 00000003 eth0\n`;
    const targets = discoverTargets({ collectorUrl: 'http://127.0.0.1:8420', readRoutes: () => ({ ipv4: '', ipv6 }) });
    expect(targets.map(({ name, layer, host }) => ({ name, layer, host }))).toEqual([
      { name: 'lan', layer: 'lan', host: '2001:db8::1' },
      { name: 'wan', layer: 'wan', host: '127.0.0.1' },
    ]);
    expect([...isTargets.Errors(targets)]).toEqual([]);
  });

  const kernelAnswer = kernelGateway();
  it.skipIf(kernelAnswer === undefined)('finds the same gateway on this machine as the kernel’s own tool', () => {
    const lan = discoverTargets({ collectorUrl: 'http://127.0.0.1:1' }).find(({ name }) => name === 'lan');
    expect(lan?.host).toBe(kernelAnswer);
  });
});

/** Undefined where there is no default route, or no program to ask. */
function kernelGateway(): string | undefined {
  try {
    const routes = execFileSync('ip', ['-4', 'route', 'show', 'default'], { encoding: 'utf8' });
    return /^default via ([\d.]+)/.exec(routes)?.[1];
  } catch {
    return undefined;
  }
}
