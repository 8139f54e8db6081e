import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { ReportInterface } from '../../shared/report-schema.ts';
import { cleanText } from './clean-text.ts';
import { type NetDevRow, parseNetDev } from './net-dev.ts';
import { readKernelFile } from './read-kernel-file.ts';
import type { Sensor } from './sensor.ts';

const maxInterfaces = 256;

/**
 * Ends of virtual machines and containers, which come and go by the hundred and carry traffic that a real interface
 * counts again. The bridges of a hypervisor (`br0`, `vmbr0`) are not among them.
 */
const plumbing =
  /^(lo|veth.*|docker.*|br-[0-9a-f]{12}|virbr.*|vnet\d+.*|tap.*|cali.*|flannel.*|cni.*|lxc.*|lxdbr.*|podman.*|kube-.*|nodelocaldns|dummy.*|ifb.*|fw(br|ln|pr)\d+.*|bonding_masters)$/;

export interface InterfacesOptions {
  proc?: string;
  sys?: string;
  /** Names of the interfaces that have an address which others can reach. */
  addressed?: () => Set<string>;
}

/**
 * Every interface that carries a department's traffic:
 * - hardware, also virtual hardware of a virtual machine (it has a `device` in sysfs), and bonds of it, with or
 *   without an address;
 * - VLANs, bridges, tunnels, ppp and WireGuard from the moment that they run and have an address; such an interface
 *   stays in the list while it exists, so that its failure shows as `up: false`.
 * Bonds, VLANs and bridges count the bytes of their members a second time: they are separate series, never to be
 * added up.
 */
export function createInterfacesSensor(options: InterfacesOptions = {}): Sensor {
  const { proc = '/proc', sys = '/sys', addressed = addressedInterfaces } = options;
  let known = new Map<string, Known>();
  return {
    name: 'interfaces',
    docs: 'Bytes, errors, state and speed of every real network interface from /proc/net/dev and /sys/class/net.',
    async read() {
      // Asked for only where it decides, because it is the dearest question of all.
      let withAddress: Set<string> | undefined;
      const hasAddress = (name: string) => (withAddress ??= addressed()).has(name);
      const rows = parseNetDev(readKernelFile(`${proc}/net/dev`, 'utf8')).filter(
        ({ name }) =>
          !plumbing.test(name) && (known.has(name) || isHardware(`${sys}/class/net/${name}`) || hasAddress(name)),
      );
      known = new Map(rows.map(({ name }) => [name, lookAgain(`${sys}/class/net/${name}`, known.get(name))]));
      if (rows.length === 0) return { outcome: 'no-data' };
      const interfaces = rows
        .slice(0, maxInterfaces)
        .map((row) => describe(row, `${sys}/class/net/${row.name}`, known.get(row.name)?.speedBitsPerSecond));
      return { outcome: 'ok', part: { interfaces } };
    },
  };
}

function isHardware(folder: string): boolean {
  return existsSync(`${folder}/device`) || existsSync(`${folder}/bonding`);
}

/** What is remembered of an interface between readings. */
interface Known {
  carrierChanges: string | undefined;
  speedBitsPerSecond: number | undefined;
}

/** A speed cannot change without the carrier going away and coming back, and asking for it asks the hardware. */
function lookAgain(folder: string, before: Known | undefined): Known {
  const carrierChanges = attribute(folder, 'carrier_changes');
  if (before !== undefined && carrierChanges !== undefined && before.carrierChanges === carrierChanges) return before;
  return { carrierChanges, speedBitsPerSecond: parseSpeed(attribute(folder, 'speed')) };
}

function describe(row: NetDevRow, folder: string, speedBitsPerSecond: number | undefined): ReportInterface {
  // The order is that of the wire's dictionary, which compresses it away.
  return {
    name: cleanText(row.name, 64) ?? '?',
    up: isUp(attribute(folder, 'operstate'), () => attribute(folder, 'carrier')),
    receiveBytes: row.receiveBytes,
    transmitBytes: row.transmitBytes,
    receiveErrors: row.receiveErrors,
    transmitErrors: row.transmitErrors,
    ...(speedBitsPerSecond === undefined ? {} : { speedBitsPerSecond }),
  };
}

/** Drivers without link detection (tun, ppp, some virtual cards) say `unknown`; then the carrier decides. */
export function isUp(operstate: string | undefined, carrier: () => string | undefined): boolean {
  if (operstate === 'up') return true;
  return (operstate === 'unknown' || operstate === undefined) && carrier() === '1';
}

/** @param megabits content of `speed`: -1, 0 or 2^32-1 where the driver does not know. */
export function parseSpeed(megabits: string | undefined): number | undefined {
  const value = /^\d{1,9}$/.test(megabits ?? '') ? Number(megabits) : 0;
  return value > 0 ? value * 1e6 : undefined;
}

function attribute(folder: string, name: string): string | undefined {
  try {
    return readKernelFile(`${folder}/${name}`).trim();
  } catch {
    // Many attributes cannot be read while the interface is down (EINVAL): not known is an answer.
    return undefined;
  }
}

function addressedInterfaces(): Set<string> {
  const names = new Set<string>();
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    if (addresses.some(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))) names.add(name);
  }
  return names;
}
