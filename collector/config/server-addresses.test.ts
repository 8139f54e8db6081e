import { describe, expect, it } from 'vitest';
import { minimal, parse } from './bad-config.test-kit.ts';
import { serverAddresses, type ToldNetwork } from './server-addresses.ts';

const config = parse(`${minimal}  - id: dinkes
    name: Dinas Kesehatan
    sites: [{ id: kantor, subnets: [10.20.5.0/24], router: { address: 10.20.5.1, node: router } }]
jaringanIntra: [10.20.0.0/16]
`);

function addressOf(network: ToldNetwork['network'], place: Partial<ToldNetwork> = {}): string | undefined {
  const machine = { pd: 'dinkes', site: 'kantor', node: 'simpus-1', network, ...place };
  return serverAddresses(config, [machine])[0]?.address;
}

const at = (...cidrs: string[]) => cidrs.map((cidr) => ({ interface: 'eth0', cidr }));

describe('where a server can be probed', () => {
  it.each([
    [
      'at the address from which it speaks',
      { sourceAddress: '10.20.5.10', addresses: at('10.20.5.11/24') },
      '10.20.5.10',
    ],
    [
      'at another of its own when it speaks from elsewhere',
      { sourceAddress: '192.168.8.100', addresses: at('192.168.8.100/24', '10.20.5.11/24') },
      '10.20.5.11',
    ],
    [
      'in its site before the rest of the Jaringan Intra',
      { addresses: at('10.20.9.9/24', '10.20.5.11/24') },
      '10.20.5.11',
    ],
    ['in the Jaringan Intra', { addresses: at('10.20.9.9/24') }, '10.20.9.9'],
    [
      'nowhere when it has only private addresses',
      { sourceAddress: '192.168.1.5', addresses: at('192.168.1.5/24') },
      undefined,
    ],
    ['nowhere when what it tells is no address', { sourceAddress: 'x', addresses: at('10.20.5.11') }, undefined],
    ['nowhere when it has the address of the router', { addresses: at('10.20.5.1/24') }, undefined],
    ['nowhere while it has told nothing', undefined, undefined],
  ])('%s', (_name, network, expected) => {
    expect(addressOf(network)).toBe(expected);
  });

  it('is nobody’s business for the router itself, and for a site that is gone', () => {
    const network = { addresses: at('10.20.5.11/24') };

    expect(addressOf(network, { node: 'router' })).toBeUndefined();
    expect(addressOf(network, { site: 'bubar' })).toBeUndefined();
  });
});
