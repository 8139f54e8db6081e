import { endianness } from 'node:os';
import { readKernelFile } from '../sensors/read-kernel-file.ts';

/** Contents of /proc/net/route and /proc/net/ipv6_route; empty where there is none. */
export interface RouteTables {
  ipv4: string;
  ipv6: string;
}

/** A default route. Its gateway is `0.0.0.0` or `::` when it leads straight into its interface, as ppp and tunnels do. */
export interface DefaultRoute {
  gateway: string;
  interface: string;
  metric: number;
}

const flagUp = 1;
const flagGateway = 2;
const flagReject = 0x200;
const straight = new Set(['0.0.0.0', '::']);

/** The gateway of the default route with the lowest metric; IPv6 only when IPv4 has none. */
export function defaultGateway(tables: RouteTables): string | undefined {
  return defaultRoutes(tables).find(({ gateway }) => !straight.has(gateway))?.gateway;
}

/** All default routes in the order in which the kernel prefers them, those of IPv4 first. */
export function defaultRoutes({ ipv4, ipv6 }: RouteTables): DefaultRoute[] {
  // Of equal metrics the first stands: that is the order in which the kernel tries them.
  const ordered = (routes: DefaultRoute[]) => routes.toSorted((one, other) => one.metric - other.metric);
  return [...ordered(ipv4.split('\n').flatMap(parseIpv4Route)), ...ordered(ipv6.split('\n').flatMap(parseIpv6Route))];
}

/** Columns: interface, destination, gateway, flags (hex), references, use, metric (decimal), mask … */
function parseIpv4Route(line: string): DefaultRoute[] {
  const [device = '', destination, hex = '', flags = '', , , metric = '', mask] = line.trim().split(/\s+/);
  if (destination !== '00000000' || mask !== '00000000' || !/^[0-9A-F]{8}$/i.test(hex)) return [];
  if (!isUsable(flags, /^0+$/.test(hex)) || !/^\d{1,10}$/.test(metric)) return [];
  const bytes = [...Buffer.from(hex, 'hex')];
  // The kernel prints the address as one number in the machine's own byte order.
  if (endianness() === 'LE') bytes.reverse();
  return [{ gateway: bytes.join('.'), interface: device, metric: Number(metric) }];
}

/** Columns: destination, its length, source, its length, next hop, metric, references, use, flags (hex), interface. */
function parseIpv6Route(line: string): DefaultRoute[] {
  const columns = line.trim().split(/\s+/);
  const [destination = '', length, , , nextHop = '', metric = '', , , flags = '', device = ''] = columns;
  if (!/^0{32}$/.test(destination) || length !== '00' || !/^[0-9a-f]{32}$/i.test(nextHop)) return [];
  if (!isUsable(flags, /^0+$/.test(nextHop)) || !/^[0-9a-f]{8}$/i.test(metric)) return [];
  const gateway = ipv6Address(nextHop, device);
  return gateway === undefined ? [] : [{ gateway, interface: device, metric: Number.parseInt(metric, 16) }];
}

/** In its short form, and with its interface where the address means nothing without it. */
function ipv6Address(hex: string, device: string): string | undefined {
  const groups = hex.match(/.{4}/g)?.join(':') ?? '';
  // The URL parser knows the short form of an address.
  const address = new URL(`http://[${groups}]`).hostname.slice(1, -1);
  if (!/^fe[89ab]/.test(address)) return address;
  return /^[\w.-]{1,15}$/.test(device) ? `${address}%${device}` : undefined;
}

function isUsable(hexFlags: string, isStraight: boolean): boolean {
  const flags = Number.parseInt(hexFlags, 16);
  // A route that has a gateway says so in its flags, and one that leads straight on does not.
  return (flags & flagUp) !== 0 && (flags & flagReject) === 0 && ((flags & flagGateway) === 0) === isStraight;
}

/** The kernel's routing tables; empty on other systems. */
export function readRouteTables(): RouteTables {
  const read = (path: string) => {
    try {
      return readKernelFile(path);
    } catch {
      // Another system, or a kernel without IPv6.
      return '';
    }
  };
  return { ipv4: read('/proc/net/route'), ipv6: read('/proc/net/ipv6_route') };
}
