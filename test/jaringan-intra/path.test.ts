import { describe, expect, it } from 'vitest';
import { runInNamespace } from '../../agent/probes/namespace-for-tests.ts';
import type { ProbeResult } from '../../agent/probes/probe.ts';
import { needs } from '../requirements.ts';
import { addressesOf } from './department.ts';
import type { Namespace } from './namespaces.ts';
import { buildNetworks } from './networks.ts';
import { modem } from './private-line.ts';
import { pusatData } from './world-config.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'ping'] });

/** The routers on the way to the Pusat Data, as an agent on this machine sees them. */
async function wayFrom(machine: Namespace): Promise<{ state: string; hops: (string | undefined)[] }> {
  const probe = new URL('../../agent/probes/path.ts', import.meta.url).href;
  const target = {
    name: 'path',
    kind: 'path',
    layer: 'wan',
    host: pusatData.address,
    packetCount: 1,
    timeoutSeconds: 2,
  };
  const { state, hops = [] } = await runInNamespace<ProbeResult>(
    machine.name,
    `import { pathProbe } from ${JSON.stringify(probe)};
    const signal = AbortSignal.timeout(15_000);
    console.log(JSON.stringify(await pathProbe.probe(${JSON.stringify(target)}, { signal })));`,
  );
  return { state, hops: hops.map(({ address }) => address) };
}

describe.skipIf(!needed.ok)(`the way to the Pusat Data ${needed.reason}`, () => {
  it('leads over the router and the backbone, or over the modem, and ends where the cable is out', async () => {
    const { departments, privateLine } = await buildNetworks();
    const [, , dukcapil] = departments;
    const { gateway, wan } = addressesOf(dukcapil.number);
    const registered = { state: 'up', hops: [gateway, wan.backbone, pusatData.address] };
    expect(await wayFrom(dukcapil.server)).toEqual(registered);

    privateLine.use();
    expect(await wayFrom(dukcapil.server)).toEqual({ state: 'up', hops: [modem.gateway, pusatData.address] });
    privateLine.leave();
    expect(await wayFrom(dukcapil.server)).toEqual(registered);

    dukcapil.wan.cut();
    expect(await wayFrom(dukcapil.server)).toMatchObject({ state: 'down' });
  }, 60_000);
});
