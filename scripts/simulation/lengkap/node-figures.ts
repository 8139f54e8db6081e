import type { Report, ReportNetwork } from '../../../shared/report-schema.ts';
import type { RoundContent } from '../round-content.ts';
import type { SpoolingAgent } from '../spooling-agent.ts';
import type { Place } from './places.ts';

/** Where a machine's requests come from: through the Jaringan Intra, or by a line of its own. */
export function sourceAddressOf({ address, trouble }: Place): string {
  return trouble === 'outside' ? address.replace(/^10\.\d+/, '203.0') : address;
}

/** What differs from the usual figures of a machine. @param isTelling whether it tells how it is connected. */
export function figuresOf(
  agent: SpoolingAgent,
  place: Place,
  { atMs, isTelling }: { atMs: number; isTelling: boolean },
): NonNullable<RoundContent['figures']> {
  return {
    ...(isTelling ? { network: networkOf(place, atMs), inventory: inventoryOf(agent, place, atMs) } : {}),
    ...(place.trouble === 'disk' ? { filesystems: fullDisks(atMs) } : {}),
    ...(place.trouble === 'lan' ? { interfaces: brokenCable(agent, atMs) } : {}),
  };
}

function networkOf(place: Place, atMs: number): ReportNetwork {
  const { site, address, trouble } = place;
  const isOutside = trouble === 'outside';
  return {
    gateways: [{ address: isOutside ? '192.168.8.1' : `${site.network}.1`, interface: 'ens18', metric: 100 }],
    addresses: [{ interface: 'ens18', cidr: `${address}/24` }],
    sourceAddress: address,
    egressAddress: isOutside ? sourceAddressOf(place) : '198.51.100.7',
    egressCheckedAt: new Date(atMs).toISOString(),
  };
}

/** Each first server has what its department backs up; a machine by a line of its own has something that nobody does. */
function inventoryOf({ member }: SpoolingAgent, { trouble }: Place, atMs: number): NonNullable<Report['inventory']> {
  const database = { kind: 'database', name: 'PostgreSQL', path: '/var/lib/postgresql' };
  const hasDatabase = member.isFirstOfPd || trouble === 'outside';
  return {
    takenAt: new Date(atMs).toISOString(),
    system: { manufacturer: 'QEMU', model: 'Standard PC' },
    os: { distro: 'Debian GNU/Linux', release: '12' },
    cpu: { brand: 'Virtual CPU' },
    disks: [],
    interfaces: [],
    listening: [],
    valuables: hasDatabase ? [database] : [],
  };
}

const gibibyteBytes = 2 ** 30;

/** Half a gigabyte goes each hour of the day, and is tidied up at midnight. */
function fullDisks(atMs: number): NonNullable<Report['filesystems']> {
  const filledBytes = Math.floor(((atMs / 3_600_000) % 24) * 0.5 * gibibyteBytes);
  const sizeBytes = 400 * gibibyteBytes;
  return [
    {
      mount: '/',
      device: '/dev/sda2',
      type: 'ext4',
      sizeBytes: 50 * gibibyteBytes,
      availableBytes: 20 * gibibyteBytes,
    },
    { mount: '/var', device: '/dev/sdb1', type: 'xfs', sizeBytes, availableBytes: 14 * gibibyteBytes - filledBytes },
    { mount: '/srv', device: '/dev/sdc1', type: 'ext4', sizeBytes, availableBytes: sizeBytes / 2, readOnly: true },
  ];
}

/** One packet of a thousand comes in broken. */
function brokenCable(agent: SpoolingAgent, atMs: number): NonNullable<Report['interfaces']> {
  return (agent.member.agent.measured(atMs).interfaces ?? []).map((each, index) =>
    index === 0 ? { ...each, receiveErrors: Math.floor(each.receiveBytes / 1_400_000) } : each,
  );
}
