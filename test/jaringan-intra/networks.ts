import { onTestFinished } from 'vitest';
import { type Cable, layCable } from './cable.ts';
import { buildDepartment, type Department } from './department.ts';
import { createNamespace, type Namespace, sweepNamespaces } from './namespaces.ts';
import { layPrivateLine, type PrivateLine } from './private-line.ts';
import { departments, pusatData } from './world-config.ts';

/** The cables and routers of a small kabupaten: the Pusat Data, a backbone, three departments, and the internet. */
export interface Networks {
  pusat: Namespace;
  backbone: Namespace;
  /** From the Pusat Data to the backbone. */
  uplink: Cable;
  departments: readonly [Department, Department, Department];
  /** The last department's own line to the internet, beside the network. */
  privateLine: PrivateLine;
}

/** Everything is gone when the test ends. @param poor whether losses and delays on the WANs can be chosen. */
export async function buildNetworks({ poor = false } = {}): Promise<Networks> {
  sweepNamespaces();
  const place = (label: string): Namespace => {
    const namespace = createNamespace(label);
    onTestFinished(() => namespace.remove());
    return namespace;
  };
  const [pusat, backbone] = [place('pusat'), place('backbone')];
  backbone.sysctl('net.ipv4.ip_forward', '1');
  const uplink = layCable(
    { at: pusat, interface: 'eth0', address: `${pusatData.address}/24`, routes: [['default', pusatData.gateway]] },
    { at: backbone, interface: 'pusat', address: `${pusatData.gateway}/24` },
  );
  const build = (index: 0 | 1 | 2) => buildDepartment(backbone, { ...departments[index], poor, place });
  const built = [await build(0), await build(1), await build(2)] as const;
  const privateLine = layPrivateLine({ internet: place('internet'), pusat, office: built[2] });
  return { pusat, backbone, uplink, departments: built, privateLine };
}
