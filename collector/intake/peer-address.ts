import type { IncomingMessage } from 'node:http';
import { type AddressNetworks, addressNetworks, usualAddress } from '../config/address-networks.ts';
import type { PantauConfig } from '../config/schema.ts';

/** Longer than any honest chain of proxies writes. */
const longestForwardedFor = 1024;

/**
 * The address that a request comes from. Anybody can write a header, so `X-Forwarded-For` counts only when a proxy that
 * the configuration names sent it, and of it only what such proxies wrote: from the right, the first address that is
 * none of theirs.
 * @returns undefined when the connection is gone already, or a trusted proxy wrote something that is no address.
 */
export function peerAddressOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: AddressNetworks,
): string | undefined {
  const peer = usualAddress(request.socket.remoteAddress);
  if (peer === undefined || trustedProxies.isEmpty || !trustedProxies.has(peer)) return peer;
  const header = request.headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  if (text === '') return peer;
  if (text.length > longestForwardedFor) return undefined;
  let nearest: string | undefined = peer;
  for (const entry of text.split(',').toReversed()) {
    nearest = usualAddress(entry.trim());
    if (nearest === undefined || !trustedProxies.has(nearest)) return nearest;
  }
  return nearest;
}

/** @returns `peerAddressOf` by the proxies of the configuration that is in force. */
export function createPeerOf(config: () => Pick<PantauConfig, 'listen'>) {
  let known = config().listen.trustedProxies;
  let networks = addressNetworks(known);
  return (request: Pick<IncomingMessage, 'headers' | 'socket'>): string | undefined => {
    const { trustedProxies } = config().listen;
    if (trustedProxies !== known) {
      known = trustedProxies;
      networks = addressNetworks(known);
    }
    return peerAddressOf(request, networks);
  };
}
