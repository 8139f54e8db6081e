import type { ReportNetwork } from '../../shared/network-schema.ts';
import { defaultRoutes, readRouteTables } from '../probes/default-gateway.ts';
import { cleanText } from '../sensors/clean-text.ts';
import { ownAddresses } from '../sensors/network/own-addresses.ts';
import { sourceAddressTowards } from '../sensors/network/source-address.ts';

/** The most that the schema takes. */
const most = { gateways: 8, addresses: 32 } as const;
const sourceWithinMs = 2000;

/** How this machine is connected, and from where it speaks to the collector. */
export async function readNetwork(collectorUrl: string): Promise<ReportNetwork> {
  const host = new URL(collectorUrl).hostname.replace(/^\[(.*)\]$/, '$1');
  const sourceAddress = await sourceAddressTowards(host, sourceWithinMs);
  const gateways = defaultRoutes(readRouteTables()).flatMap(({ gateway, interface: device, metric }) => {
    const [address, name] = [cleanText(gateway, 64), cleanText(device, 64)];
    return address === undefined || name === undefined ? [] : [{ address, interface: name, metric }];
  });
  return {
    gateways: gateways.slice(0, most.gateways),
    addresses: ownAddresses().slice(0, most.addresses),
    ...(sourceAddress === undefined ? {} : { sourceAddress }),
  };
}
