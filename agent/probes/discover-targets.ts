import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { defaultGateway, readRouteTables, type RouteTables } from './default-gateway.ts';
import { gatewayProbeName, isThisMachine } from './own-uplink.ts';

export interface DiscoverOptions {
  /** Base URL of the collector. */
  collectorUrl: string;
  /** The kernel's routing tables; on systems other than Linux there are none to read. */
  readRoutes?: () => RouteTables;
}

/** A way through the network seldom changes, and each look at it takes a dozen packets. */
const pathEverySeconds = 900;

/**
 * The targets that need no configuration: `lan` is the default gateway, `wan` the collector (its port serves where ping
 * cannot be used), `path` the way to it. A machine without a default gateway has no `lan` target, the collector's own
 * machine no `path`.
 */
export function discoverTargets({ collectorUrl, readRoutes = readRouteTables }: DiscoverOptions): ProbeConfig[] {
  const common = { kind: 'icmp', packetCount: 5, timeoutSeconds: 2 };
  const path = { kind: 'path', packetCount: 1, timeoutSeconds: 2, everySeconds: pathEverySeconds };
  const gateway = defaultGateway(readRoutes());
  const { hostname, port, protocol } = new URL(collectorUrl);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return [
    ...(gateway === undefined ? [] : [{ ...common, name: gatewayProbeName, layer: 'lan' as const, host: gateway }]),
    {
      ...common,
      name: 'wan',
      layer: 'wan',
      host,
      port: port === '' ? defaultPort : Number(port),
    },
    ...(isThisMachine(host) ? [] : [{ ...path, name: 'path', layer: 'wan' as const, host }]),
  ];
}
