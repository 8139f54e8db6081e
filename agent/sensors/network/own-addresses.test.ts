import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from '../report-checks.ts';
import { ownAddresses } from './own-addresses.ts';

const row = (cidr: string | null, more: Partial<NetworkInterfaceInfo> = {}) =>
  ({ address: '', netmask: '', family: 'IPv4', mac: '', internal: false, cidr, ...more }) as NetworkInterfaceInfo;

describe('own addresses', () => {
  it('are those that others can speak to, in a steady order', () => {
    expect(
      ownAddresses({
        lo: [row('127.0.0.1/8', { internal: true })],
        wlan0: [row('192.168.1.7/24'), row('fe80::1/64')],
        eth0: [row('10.20.1.5/24'), row('169.254.3.4/16'), row('fd00::5/64'), row(null)],
        docker0: [row('172.17.0.1/16')],
        'br-0123456789ab': [row('172.18.0.1/16')],
        'br-lan': [row('10.30.0.1/24')],
        tap0: [row('10.8.0.2/24')],
      }),
    ).toEqual([
      { interface: 'br-lan', cidr: '10.30.0.1/24' },
      { interface: 'eth0', cidr: '10.20.1.5/24' },
      { interface: 'eth0', cidr: 'fd00::5/64' },
      { interface: 'tap0', cidr: '10.8.0.2/24' },
      { interface: 'wlan0', cidr: '192.168.1.7/24' },
    ]);
  });

  it('fit the report on this machine', () => {
    expect(schemaErrors('network', { gateways: [], addresses: ownAddresses() })).toEqual([]);
  });
});
