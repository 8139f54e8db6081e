import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressNetworks } from '../config/address-networks.ts';
import { peerAddressOf } from './peer-address.ts';

const proxies = addressNetworks(['10.20.0.5/32', '10.20.0.6/32', 'fd00::5/128']);

function peer(remoteAddress: string | undefined, forwardedFor?: string, trusted = proxies): string | undefined {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return peerAddressOf({ headers, socket: { remoteAddress } } as Pick<IncomingMessage, 'headers' | 'socket'>, trusted);
}

describe('the peer of a request', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['is whoever connected', '10.30.0.9', undefined, '10.30.0.9'],
    ['is an IPv4 address on a socket of both families', '::ffff:10.30.0.9', undefined, '10.30.0.9'],
    ['is an IPv6 address', 'fd00::9', undefined, 'fd00::9'],
    ['is not what a stranger writes', '203.0.113.7', '10.20.1.1', '203.0.113.7'],
    ['is what a proxy writes', '10.20.0.5', '10.30.0.9', '10.30.0.9'],
    ['is what a proxy on IPv4-mapped IPv6 writes', '::ffff:10.20.0.5', '10.30.0.9', '10.30.0.9'],
    ['is what a proxy on IPv6 writes', 'fd00::5', 'fd00::9', 'fd00::9'],
    ['is what the last stranger was, not what he wrote', '10.20.0.5', '10.20.1.1, 203.0.113.7', '203.0.113.7'],
    ['is behind a chain of proxies', '10.20.0.5', '1.1.1.1, 10.30.0.9, 10.20.0.6', '10.30.0.9'],
    ['is the first proxy when only proxies spoke', '10.20.0.5', '10.20.0.6', '10.20.0.6'],
    ['is the proxy itself without a header', '10.20.0.5', undefined, '10.20.0.5'],
    ['is not known when a proxy writes no address', '10.20.0.5', '10.30.0.9, unknown', undefined],
    ['is not known when a proxy writes an endless list', '10.20.0.5', '1.1.1.1,'.repeat(200), undefined],
    ['is not known when the connection is gone', undefined, '10.30.0.9', undefined],
  ])('%s', (_name, remoteAddress, forwardedFor, expected) => {
    expect(peer(remoteAddress, forwardedFor)).toBe(expected);
  });

  it('is never what a header says where no proxy is named', () => {
    expect(peer('10.20.0.5', '10.30.0.9', addressNetworks([]))).toBe('10.20.0.5');
  });
});
