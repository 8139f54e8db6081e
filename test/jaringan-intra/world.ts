import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startHttpReceiver } from '../../collector/notify/notify-test-kit.ts';
import { startCollectorProcess, type CollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type Api, apiOf } from '../kit/api.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { type Alert, alertsIn } from './alerts.ts';
import { type Cable, layCable } from './cable.ts';
import { buildDepartment, type Department } from './department.ts';
import { createNamespace, type Namespace, sweepNamespaces } from './namespaces.ts';
import { type PrivateLine, layPrivateLine } from './private-line.ts';
import { installServer, type Server } from './server.ts';
import { openTunnel } from './tunnel.ts';
import { collectorPort, departments, pusatData, worldConfig } from './world-config.ts';

/** A small kabupaten: the Pusat Data, a backbone, three departments, and the internet beside them. */
export interface World {
  collector: CollectorProcess;
  api: Api;
  /** What people were told so far, in order. */
  alerts(): Alert[];
  pusat: Namespace;
  backbone: Namespace;
  /** From the backbone to the Pusat Data. */
  uplink: Cable;
  vantage: Server;
  /** The last department's own line to the internet, beside the network. */
  privateLine: PrivateLine;
  offices: readonly [Office, Office, Office];
}

/** A department with the agent of its server. */
export type Office = Department & { agent: Server };

const hookPort = 8099;

/** Builds the networks, starts the collector and every agent. All of it is gone when the test ends. */
export async function startWorld({ intervalSeconds }: { intervalSeconds: number }): Promise<World> {
  sweepNamespaces();
  const folder = temporaryFolder();
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
  const build = (index: 0 | 1 | 2, poor: boolean) => buildDepartment(backbone, { ...departments[index], poor, place });
  const built = [await build(0, false), await build(1, true), await build(2, false)] as const;
  const privateLine = layPrivateLine({ internet: place('internet'), pusat, office: built[2] });

  const receiver = await startHttpReceiver();
  onTestFinished(() => receiver.close());
  const outside = Number(new URL(receiver.url).port);
  const outward = { inside: hookPort, outside };
  const port = await openTunnel(pusat, { folder, inward: collectorPort, outward });
  const collector = await startCollectorProcess({
    dataFolder: join(folder, 'collector'),
    configText: worldConfig({ intervalSeconds, hookPort }),
    prefix: pusat.exec,
  });
  onTestFinished(async () => void (await collector.stop()));
  const install = (at: Namespace, pd: string, node: string, roles?: string[]) =>
    installServer({ at, pd, node, dataFolder: join(folder, node), collector, ...(roles && { roles }) });
  const vantage = await install(pusat, 'diskominfo', 'pemantau', ['vantage']);
  const withAgent = async (office: Department): Promise<Office> => ({
    ...office,
    agent: await install(office.server, office.pd, `server-${office.pd}`),
  });
  const offices = [await withAgent(built[0]), await withAgent(built[1]), await withAgent(built[2])] as const;
  for (const server of [vantage, ...offices.map(({ agent }) => agent)]) server.boot();
  return {
    collector,
    api: apiOf({ url: `http://127.0.0.1:${port}`, adminToken: collector.adminToken }),
    alerts: () => alertsIn(receiver.requests),
    pusat,
    backbone,
    uplink,
    vantage,
    privateLine,
    offices,
  };
}
