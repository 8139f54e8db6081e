import { networkInterfaces } from 'node:os';
import type { ReportNetwork } from '../../../shared/network-schema.ts';
import { cleanText } from '../clean-text.ts';

/** Networks that a hypervisor or a container engine keeps inside the machine. */
const inside = /^(docker|br-[0-9a-f]{12}$|virbr|veth|lxcbr|lxdbr|podman|cni|cali|flannel)/;
const linkLocal = /^(169\.254\.|fe[89ab][0-9a-f]:)/i;

type Addresses = ReportNetwork['addresses'];

/** In a steady order, so that two readings can be compared. */
export function ownAddresses(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): Addresses {
  const rows: Addresses = [];
  for (const [device, addresses] of Object.entries(interfaces)) {
    if (inside.test(device)) continue;
    for (const { cidr, internal } of addresses ?? []) {
      const clean = cleanText(cidr ?? '', 64);
      const name = cleanText(device, 64);
      if (internal || clean === undefined || name === undefined || linkLocal.test(clean)) continue;
      rows.push({ interface: name, cidr: clean });
    }
  }
  const keyOf = (row: Addresses[number]) => `${row.interface} ${row.cidr}`;
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
