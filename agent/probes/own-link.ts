import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';

/** What the kernel says of this machine's own side. */
export interface OwnLink {
  /** Somebody on a cable with a carrier answers for the gateway's IPv4 address. IPv6 gateways are not looked up. */
  gatewayAnswersArp: boolean;
  /** An interface towards one of the targets is up, has an address and feels the other end of its cable. */
  anyCarrier: boolean;
}

export interface LinkTables {
  /** Contents of /proc/net/arp and /proc/net/route; empty where there is none. */
  arp: string;
  ipv4Routes: string;
  /** Interfaces other than loopback that are up with an address and a carrier. */
  liveInterfaces: readonly string[];
}

/** @param about the gateway that was probed, and the targets that were silent. */
export function ownLink(
  { gateway, targets }: { gateway: string | undefined; targets: readonly string[] },
  { arp, ipv4Routes, liveInterfaces }: LinkTables,
): OwnLink {
  const routes = ipv4Routes.split('\n').flatMap(parseRoute);
  const carries = (target: string) => {
    // Names, IPv6 and systems without this table: any interface may be the way.
    if (!isIPv4(target) || ipv4Routes === '') return liveInterfaces.length > 0;
    const device = deviceTo(target, routes);
    return device !== undefined && liveInterfaces.includes(device);
  };
  return {
    gatewayAnswersArp: gateway !== undefined && arp.split('\n').some((line) => isAnswer(line, gateway, liveInterfaces)),
    anyCarrier: targets.some(carries),
  };
}

export function readLinkTables(): LinkTables {
  // The system leaves out interfaces that are down or have no carrier.
  const interfaces = Object.entries(networkInterfaces());
  return {
    arp: read('/proc/net/arp'),
    ipv4Routes: read('/proc/net/route'),
    liveInterfaces: interfaces.flatMap(([name, rows]) =>
      rows?.some(({ internal }) => !internal) === true ? [name] : [],
    ),
  };
}

/**
 * Columns: address, hardware type, flags (hex), hardware address, mask, device. Flag 2 is a complete entry; a permanent
 * one (flag 4) was written by an administrator and is no answer of anybody.
 */
function isAnswer(line: string, gateway: string, liveInterfaces: readonly string[]): boolean {
  const [address, , flags = '', , , device = ''] = line.trim().split(/\s+/);
  return address === gateway && Number.parseInt(flags, 16) === 2 && liveInterfaces.includes(device);
}

interface Route {
  device: string;
  /** As the kernel prints them: numbers in the machine's own byte order. */
  network: number;
  mask: number;
  maskLength: number;
  metric: number;
}

/** Columns: interface, destination, gateway, flags (hex), references, use, metric (decimal), mask … */
function parseRoute(line: string): Route[] {
  const [device = '', destination = '', , flags = '', , , metric = '', mask = ''] = line.trim().split(/\s+/);
  if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{8}$/i.test(mask)) return [];
  const flagBits = Number.parseInt(flags, 16);
  // Up (1), and no rule to refuse (0x200).
  if ((flagBits & 0x201) !== 1) return [];
  const maskBits = Number.parseInt(mask, 16);
  const maskLength = maskBits.toString(2).replaceAll('0', '').length;
  return [{ device, network: Number.parseInt(destination, 16), mask: maskBits, maskLength, metric: Number(metric) }];
}

/** The narrowest network that holds the address; of two alike the one with the lower metric. */
function deviceTo(address: string, routes: readonly Route[]): string | undefined {
  const bytes = Buffer.from(address.split('.').map(Number));
  const wanted = endianness() === 'LE' ? bytes.readUInt32LE() : bytes.readUInt32BE();
  const fitting = routes.filter(({ network, mask }) => ((wanted ^ network) & mask) === 0);
  fitting.sort((one, other) => other.maskLength - one.maskLength || one.metric - other.metric);
  return fitting[0]?.device;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Another system.
    return '';
  }
}
