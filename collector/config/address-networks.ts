import { BlockList, isIP, SocketAddress } from 'node:net';

/** A set of networks that an address can be in. */
export interface AddressNetworks {
  isEmpty: boolean;
  /** @param address in its usual form (`usualAddress`). */
  has(address: string): boolean;
}

const mappedPattern = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * The one way in which an address is written here: an IPv4 address that came in as IPv6 is an IPv4 address, an IPv6
 * address is lower-case and short, and a zone (`%eth0`) is left out because it means something on one machine only.
 * @returns undefined for what is no address.
 */
export function usualAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 64) return undefined;
  const mapped = mappedPattern.exec(text)?.[1];
  const bare = mapped ?? text.replace(/%.*$/, '');
  switch (isIP(bare)) {
    case 4:
      return bare;
    case 6:
      return shortForm(bare);
    default:
      return undefined;
  }
}

function shortForm(address: string): string {
  const { address: short } = new SocketAddress({ address, family: 'ipv6' });
  return mappedPattern.exec(short)?.[1] ?? short.toLowerCase();
}

export function isCidr(cidr: string): boolean {
  return parseCidr(cidr) !== undefined;
}

/** @param cidrs what is none is left out: the configuration was checked where it was read. */
export function addressNetworks(cidrs: readonly string[]): AddressNetworks {
  const list = new BlockList();
  const parsed = cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
  for (const { address, prefix, family } of parsed) list.addSubnet(address, prefix, family);
  return {
    isEmpty: parsed.length === 0,
    has: (address) => parsed.length > 0 && list.check(address, address.includes(':') ? 'ipv6' : 'ipv4'),
  };
}

function parseCidr(cidr: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', prefix = '', ...rest] = cidr.split('/');
  const version = isIP(address);
  const isWhole = version !== 0 && rest.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix);
  if (!isWhole || Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefix: Number(prefix), family: version === 4 ? 'ipv4' : 'ipv6' };
}
