import { describe, expect, it } from 'vitest';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { backboneCut, pusatDataCutOff } from './faults.ts';
import { told, untilHealthy, untilResolved, untilTold } from './watch.ts';
import { diskominfo } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`the Pusat Data ${needed.reason}`, () => {
  it('tells of the backbone once, and without its own uplink accuses no site', async () => {
    const world = await startWorld({ intervalSeconds: 5 });
    await untilHealthy(world);
    const backbone = `diskominfo/wilayah/* backbone-down: ${diskominfo}`;
    const cut = backboneCut(world);
    await cut.begin();
    await untilTold(world, [`opened ${backbone}`]);
    await cut.end();
    await untilHealthy(world);
    await untilResolved(world);
    const toldOfBackbone = [`opened ${backbone}`, `resolved ${backbone}`];
    await untilTold(world, toldOfBackbone);
    expect(told(world)).toEqual(toldOfBackbone);

    const own = `diskominfo/wilayah/* pusat-data-uplink-down: ${diskominfo}`;
    const cutOff = pusatDataCutOff(world);
    await cutOff.begin();
    await untilTold(world, [`opened ${own}`]);
    await cutOff.end();
    await untilHealthy(world);
    await untilResolved(world);
    const toldOfOwn = [`opened ${own}`, `resolved ${own}`];
    await waitUntil('the end to be told', () => told(world).length >= 4);
    expect(told(world)).toEqual([...toldOfBackbone, ...toldOfOwn]);
  }, 240_000);
});
