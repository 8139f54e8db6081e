import { readFileSync } from 'node:fs';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { defaultGateway, type RouteTables } from './default-gateway.ts';
import { gatewayProbeName } from './own-uplink.ts';

export interface DiscoverOptions {
  /** Base URL of the collector. */
  collectorUrl: string;
  /** The kernel's routing tables; on systems other than Linux there are none to read. */
  readRoutes?: () => RouteTables;
}

/**
 * The two targets that need no configuration: `lan` is the default gateway, `wan` the collector (its port serves
 * where ping cannot be used). A machine without a default gateway has no `lan` target.
 */
export function discoverTargets({ collectorUrl, readRoutes = readLinuxRoutes }: DiscoverOptions): ProbeConfig[] {
  const common = { kind: 'icmp', packetCount: 5, timeoutSeconds: 2 };
  const gateway = defaultGateway(readRoutes());
  const { hostname, port, protocol } = new URL(collectorUrl);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return [
    ...(gateway === undefined ? [] : [{ ...common, name: gatewayProbeName, layer: 'lan' as const, host: gateway }]),
    {
      ...common,
      name: 'wan',
      layer: 'wan',
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? defaultPort : Number(port),
    },
  ];
}

function readLinuxRoutes(): RouteTables {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      // Another system, or a kernel without IPv6.
      return '';
    }
  };
  return { ipv4: read('/proc/net/route'), ipv6: read('/proc/net/ipv6_route') };
}
