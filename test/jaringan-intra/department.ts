import { type Cable, layCable, layPoorCable } from './cable.ts';
import type { Namespace } from './namespaces.ts';

/** The networks of one office: its router on the backbone, a switch, and a server. */
export interface Department {
  pd: string;
  number: number;
  router: Namespace;
  server: Namespace;
  /** From the backbone to the router. */
  wan: Cable;
  /** From the switch to the router, and to the server. */
  lan: Cable;
  serverCable: Cable;
}

export interface DepartmentAddresses {
  /** Ends of the WAN: at the backbone and at the router. */
  wan: { backbone: string; router: string };
  subnet: string;
  gateway: string;
  server: string;
}

export function addressesOf(number: number): DepartmentAddresses {
  const wan = `10.77.${100 + number}`;
  const lan = `10.77.${number}`;
  return {
    wan: { backbone: `${wan}.1`, router: `${wan}.2` },
    subnet: `${lan}.0/24`,
    gateway: `${lan}.1`,
    server: `${lan}.10`,
  };
}

/** @param options `poor`: whether losses and delays on its WAN can be chosen. */
export async function buildDepartment(
  backbone: Namespace,
  options: { number: number; pd: string; poor: boolean; place: (label: string) => Namespace },
): Promise<Department> {
  const { number, pd, poor, place } = options;
  const addresses = addressesOf(number);
  const router = place(`router${number}`);
  const lanSwitch = place(`switch${number}`);
  const server = place(`server${number}`);
  router.sysctl('net.ipv4.ip_forward', '1');
  lanSwitch.ip('link', 'add', 'br0', 'type', 'bridge');
  lanSwitch.ip('link', 'set', 'br0', 'up');
  const layWan = poor ? layPoorCable : layCable;
  const wan = await layWan(
    {
      at: backbone,
      interface: `wan${number}`,
      address: `${addresses.wan.backbone}/30`,
      routes: [[addresses.subnet, addresses.wan.router]],
    },
    {
      at: router,
      interface: 'wan',
      address: `${addresses.wan.router}/30`,
      routes: [['default', addresses.wan.backbone]],
    },
  );
  const lan = layCable(
    { at: router, interface: 'lan', address: `${addresses.gateway}/24` },
    { at: lanSwitch, interface: 'router', bridge: 'br0' },
  );
  const serverCable = layCable(
    { at: server, interface: 'eth0', address: `${addresses.server}/24`, routes: [['default', addresses.gateway]] },
    { at: lanSwitch, interface: 'server', bridge: 'br0' },
  );
  return { pd, number, router, server, wan, lan, serverCable };
}
