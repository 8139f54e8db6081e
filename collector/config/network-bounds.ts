import { isIP } from 'node:net';
import { usualAddress } from './address-networks.ts';

/** First and last address of a network. */
export interface NetworkBounds {
  first: string;
  last: string;
  /** Whether the network is written with its first address, as networks are. */
  isAtFirst: boolean;
  /** Bits of an address: 32 or 128. */
  width: number;
}

/** @param cidr an address and a prefix length that fits it. */
export function boundsOf(cidr: string): NetworkBounds {
  const [address = '', prefix = ''] = cidr.split('/');
  const width = isIP(address) === 4 ? 32 : 128;
  const addressCount = 1n << BigInt(width - Number(prefix));
  const number = numberOf(address);
  const first = number - (number % addressCount);
  const written = (value: bigint) => (width === 32 ? dotted(value) : colons(value));
  return { first: written(first), last: written(first + addressCount - 1n), isAtFirst: number === first, width };
}

function numberOf(address: string): bigint {
  if (isIP(address) === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const plain = address
    .replace(/%.*$/, '')
    .replace(/[\d.]+$/, (end) => (end.includes('.') ? hexOf(numberOf(end)) : end));
  const [head = '', tail] = plain.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const missing = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...missing, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));
const hexOf = (ipv4: bigint) => `${(ipv4 >> 16n).toString(16)}:${(ipv4 & 0xffffn).toString(16)}`;

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
}

function colons(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  return usualAddress(groups.join(':')) ?? groups.join(':');
}
