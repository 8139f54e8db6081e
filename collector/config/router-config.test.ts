import { describe, expect, it } from 'vitest';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { routersFor } from './router-config.ts';

const snmp = { credential: 'diskominfo' };

function routersOf(agent: Partial<Parameters<typeof routersFor>[1]>, settings: object = snmp) {
  const config = testConfig({ routerAddress: '10.20.1.1' });
  const router = config.perangkatDaerah[1]?.sites[0]?.router;
  if (router !== undefined) Object.assign(router, { snmp: settings, wanInterfaces: ['ether1'] });
  return routersFor(config, { pd: 'dinkes', site: 'kantor', node: 'server-1', roles: [], ...agent });
}

const atPusatData = { pd: 'diskominfo', site: 'pusat-data', node: 'pemantau', roles: ['vantage' as const] };

describe('who reads a router', () => {
  it('is the agent at the Pusat Data, when none is named', () => {
    expect(routersOf({})).toEqual([]);
    expect(routersOf(atPusatData)).toEqual([
      {
        pd: 'dinkes',
        site: 'kantor',
        host: '10.20.1.1',
        reader: 'snmp',
        credential: 'diskominfo',
        wanInterfaces: ['ether1'],
        timeoutSeconds: 2,
        everySeconds: 60,
      },
    ]);
  });

  it('is the node that is named, of the same department, at its own pace', () => {
    const settings = { ...snmp, by: 'server-1', port: 1161, timeout: '5s', every: '5m' };
    expect(routersOf(atPusatData, settings)).toEqual([]);
    expect(routersOf({ pd: 'bappeda' }, settings)).toEqual([]);
    expect(routersOf({}, settings)).toMatchObject([{ port: 1161, timeoutSeconds: 5, everySeconds: 300 }]);
  });

  it('is the agent that runs on it, of its own site alone', () => {
    const config = testConfig({ routerAddress: '10.20.1.1' });
    Object.assign(config.perangkatDaerah[1]?.sites[0]?.router ?? {}, { node: 'router-1', wanInterfaces: ['wan0'] });
    const agent = { pd: 'dinkes', site: 'kantor', node: 'router-1', roles: [] };

    expect(routersFor(config, agent)).toMatchObject([{ reader: 'self', host: '10.20.1.1', wanInterfaces: ['wan0'] }]);
    expect(routersFor(config, { ...agent, site: 'gudang' })).toEqual([]);
    expect(routersFor(config, { ...agent, node: 'server-1' })).toEqual([]);
  });

  it('is nobody where no credential is named', () => {
    const config = testConfig({ routerAddress: '10.20.1.1' });
    expect(routersFor(config, atPusatData)).toEqual([]);
  });
});
