import { describe, expect, it } from 'vitest';
import { addressNetworks, isCidr, usualAddress } from './address-networks.ts';

describe('an address', () => {
  it.each([
    ['10.20.1.1', '10.20.1.1'],
    ['::ffff:10.20.1.1', '10.20.1.1'],
    ['::FFFF:10.20.1.1', '10.20.1.1'],
    ['::ffff:0a14:0101', '10.20.1.1'],
    ['FD00:0:0:0::00AB', 'fd00::ab'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ])('%s is written as %s', (given, usual) => {
    expect(usualAddress(given)).toBe(usual);
  });

  it.each([
    '',
    '10.20.1',
    '10.20.1.1:80',
    '010.20.1.1',
    'localhost',
    'unknown',
    '[fd00::1]',
    '1'.repeat(100),
    undefined,
  ])('%s is none', (given) => {
    expect(usualAddress(given)).toBeUndefined();
  });
});

describe('a set of networks', () => {
  const networks = addressNetworks(['10.20.0.0/16', '192.168.7.5/32', 'fd00:20::/32', 'nonsense']);

  it.each(['10.20.0.0', '10.20.255.255', '192.168.7.5', 'fd00:20::1', 'fd00:20:ffff::9'])('has %s', (address) => {
    expect(networks.has(address)).toBe(true);
  });

  it.each(['10.21.0.0', '10.19.255.255', '192.168.7.6', 'fd00:21::1', '203.0.113.7', '::1'])(
    'does not have %s',
    (address) => {
      expect(networks.has(address)).toBe(false);
    },
  );

  it('is empty when nothing in it is a network', () => {
    expect([networks.isEmpty, addressNetworks([]).isEmpty, addressNetworks(['nonsense']).isEmpty]).toEqual([
      false,
      true,
      true,
    ]);
    expect(addressNetworks([]).has('10.20.0.1')).toBe(false);
  });

  it('with the prefix 0 has every address of its family', () => {
    const all = addressNetworks(['0.0.0.0/0']);

    expect([all.has('203.0.113.7'), all.has('fd00::1')]).toEqual([true, false]);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/08', 'fd00::/129', '/8', '10.0.0.0/8/8'])(
    'is not made of %s',
    (cidr) => {
      expect(isCidr(cidr)).toBe(false);
    },
  );
});
