import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { credentialsPathOf } from '../../agent/routers/snmp/credentials.ts';
import { startHttpReceiver } from '../../collector/notify/notify-test-kit.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type Api, apiOf } from '../kit/api.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { type Alert, alertsIn } from './alerts.ts';
import type { Department } from './department.ts';
import type { Namespace } from './namespaces.ts';
import { buildNetworks, type Networks } from './networks.ts';
import { createRouter, type Router, snmpCredentials } from './router.ts';
import { installServer, type Server } from './server.ts';
import { openTunnel } from './tunnel.ts';
import { collectorPort, worldConfig } from './world-config.ts';

/** A department with the agent of its server. */
export type Office = Department & { agent: Server };

/** A small kabupaten at work: a collector and an agent at the Pusat Data, and an agent at each department. */
export interface World extends Networks {
  intervalSeconds: number;
  api: Api;
  /** What people were told so far, in order. */
  alerts(): Alert[];
  vantage: Server;
  /** The router of the last department, when it is read. */
  router?: Router;
  offices: readonly [Office, Office, Office];
}

export interface WorldOptions {
  intervalSeconds: number;
  /** Whether losses and delays on the WANs can be chosen. */
  poor?: boolean;
  /** As it stands in `pantau.yaml`. */
  obligations?: Record<string, unknown>;
  /** Whether the router of the last department is read by SNMP from the Pusat Data. */
  snmp?: boolean;
}

const hookPort = 8099;

/** Builds the networks, starts the collector and every agent. All of it is gone when the test ends. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { intervalSeconds, poor, obligations = {}, snmp = false } = options;
  const folder = temporaryFolder();
  const networks = await buildNetworks(poor === undefined ? {} : { poor });
  const { pusat } = networks;
  const receiver = await startHttpReceiver();
  onTestFinished(() => receiver.close());
  const outward = { inside: hookPort, outside: Number(new URL(receiver.url).port) };
  const port = await openTunnel(pusat, { folder, inward: collectorPort, outward });
  const collector = await startCollectorProcess({
    dataFolder: join(folder, 'collector'),
    configText: worldConfig({ intervalSeconds, hookPort, obligations, ...(snmp && { readPd: 'dukcapil' }) }),
    prefix: pusat.exec,
  });
  onTestFinished(async () => void (await collector.stop()));

  const install = (at: Namespace, pd: string, node: string, roles?: string[]) =>
    installServer({ at, pd, node, dataFolder: join(folder, node), collector, ...(roles && { roles }) });
  const withAgent = async (office: Department): Promise<Office> => ({
    ...office,
    agent: await install(office.server, office.pd, `server-${office.pd}`),
  });
  const [one, two, three] = networks.departments;
  const router = snmp ? createRouter(three.router, join(folder, 'router')) : undefined;
  await router?.boot();
  const [vantage, ...offices] = await Promise.all([
    install(pusat, 'diskominfo', 'pemantau', ['vantage']),
    withAgent(one),
    withAgent(two),
    withAgent(three),
  ]);
  writeFileSync(credentialsPathOf(join(folder, 'pemantau')), JSON.stringify(snmpCredentials), { mode: 0o600 });
  for (const server of [vantage, ...offices.map(({ agent }) => agent)]) server.boot();
  return {
    ...networks,
    intervalSeconds,
    api: apiOf({ url: `http://127.0.0.1:${port}`, adminToken: collector.adminToken }),
    alerts: () => alertsIn(receiver.requests),
    vantage,
    offices,
    ...(router && { router }),
  };
}
