import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { AgentConfigSchema } from '../../shared/agent-config-schema.ts';
import { agentConfigFor } from './agent-config.ts';
import { probesFor } from './agent-probes.ts';
import { minimal, parse } from './bad-config.test-kit.ts';

const config = parse(`${minimal}  - { id: dinkes, name: Dinas Kesehatan }
egress: { url: "https://ip.lebongkab.go.id/" }
probeTargets:
  - { id: spl-utama, kind: http, layer: spl, host: 10.9.0.1, tls: true, path: /status, every: 5m, timeout: 20s }
  - { id: pusat, kind: icmp, layer: jip, host: 10.8.0.1, from: vantage }
  - { id: dns, kind: dns, layer: wan, host: 10.20.0.53, query: lebongkab.go.id, from: sites }
  - { id: khusus, kind: tcp, layer: internet, host: example.go.id, port: 443, pd: [dinkes] }
  - { id: jalur, kind: path, layer: wan, host: 10.20.0.2 }
`);
const namesFor = (pd: string, roles: ('vantage' | 'vault')[]) =>
  probesFor(config, { pd, site: 'kantor', roles }, []).map(({ name }) => name);

describe('the targets that the Pemda names', () => {
  it('are probed by whom they are for', () => {
    expect(namesFor('diskominfo', ['vantage'])).toEqual(['spl/spl-utama', 'jip/pusat', 'wan/jalur']);
    expect(namesFor('diskominfo', ['vault'])).toEqual(['spl/spl-utama', 'wan/dns', 'wan/jalur']);
    expect(namesFor('dinkes', [])).toEqual(['spl/spl-utama', 'wan/dns', 'internet/khusus', 'wan/jalur']);
  });

  it('go out with their settings and the defaults of their kind, in a form that agents take', () => {
    const agent = { id: 'abcdefghijklmn23', pd: 'dinkes', site: 'kantor', node: 'server-1', roles: [] };
    const document = agentConfigFor({ config, agent });

    expect(document.egressUrl).toBe('https://ip.lebongkab.go.id/');
    expect(document.probes).toEqual([
      {
        name: 'spl/spl-utama',
        kind: 'http',
        layer: 'spl',
        host: '10.9.0.1',
        tls: true,
        path: '/status',
        packetCount: 1,
        timeoutSeconds: 20,
        everySeconds: 300,
      },
      {
        name: 'wan/dns',
        kind: 'dns',
        layer: 'wan',
        host: '10.20.0.53',
        query: 'lebongkab.go.id',
        packetCount: 1,
        timeoutSeconds: 3,
      },
      {
        name: 'internet/khusus',
        kind: 'tcp',
        layer: 'internet',
        host: 'example.go.id',
        port: 443,
        packetCount: 3,
        timeoutSeconds: 2,
      },
      {
        name: 'wan/jalur',
        kind: 'path',
        layer: 'wan',
        host: '10.20.0.2',
        packetCount: 1,
        timeoutSeconds: 2,
        everySeconds: 900,
      },
    ]);
    expect([...Value.Errors(AgentConfigSchema, document)]).toEqual([]);
  });
});
