import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { agentMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { startSnmpd } from './programs.ts';

const needed = needs({ linux: true, tools: ['snmpd'] });

interface RouterRow {
  pd: string;
  site: string;
  node: string;
  state: string;
  reason: string | null;
  name: string | null;
  interfaces: { name: string; isWan: boolean; receiveBytesPerSecond: number | null }[];
}

/** The small Pemda, with the office's router read by SNMP. */
function withSnmp(port: number): string {
  const config = parse(configText({ routerAddress: '127.0.0.1', intervalSeconds: 1 })) as {
    perangkatDaerah: { id: string; sites: { router?: Record<string, unknown> }[] }[];
  };
  for (const { sites } of config.perangkatDaerah) {
    for (const site of sites) {
      if (site.router === undefined) continue;
      site.router = { ...site.router, wanInterfaces: ['lo'], snmp: { credential: 'kabupaten', port, every: '1s' } };
    }
  }
  return stringify(config);
}

describe.skipIf(!needed.ok)(`an agent at the Pusat Data ${needed.reason}`, () => {
  it(
    'reads the router of an office by SNMP, and its collector tells what the WAN carries',
    { timeout: 120_000 },
    async () => {
      const { port } = await startSnmpd('rocommunity rahasia 127.0.0.1\nsysName rtr-dinkes\n');
      const folder = temporaryFolder();
      const [collectorData, agentData] = [join(folder, 'collector'), join(folder, 'agent')];
      const collector = await startCollectorProcess({ dataFolder: collectorData, configText: withSnmp(port) });
      onTestFinished(async () => void (await collector.stop()));
      const api = apiOf(collector);
      const roles = ['vantage'];
      await enrolAgent({
        collectorData,
        collectorUrl: collector.url,
        agentData,
        pd: 'diskominfo',
        node: 'pemantau',
        roles,
      });
      runAgent(agentData);
      const router = async () => (await api.list<RouterRow>('routers')).find(({ site }) => site === 'kantor');

      const unread = await waitUntil('the router to be told of', router, 30_000);
      expect(unread).toMatchObject({ pd: 'dinkes', node: 'pemantau', state: 'unknown', reason: 'no-such-credential' });
      expect((await runProgram(agentMain, ['doctor', '--data', agentData])).stdout).toContain('chmod 600');

      // The file is written while the agent runs, which needs no restart.
      const credentials = { kabupaten: { version: '2c', community: 'rahasia' } };
      writeFileSync(join(agentData, 'snmp.json'), JSON.stringify(credentials), { mode: 0o600 });
      const read = await waitUntil(
        'the router to be read twice',
        async () => {
          const row = await router();
          return row?.interfaces.some(({ receiveBytesPerSecond }) => receiveBytesPerSecond !== null) === true && row;
        },
        30_000,
      );
      expect(read).toMatchObject({ state: 'up', reason: null, name: 'rtr-dinkes' });
      expect(read.interfaces.filter(({ isWan }) => isWan).map(({ name }) => name)).toEqual(['lo']);
      expect((await runProgram(agentMain, ['doctor', '--data', agentData])).stdout).toContain('its WAN is lo.');
    },
  );
});
