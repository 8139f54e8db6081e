import { describe, expect, it } from 'vitest';
import { testConfig } from '../../test/kit/judging-bench.ts';
import type { PantauConfig } from '../config/schema.ts';
import { registeredNetworks } from './registered-networks.ts';

const dinkes = { pd: 'dinkes', site: 'kantor' };
const diskominfo = { pd: 'diskominfo', site: 'pusat-data' };

/** The usual Pemda, with networks: subnets of the Pusat Data, of the office, and the Jaringan Intra between them. */
function networks(patch: Partial<PantauConfig> = {}, subnets = ['192.168.7.0/24', 'fd00:7::/64']) {
  const config = testConfig({ routerAddress: '10.20.1.1' });
  const [first, second] = config.perangkatDaerah;
  if (first?.sites[0] === undefined || second?.sites[0] === undefined) throw new Error('the kit has other departments');
  first.sites[0].subnets = ['10.20.0.0/24'];
  second.sites[0].subnets = subnets;
  return registeredNetworks({ ...config, jaringanIntra: ['10.20.0.0/16'], ...patch });
}

describe('an address', () => {
  it.each([
    ['10.20.1.9', 'intra'],
    ['192.168.7.5', 'intra'],
    ['fd00:7::5', 'intra'],
    ['10.20.0.5', 'pusat-data'],
    ['127.0.0.1', 'pusat-data'],
    ['::1', 'pusat-data'],
    ['203.0.113.7', 'outside'],
    ['192.168.8.5', 'outside'],
    ['2001:db8::1', 'outside'],
  ])('%s of an office is %s', (address, place) => {
    expect(networks().placeOf(address, dinkes)).toBe(place);
  });

  it('of the Pusat Data is in the Jaringan Intra for the Diskominfo itself', () => {
    expect(networks().placeOf('10.20.0.5', diskominfo)).toBe('intra');
    expect(networks().placeOf('192.168.7.5', diskominfo)).toBe('intra');
  });

  it('is outside nothing when no Jaringan Intra is registered', () => {
    expect([networks().isRegistered, networks({ jaringanIntra: [] }).isRegistered]).toEqual([true, false]);
  });

  it('of the internet is told by what is registered', () => {
    const { hasEgress, isOwnEgress } = networks({ egress: { registered: ['198.51.100.0/24'] } });

    expect([hasEgress, isOwnEgress('198.51.100.7'), isOwnEgress('203.0.113.7')]).toEqual([true, true, false]);
    expect(networks().hasEgress).toBe(false);
  });
});

describe('a gateway', () => {
  it.each([
    ['10.20.1.1', 'router'],
    ['192.168.7.1', 'site'],
    ['10.20.9.1', 'intra'],
    ['192.168.100.1', 'foreign'],
    ['203.0.113.1', 'foreign'],
    ['2001:db8::1', 'foreign'],
    ['fe80::1', 'unknown'],
    ['169.254.1.1', 'unknown'],
  ])('%s is %s', (address, place) => {
    expect(networks().gatewayPlaceOf(address, dinkes)).toBe(place);
  });

  it('is not told where the site registered no subnets, or none of its family', () => {
    expect(networks({}, []).gatewayPlaceOf('192.168.100.1', dinkes)).toBe('unknown');
    expect(networks({}, ['192.168.7.0/24']).gatewayPlaceOf('2001:db8::1', dinkes)).toBe('unknown');
    expect(networks({}, []).gatewayPlaceOf('10.20.1.1', dinkes)).toBe('router');
  });
});
