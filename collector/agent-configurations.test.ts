import { describe, expect, it } from 'vitest';
import { createKeyPair } from '../shared/signing.ts';
import type { ReportNetwork } from '../shared/report-schema.ts';
import { type TestAgent, testAgent } from '../test/kit/test-agent.ts';
import { createAgentConfigurations } from './agent-configurations.ts';
import { minimal, parse } from './config/bad-config.test-kit.ts';
import { createFleet, type Fleet } from './facts/fleet.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const config = parse(
  `${minimal}  - { id: dinkes, name: Dinas Kesehatan, sites: [{ id: kantor, subnets: [10.20.5.0/24] }] }\n`,
);

function tell(fleet: Fleet, agent: TestAgent, atMs: number, address: string): string[] {
  const network: ReportNetwork = { gateways: [], addresses: [{ interface: 'eth0', cidr: `${address}/24` }] };
  const staged = fleet.stage([agent.batch([agent.report(atMs, { network })], atMs)], [{ batch: 0, place: 0 }]);
  staged.apply();
  return staged.changes.networks.map(({ body }) => body);
}

describe('the configuration of an agent at the Pusat Data', () => {
  it('is another one when a server has another address, and only then', () => {
    const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
    const server = testAgent({ key: 2, node: 'simpus-1' });
    const fleet = createFleet();
    for (const { row } of [vantage, server]) fleet.addAgent(row);
    const configurations = createAgentConfigurations({ fleet, privateKey: createKeyPair().privateKey, config });
    const versions = () => [configurations.versionOf(vantage.row), configurations.versionOf(server.row)];
    const probed = () =>
      (JSON.parse(configurations.of(vantage.row).document) as { probes: { host: string }[] }).probes.map(
        ({ host }) => host,
      );
    const [first, own] = versions();
    expect(tell(fleet, server, nowMs, '10.20.5.10')).toHaveLength(1);
    const [second] = versions();
    expect(tell(fleet, server, nowMs + 60_000, '10.20.5.10')).toEqual([]);

    expect([second === first, versions()]).toEqual([false, [second, own]]);
    expect(probed()).toEqual(['10.20.5.10']);

    tell(fleet, server, nowMs + 120_000, '10.20.5.99');
    expect([versions()[0] === second, versions()[1], probed()]).toEqual([false, own, ['10.20.5.99']]);

    fleet.addAgent({ ...server.row, site: 'lain' });
    expect(probed()).toEqual([]);
  });
});
