import type { ReportNetwork } from '../../shared/network-schema.ts';
import { type AddressNetworks, addressNetworks, usualAddress } from './address-networks.ts';
import type { PantauConfig } from './schema.ts';

/** A machine with an agent, and where the agents at the Pusat Data can probe it. */
export interface ServerAddress {
  pd: string;
  site: string;
  node: string;
  address: string;
}

/** What a machine has told of itself. */
export interface ToldNetwork {
  pd: string;
  site: string;
  node: string;
  network: Pick<ReportNetwork, 'addresses' | 'sourceAddress'> | undefined;
}

/**
 * Where each machine can be probed: the address from which it speaks to the collector, else another of its own, that
 * lies in the networks of its site or in the Jaringan Intra. One that has none there is hidden, and is not probed.
 */
export function serverAddresses(config: PantauConfig, machines: Iterable<ToldNetwork>): ServerAddress[] {
  const intra = addressNetworks(config.jaringanIntra);
  const found: ServerAddress[] = [];
  for (const { pd, site, node, network } of machines) {
    if (network === undefined) continue;
    const registered = config.perangkatDaerah.find(({ id }) => id === pd)?.sites.find(({ id }) => id === site);
    if (registered === undefined) continue;
    const address = addressIn(addressNetworks(registered.subnets ?? []), network) ?? addressIn(intra, network);
    // The router is probed as the router.
    const isRouter = registered.router?.node === node || registered.router?.address === address;
    if (address !== undefined && !isRouter) found.push({ pd, site, node, address });
  }
  return found.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

function addressIn(networks: AddressNetworks, { sourceAddress, addresses }: NonNullable<ToldNetwork['network']>) {
  const told = [sourceAddress, ...addresses.map(({ cidr }) => cidr.slice(0, Math.max(0, cidr.indexOf('/'))))];
  return told.map(usualAddress).find((address) => address !== undefined && networks.has(address));
}

function nameOf({ pd, site, node }: ServerAddress): string {
  return `${pd}/${site}/${node}`;
}
