import { describe, expect, it } from 'vitest';
import type { ReportNetwork } from '../../shared/network-schema.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import { looksOf } from './path-looks.ts';

const takenAtMs = Date.parse('2026-11-22T03:00:00Z');
const agent = testAgent();
const gateway = (address: string) => ({ address, interface: 'eth0', metric: 100 });

function looks(given: { network?: Partial<ReportNetwork>; probes?: ReportProbe[] }) {
  const { network, probes = [] } = given;
  const told = network === undefined ? {} : { network: { gateways: [], addresses: [], ...network } };
  return looksOf(agent.report(takenAtMs, { ...told, probes }));
}

const way = (patch: Partial<ReportProbe> = {}): ReportProbe =>
  probe('up', {
    name: 'path',
    kind: 'path',
    hops: [{ address: '192.168.7.1' }, {}, { address: '::ffff:10.20.0.1', roundTripSeconds: 0.01 }],
    ...patch,
  });

describe('what a report tells of its way', () => {
  it('is nothing when it speaks of no network', () => {
    expect(looks({ probes: [probe('up')] })).toEqual([]);
  });

  it('is its gateways, in one form, without what is no address', () => {
    const gateways = [gateway('::ffff:192.168.7.1'), gateway('FE80::1'), gateway('ppp0')];

    expect(looks({ network: { gateways } })).toEqual([{ kind: 'gateways', addresses: ['192.168.7.1', 'fe80::1'] }]);
  });

  it('is that it has no gateway any more', () => {
    expect(looks({ network: {} })).toEqual([{ kind: 'gateways', addresses: [] }]);
  });

  it.each([
    ['looked up just now', new Date(takenAtMs).toISOString(), ['203.0.113.7']],
    ['looked up at a time that is not told', undefined, ['203.0.113.7']],
    ['looked up three hours before', new Date(takenAtMs - 3 * 3_600_000).toISOString(), undefined],
  ])('is its address on the internet when it was %s', (_name, egressCheckedAt, addresses) => {
    const network = {
      egressAddress: '203.0.113.7',
      ...(egressCheckedAt === undefined ? {} : { egressCheckedAt }),
    };

    expect(looks({ network }).find(({ kind }) => kind === 'egresses')?.addresses).toEqual(addresses);
  });

  it('is no address on the internet when a page answered something else', () => {
    expect(looks({ network: { egressAddress: '<html>' } }).map(({ kind }) => kind)).toEqual(['gateways']);
  });

  it('is the steps of its own way to the Pusat Data, silent ones too', () => {
    expect(looks({ probes: [way()] })).toEqual([{ kind: 'hops', addresses: ['192.168.7.1', '*', '10.20.0.1'] }]);
  });

  it.each([
    ['a way to the internet', way({ layer: 'internet' })],
    ['a way that it looked at for another department', way({ pd: 'disdik', site: 'kantor' })],
    ['a way that was not looked at', probe('unknown', { name: 'path', kind: 'path' })],
  ])('is not %s', (_name, other) => {
    expect(looks({ probes: [other] })).toEqual([]);
  });
});
