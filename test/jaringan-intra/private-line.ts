import { layCable } from './cable.ts';
import { addressesOf } from './department.ts';
import { type Namespace, run } from './namespaces.ts';
import { pusatData } from './world-config.ts';

/** A department's own line to the internet: its server has a modem beside the network of the Pemda. */
export interface PrivateLine {
  /** From now on everything that the server sends leaves by the modem. */
  use: () => void;
  /** Only what goes to the Jaringan Intra still leaves by the router of the Pemda. */
  useBeside: () => void;
  /** Back to the router of the Pemda. */
  leave: () => void;
}

export const modem = { address: '198.51.100.10', gateway: '198.51.100.1', subnet: '198.51.100.0/24' };
const intra = '10.77.0.0/16';
const publicLine = { pusat: '203.0.113.2', provider: '203.0.113.1' };

/** The internet knows the way from the modem to the Pusat Data and back; the Jaringan Intra takes no part. */
export function layPrivateLine(ends: {
  internet: Namespace;
  pusat: Namespace;
  office: { server: Namespace; number: number };
}): PrivateLine {
  const { internet, pusat, office } = ends;
  internet.sysctl('net.ipv4.ip_forward', '1');
  // A provider carries no private addresses: what still goes by the old one gets nowhere.
  internet.sysctl('net.ipv4.conf.all.rp_filter', '1');
  layCable(
    {
      at: internet,
      interface: 'pusat',
      address: `${publicLine.provider}/30`,
      routes: [[pusatData.subnet, publicLine.pusat]],
    },
    {
      at: pusat,
      interface: 'publik',
      address: `${publicLine.pusat}/30`,
      routes: [[modem.subnet, publicLine.provider]],
    },
  );
  layCable(
    { at: internet, interface: 'modem', address: `${modem.gateway}/24` },
    { at: office.server, interface: 'modem', address: `${modem.address}/24` },
  );
  const { gateway } = addressesOf(office.number);
  const route = (network: string, via: string) => office.server.ip('route', 'replace', network, 'via', via);
  const noRoute = () => run(...office.server.exec, 'sh', '-c', `ip route del ${intra} 2> /dev/null || true`);
  return {
    use() {
      noRoute();
      route('default', modem.gateway);
    },
    useBeside() {
      route(intra, gateway);
      route('default', modem.gateway);
    },
    leave() {
      noRoute();
      route('default', gateway);
    },
  };
}
