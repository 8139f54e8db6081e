import type { ReportInterface } from '../../shared/report-schema.ts';
import type { AgentFamily } from './family.ts';
import { firstOfEach, wellFormed } from './fleet-view.ts';
import { freshFamily } from './node-families.ts';

const bitsPerByte = 8;

function family(name: string, help: string, value: (row: ReportInterface) => number | undefined): AgentFamily {
  return freshFamily({
    name,
    ...(name.endsWith('_total') ? { type: 'counter' } : {}),
    help,
    label: 'interface',
    read: ({ interfaces = [] }) =>
      firstOfEach(interfaces, (row) => wellFormed(row.name)).map((row) => ({
        label: wellFormed(row.name),
        value: value(row),
      })),
  });
}

/** Network interfaces of the nodes themselves. */
export const interfaceFamilies: readonly AgentFamily[] = [
  family(
    'pantau_interface_receive_bytes_total',
    'Bytes received since the node was started.',
    (row) => row.receiveBytes,
  ),
  family('pantau_interface_transmit_bytes_total', 'Bytes sent since the node was started.', (row) => row.transmitBytes),
  family(
    'pantau_interface_receive_errors_total',
    'Packets received broken since the node was started.',
    (row) => row.receiveErrors,
  ),
  family(
    'pantau_interface_transmit_errors_total',
    'Packets that could not be sent since the node was started.',
    (row) => row.transmitErrors,
  ),
  family('pantau_interface_up', 'Whether the interface has a carrier: 1 yes, 0 no.', (row) => Number(row.up)),
  family(
    'pantau_interface_speed_bytes_per_second',
    'How much the interface can carry in one direction.',
    // A card without a link tells none, or zero.
    ({ speedBitsPerSecond = 0 }) => (speedBitsPerSecond > 0 ? speedBitsPerSecond / bitsPerByte : undefined),
  ),
];
