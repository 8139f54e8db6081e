import { readNetwork } from '../../loop/read-network.ts';
import { discoverTargets } from '../../probes/discover-targets.ts';
import { runPing } from '../../probes/run-ping.ts';
import { createSensors } from '../../sensors/registry.ts';
import { runSensors } from '../../sensors/run-sensors.ts';
import type { Sensor } from '../../sensors/sensor.ts';
import { fine, type Finding, guarded, problem } from './finding.ts';

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
export async function checkNetwork(collectorUrl: string): Promise<Finding[]> {
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
  const gateway = await guarded('gateway', 'check the network settings of this machine.', () => {
    const lan = discoverTargets({ collectorUrl }).find(({ layer }) => layer === 'lan');
    if (lan !== undefined) return [fine('gateway', `${lan.host} stands for the LAN.`)];
    const remedy = 'set a default route, or name a LAN target under probes in the configuration.';
    return [problem('gateway', 'this machine has no default gateway, so the LAN is not probed.', remedy)];
  });
  return [...ping, ...gateway, ...(await checkWay(collectorUrl))];
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
