import { endianness } from 'node:os';

/** Contents of /proc/net/route and /proc/net/ipv6_route; empty where there is none. */
export interface RouteTables {
  ipv4: string;
  ipv6: string;
}

interface Route {
  gateway: string;
  metric: number;
}

const flagUp = 1;
const flagGateway = 2;

/** The gateway of the default route with the lowest metric; IPv6 only when IPv4 has none. */
export function defaultGateway({ ipv4, ipv6 }: RouteTables): string | undefined {
  return best(ipv4.split('\n').map(parseIpv4Route)) ?? best(ipv6.split('\n').map(parseIpv6Route));
}

function best(routes: (Route | undefined)[]): string | undefined {
  let lowest: Route | undefined;
  for (const route of routes) {
    // Of equal metrics the first stands: that is the order in which the kernel tries them.
    if (route !== undefined && (lowest === undefined || route.metric < lowest.metric)) lowest = route;
  }
  return lowest?.gateway;
}

/** Columns: interface, destination, gateway, flags (hex), references, use, metric (decimal), mask … */
function parseIpv4Route(line: string): Route | undefined {
  const [, destination, gateway = '', flags = '', , , metric = '', mask] = line.trim().split(/\s+/);
  if (destination !== '00000000' || mask !== '00000000' || !/^[0-9A-F]{8}$/i.test(gateway)) return undefined;
  if (!isGatewayRoute(flags) || /^0+$/.test(gateway) || !/^\d{1,10}$/.test(metric)) return undefined;
  const bytes = [...Buffer.from(gateway, 'hex')];
  // The kernel prints the address as one number in the machine's own byte order.
  if (endianness() === 'LE') bytes.reverse();
  return { gateway: bytes.join('.'), metric: Number(metric) };
}

/** Columns: destination, its length, source, its length, next hop, metric, references, use, flags (hex), interface. */
function parseIpv6Route(line: string): Route | undefined {
  const columns = line.trim().split(/\s+/);
  const [destination = '', length, , , nextHop = '', metric = '', , , flags = '', device = ''] = columns;
  if (!/^0{32}$/.test(destination) || length !== '00' || !/^[0-9a-f]{32}$/i.test(nextHop)) return undefined;
  if (!isGatewayRoute(flags) || /^0+$/.test(nextHop) || !/^[0-9a-f]{8}$/i.test(metric)) return undefined;
  const gateway = ipv6Address(nextHop, device);
  return gateway === undefined ? undefined : { gateway, metric: Number.parseInt(metric, 16) };
}

/** In its short form, and with its interface where the address means nothing without it. */
function ipv6Address(hex: string, device: string): string | undefined {
  const groups = hex.match(/.{4}/g)?.join(':') ?? '';
  // The URL parser knows the short form of an address.
  const address = new URL(`http://[${groups}]`).hostname.slice(1, -1);
  if (!/^fe[89ab]/.test(address)) return address;
  return /^[\w.-]{1,15}$/.test(device) ? `${address}%${device}` : undefined;
}

function isGatewayRoute(hexFlags: string): boolean {
  const flags = Number.parseInt(hexFlags, 16);
  return (flags & flagUp) !== 0 && (flags & flagGateway) !== 0;
}
