import { hostname } from 'node:os';
import si from 'systeminformation';
import { systemClock } from '../../shared/clock.ts';
import { type InventoryRow, positive, row, rows } from './inventory-rows.ts';
import { findValuables } from './valuables.ts';

/*
 * Run by inventory.ts as a program of its own: prints one line of JSON, the `inventory` part of a report, and ends.
 * Serial numbers and process names need root; what cannot be read is left out.
 */

// If the agent is gone there is nobody to end this: it ends itself.
setTimeout(() => process.exit(1), 60_000).unref();

/** One thing that cannot be read must not cost the others. */
async function orElse<T>(value: Promise<T>, otherwise: T): Promise<T> {
  return value.catch(() => otherwise);
}

async function describeSystem(): Promise<InventoryRow> {
  const { manufacturer, model, version, serial, uuid, virtual, virtualHost } = await si.system();
  return row({ manufacturer, model, version, serial, uuid, virtual, virtualHost });
}

async function describeOs(): Promise<InventoryRow> {
  const { platform, distro, release, codename, kernel, arch, hostname, build } = await si.osInfo();
  return row({ platform, distro, release, codename, kernel, arch, hostname, build });
}

async function describeCpu(): Promise<InventoryRow> {
  const { manufacturer, brand, vendor, cores, physicalCores, processors, speed, speedMax } = await si.cpu();
  const hertz = (gigahertz: number) => positive(Math.round(gigahertz * 1e9));
  return row({
    manufacturer,
    brand,
    vendor,
    logicalCount: positive(cores),
    coreCount: positive(physicalCores),
    socketCount: positive(processors),
    baseFrequencyHertz: hertz(speed),
    maxFrequencyHertz: hertz(speedMax),
  });
}

async function listDisks(): Promise<InventoryRow[]> {
  const disks = await si.diskLayout();
  return rows(
    disks.map(({ device, name, vendor, size, serialNum, type, interfaceType, firmwareRevision }) => ({
      device,
      name,
      vendor,
      sizeBytes: positive(size),
      serial: serialNum,
      type,
      interfaceType,
      firmware: firmwareRevision,
    })),
    64,
  );
}

async function listInterfaces(): Promise<InventoryRow[]> {
  const found = await si.networkInterfaces();
  return rows(
    (Array.isArray(found) ? found : [found])
      .filter((one) => !one.internal)
      .map(({ iface, mac, type, ip4, ip6, speed, virtual }) => ({
        name: iface,
        mac,
        type,
        ip4,
        ip6,
        virtual,
        speedBitsPerSecond: positive(Math.round((speed ?? 0) * 1e6)),
      })),
    128,
  );
}

/** A service that listens on several addresses is one service. */
async function listListening(): Promise<InventoryRow[]> {
  const connections = await si.networkConnections();
  return rows(
    connections
      .filter(({ protocol, state, peerPort }) =>
        protocol.startsWith('udp') ? !/^[1-9]/.test(peerPort) : state.toUpperCase().startsWith('LISTEN'),
      )
      .map(({ protocol, localPort, process: program }) => ({
        protocol: protocol.replace(/6$/, ''),
        port: positive(Number(localPort)),
        process: program,
      }))
      .filter(({ port }) => port !== undefined && port <= 65535),
    256,
  );
}

const listening = await orElse(listListening(), []);
const isWindows = process.platform === 'win32';
const inventory = {
  takenAt: new Date(systemClock.nowMs()).toISOString(),
  system: await orElse(describeSystem(), {}),
  os: await orElse(describeOs(), {}),
  cpu: await orElse(describeCpu(), {}),
  disks: await orElse(listDisks(), []),
  interfaces: await orElse(listInterfaces(), []),
  listening,
  valuables: await orElse(findValuables({ clock: systemClock, isWindows, hostname: hostname(), listening }), []),
};
process.stdout.write(`${JSON.stringify(inventory)}\n`, () => process.exit(0));
