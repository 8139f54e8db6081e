import { endianness } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultGateway, defaultRoutes } from './default-gateway.ts';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const hexOf = (address: string) => {
  const bytes = address.split('.').map(Number);
  if (endianness() === 'LE') bytes.reverse();
  return Buffer.from(bytes).toString('hex').toUpperCase();
};
const route = (gateway: string, metric: number, flags = '0003', destination = '00000000') =>
  `eth0\t${destination}\t${hexOf(gateway)}\t${flags}\t0\t0\t${metric}\t${destination === '00000000' ? '00000000' : '00FFFFFF'}\t0\t0\t0\n`;
const zeros = '0'.repeat(32);
const route6 = (nextHop: string, metric: string, flags = '00000003') =>
  `${zeros} 00 ${zeros} 00 ${nextHop} ${metric} 00000001 00000000 ${flags}     eth0\n`;

describe('defaultGateway', () => {
  it('takes the default route with the lowest metric, and the first of equal ones', () => {
    const ipv4 = head + route('10.0.0.254', 600) + route('192.168.1.1', 100) + route('192.168.1.2', 100);
    expect(defaultGateway({ ipv4, ipv6: '' })).toBe('192.168.1.1');
  });

  it('ignores routes that are down, have no gateway or lead to one network only', () => {
    const ipv4 =
      head + route('10.0.0.1', 0, '0002') + route('0.0.0.0', 0, '0001') + route('10.9.9.9', 0, '0003', '0002000A');
    expect(defaultGateway({ ipv4, ipv6: '' })).toBeUndefined();
  });

  it('takes IPv6 where IPv4 has none, in short form and with the interface of a link-local address', () => {
    expect(defaultGateway({ ipv4: head, ipv6: route6('fe800000000000000a0027fffe000001', '00000400') })).toBe(
      'fe80::a00:27ff:fe00:1%eth0',
    );
    expect(
      defaultGateway({
        ipv4: '',
        ipv6:
          route6('20010db8000000000000000000000001', '00000400') +
          route6('20010db8000000000000000000000002', '00000064'),
      }),
    ).toBe('2001:db8::2');
    expect(defaultGateway({ ipv4: '', ipv6: route6(zeros, 'ffffffff', '00200200') })).toBeUndefined();
  });

  it('lists all default routes in the kernel’s order, those that lead straight into their interface too', () => {
    const straight = `ppp0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n`;
    const refused = `*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n`;
    const refused6 = `${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo\n`;
    const straight6 = `${zeros} 00 ${zeros} 00 ${zeros} 00000400 00000001 00000000 00000001    wg0\n`;
    const tables = {
      ipv4: head + route('10.0.0.254', 600) + refused + straight + route('192.168.1.1', 100),
      ipv6: refused6 + straight6 + route6('20010db8000000000000000000000001', '00000064'),
    };
    expect(defaultRoutes(tables)).toEqual([
      { gateway: '0.0.0.0', interface: 'ppp0', metric: 50 },
      { gateway: '192.168.1.1', interface: 'eth0', metric: 100 },
      { gateway: '10.0.0.254', interface: 'eth0', metric: 600 },
      { gateway: '2001:db8::1', interface: 'eth0', metric: 100 },
      { gateway: '::', interface: 'wg0', metric: 1024 },
    ]);
    expect(defaultGateway(tables)).toBe('192.168.1.1');
  });

  it('reads back any address', () => {
    fc.assert(
      fc.property(
        fc.ipV4().filter((address) => address !== '0.0.0.0'),
        (address) => {
          expect(defaultGateway({ ipv4: head + route(address, 1), ipv6: '' })).toBe(address);
        },
      ),
    );
  });

  it('survives any content', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...Array.from(' \n0003fexg')) }),
        (ipv4, ipv6) => {
          expect(defaultGateway({ ipv4, ipv6 }) ?? '').not.toMatch(/^-/);
        },
      ),
    );
  });
});
