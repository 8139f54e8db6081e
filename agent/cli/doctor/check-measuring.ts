import type { AgentConfig } from '../../../shared/agent-config-schema.ts';
import { readNetwork } from '../../loop/read-network.ts';
import { discoverTargets, type DiscoverOptions } from '../../probes/discover-targets.ts';
import { runPing } from '../../probes/run-ping.ts';
import { createSensors } from '../../sensors/registry.ts';
import { runSensors } from '../../sensors/run-sensors.ts';
import type { Sensor } from '../../sensors/sensor.ts';
import { fine, type Finding, guarded, problem } from './finding.ts';

/** What of the configuration says where this machine is, and what it probes. */
type Placed = Pick<AgentConfig, 'roles' | 'probes'>;

const sensorWithinMs = 10_000;

/** One line for each sensor. */
export async function checkSensors(sensors: readonly Sensor[] = createSensors()): Promise<Finding[]> {
  const found = await Promise.all(
    sensors.map(async (sensor) => {
      const subject = `sensor ${sensor.name}`;
      const { part, failures } = await runSensors([sensor], { timeoutMs: sensorWithinMs });
      const [failure] = failures;
      if (failure !== undefined) {
        const remedy = 'run the agent as root or grant its user what the reason names; the rest is still measured.';
        return [problem(subject, `could not measure ${failure.of}: ${failure.reason}.`, remedy)];
      }
      const names = Object.keys(part);
      return [
        fine(subject, names.length === 0 ? 'nothing of that kind on this machine.' : `measures ${names.join(', ')}.`),
      ];
    }),
  );
  return found.flat();
}

/** The program that sends ICMP, and the router that stands for the LAN. */
export async function checkNetwork(collectorUrl: string, config: Placed | undefined): Promise<Finding[]> {
  const ping = await guarded(
    'ping',
    'install the package iputils-ping, or allow it ("setcap cap_net_raw+ep $(command -v ping)"); until then TCP is used instead.',
    async () => {
      const signal = AbortSignal.timeout(8000);
      const output = await runPing({ host: '127.0.0.1', packetCount: 1, timeoutSeconds: 2, signal });
      if (/\bttl=/i.test(output)) return [fine('ping', 'works.')];
      throw new Error(`ping does not reach 127.0.0.1: ${output.trim().split('\n').at(-1) ?? ''}`);
    },
  );
  const gateway = await guarded('gateway', 'check the network settings of this machine.', () => [
    gatewayFinding(collectorUrl, config),
  ]);
  return [...ping, ...gateway, ...(await checkWay(collectorUrl))];
}

/** Which machine stands for the LAN; at the Pusat Data, whose network may be closed, it may be none. */
export function gatewayFinding(
  collectorUrl: string,
  { roles, probes }: Placed = { roles: [], probes: [] },
  options: Pick<DiscoverOptions, 'readRoutes'> = {},
): Finding {
  const gateway = discoverTargets({ collectorUrl, ...options }).find(({ layer }) => layer === 'lan');
  if (gateway !== undefined) return fine('gateway', `${gateway.host} stands for the LAN.`);
  const other = probes.find(({ layer, pd, site }) => layer === 'lan' && pd === undefined && site === undefined);
  if (other !== undefined) return fine('gateway', `there is no default gateway; ${other.host} stands for the LAN.`);
  const text = 'this machine has no default gateway,';
  if (roles.length > 0) {
    return fine('gateway', `${text} and at the Pusat Data it may do without; its own LAN is not probed.`);
  }
  const remedy = 'set a default route, or name a target with the layer lan under probeTargets in pantau.yaml.';
  return problem('gateway', `${text} so the LAN is not probed.`, remedy);
}

/** What the agent will report of how this machine is connected: whether it works through the Jaringan Intra. */
function checkWay(collectorUrl: string): Promise<Finding[]> {
  const remedy = 'check the name service and the routes of this machine; without a way to it no report arrives.';
  return guarded('network', remedy, async () => {
    const { sourceAddress, gateways } = await readNetwork(collectorUrl);
    if (sourceAddress === undefined) throw new Error(`there is no way to the collector at ${collectorUrl}.`);
    const ways = gateways.map(({ address, interface: device }) => `${address} (${device})`).join(', ');
    const others = ways === '' ? 'there is no default route.' : `default routes: ${ways}.`;
    return [fine('network', `the collector is spoken to from ${sourceAddress}; ${others}`)];
  });
}
