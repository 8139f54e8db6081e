import { createHash } from 'node:crypto';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { AgentConfigSchema, SignedConfigSchema } from '../../shared/agent-config-schema.ts';
import { createKeyPair, verifyBytes } from '../../shared/signing.ts';
import { agentConfigFor, signAgentConfig } from './agent-config.ts';
import { minimal, parse } from './bad-config.test-kit.ts';

const config = parse(`${minimal}    sites:
      - { id: pusat-data, router: { address: 10.20.0.1 } }
      - { id: gudang }
    datasets:
      - { id: everywhere, source: { kind: files, path: /srv/a/* } }
      - { id: on-db1, node: db1, source: { kind: files, path: /srv/b/* } }
      - { id: on-db2, node: db2, source: { kind: files, path: /srv/c/* } }
      - { id: called, source: { kind: heartbeat, uuid: 07c2f548-9850-4b27-af5d-6c9dc157ec02 } }
      - { id: found, node: db1, source: { kind: vault } }
  - id: dinkes
    name: Dinas Kesehatan
    sites: [{ id: kantor, router: { address: router.dinkes.example } }]
    datasets: [{ id: simpus, source: { kind: restic, repository: /r, passwordFile: /p } }]
agents: { intervalSeconds: 30, spoolMaxSizeBytes: 5000000, drainBatchesPerMinute: 7 }
`);
const agent = { id: 'abcdefghijklmn23', pd: 'diskominfo', site: 'pusat-data', node: 'db1', roles: [] };

describe('the configuration of an agent', () => {
  it("holds its department's datasets, but not those of another node", () => {
    expect(agentConfigFor({ config, agent })).toEqual({
      agent: 'abcdefghijklmn23',
      pd: 'diskominfo',
      site: 'pusat-data',
      node: 'db1',
      roles: [],
      intervalSeconds: 30,
      discoverTargets: true,
      probes: [],
      backups: [
        { dataset: 'everywhere', source: { kind: 'files', path: '/srv/a/*' } },
        { dataset: 'on-db1', source: { kind: 'files', path: '/srv/b/*' } },
        { dataset: 'called' },
      ],
      spool: { maxSizeBytes: 5_000_000 },
      drain: { batchesPerMinute: 7 },
    });
  });

  it('holds what the collector hears itself without a source, and what only a vault shows when it is to be tried', () => {
    const own = parse(`${minimal}    datasets:
      - { id: called, source: { kind: heartbeat, uuid: 07c2f548-9850-4b27-af5d-6c9dc157ec02 } }
      - { id: tried, source: { kind: heartbeat }, restoreTest: { kind: archive, path: /srv/a/* } }
      - { id: found, source: { kind: vault } }
      - { id: found-and-tried, source: { kind: vault }, restoreTest: { kind: command, command: coba } }
      - { id: elsewhere, node: db2, source: { kind: heartbeat } }
`);
    const document = agentConfigFor({ config: own, agent });

    expect(document.backups).toEqual([
      { dataset: 'called' },
      { dataset: 'tried', restoreTest: { kind: 'archive', path: '/srv/a/*' } },
      { dataset: 'found-and-tried', restoreTest: { kind: 'command', command: 'coba' } },
    ]);
    expect([...Value.Errors(AgentConfigSchema, document)]).toEqual([]);
    // The address of its pings is the collector's own business.
    expect(JSON.stringify(document)).not.toContain('07c2f548');
  });

  it('lets a vantage agent probe the router of every site that has one', () => {
    const { probes } = agentConfigFor({ config, agent: { ...agent, roles: ['vantage'] } });
    const common = { kind: 'icmp', layer: 'wan', packetCount: 5, timeoutSeconds: 2 };

    expect(probes).toEqual([
      { name: 'wan/diskominfo/pusat-data', pd: 'diskominfo', site: 'pusat-data', host: '10.20.0.1', ...common },
      { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor', host: 'router.dinkes.example', ...common },
    ]);
  });

  it('lets a vantage agent probe the servers behind the routers, but not those beside itself', () => {
    const servers = [
      { pd: 'dinkes', site: 'kantor', node: 'simpus-1', address: '10.20.5.10' },
      { pd: 'diskominfo', site: 'pusat-data', node: 'db1', address: '10.20.0.10' },
    ];
    const ofVantage = agentConfigFor({ config, agent: { ...agent, roles: ['vantage'] }, servers });
    const ofOther = agentConfigFor({ config, agent, servers });

    expect(ofVantage.probes.slice(2)).toEqual([
      {
        name: 'server/dinkes/kantor/simpus-1',
        kind: 'icmp',
        layer: 'lan',
        pd: 'dinkes',
        site: 'kantor',
        node: 'simpus-1',
        host: '10.20.5.10',
        packetCount: 5,
        timeoutSeconds: 2,
      },
    ]);
    expect(ofOther.probes).toEqual([]);
    expect([...Value.Errors(AgentConfigSchema, ofVantage)]).toEqual([]);
  });

  it('holds as many probes as an agent takes, routers before servers', () => {
    const servers = Array.from({ length: 1200 }, (_, at) => ({
      pd: 'dinkes',
      site: 'kantor',
      node: `server-${at}`,
      address: '10.20.5.10',
    }));
    const { probes } = agentConfigFor({ config, agent: { ...agent, roles: ['vantage'] }, servers });

    expect([probes.length, probes[0]?.layer, probes[999]?.node]).toEqual([1000, 'wan', 'server-997']);
  });

  it('has nothing to back up for a department that is gone, and still is a whole one', () => {
    const document = agentConfigFor({ config, agent: { ...agent, pd: 'bubar' } });

    expect(document.backups).toEqual([]);
    expect(Value.Check(AgentConfigSchema, document)).toBe(true);
  });

  it('is accepted by the schema that agents check it against', () => {
    const document = agentConfigFor({ config, agent: { ...agent, roles: ['vantage', 'vault'] } });

    expect([...Value.Errors(AgentConfigSchema, document)]).toEqual([]);
  });
});

describe('the signed form', () => {
  const { privateKey, publicKey } = createKeyPair();
  const document = agentConfigFor({ config, agent });
  const signed = signAgentConfig(document, privateKey);

  it('is signed as a configuration, over exactly its text', () => {
    const bytes = Buffer.from(signed.document);

    expect(JSON.parse(signed.document)).toEqual(document);
    expect(verifyBytes('configuration', bytes, publicKey, signed.signature)).toBe(true);
    expect(verifyBytes('report', bytes, publicKey, signed.signature)).toBe(false);
    expect(Value.Check(SignedConfigSchema, signed)).toBe(true);
  });

  it('has a version that names its content', () => {
    const other = signAgentConfig({ ...document, intervalSeconds: 60 }, privateKey);

    expect(signed.version).toBe(createHash('sha256').update(signed.document).digest('hex').slice(0, 12));
    expect(signAgentConfig(document, createKeyPair().privateKey).version).toBe(signed.version);
    expect(other.version).not.toBe(signed.version);
  });
});
