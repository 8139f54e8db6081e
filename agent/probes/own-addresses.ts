import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface AddressTables {
  /** Contents of /proc/net/fib_trie and /proc/net/if_inet6; empty where there is none. */
  ipv4: string;
  ipv6: string;
  /** What the system lists; it leaves out interfaces without a carrier. */
  listed: readonly string[];
}

/**
 * Tells this machine's own addresses, on a cable that is out too: they answer whatever becomes of the network, so an
 * answer of theirs says nothing about it.
 */
export function ownAddressCheck(tables: AddressTables): (target: string) => boolean {
  const own = new BlockList();
  for (const address of [...tables.listed, ...localIpv4(tables.ipv4), ...ipv6In(tables.ipv6)]) add(own, address);
  return (target) => {
    const family = familyOf(target);
    return family !== undefined && own.check(bare(target), family);
  };
}

export function readAddressTables(): AddressTables {
  const rows = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return {
    ipv4: read('/proc/net/fib_trie'),
    ipv6: read('/proc/net/if_inet6'),
    listed: rows.map(({ address }) => address),
  };
}

/** Two lines for each: the address behind `|--`, and below it `/32 host LOCAL`. */
function* localIpv4(trie: string): Iterable<string> {
  for (const [, address = ''] of trie.matchAll(/\|-- ([\d.]{7,15})\n\s+\/32 host LOCAL$/gm)) yield address;
}

/** One line for each; it begins with the 32 hex digits of the address. */
function* ipv6In(table: string): Iterable<string> {
  for (const [digits] of table.matchAll(/^[0-9a-f]{32}(?= )/gm)) yield (digits.match(/.{4}/g) ?? []).join(':');
}

function add(list: BlockList, address: string): void {
  const family = familyOf(address);
  if (family !== undefined) list.addAddress(bare(address), family);
}

function familyOf(target: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(bare(target));
  return version === 0 ? undefined : `ipv${version as 4 | 6}`;
}

/** Without the brackets of a URL and the zone of a link-local address. */
function bare(target: string): string {
  return target.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Another system, or a kernel without IPv6.
    return '';
  }
}
