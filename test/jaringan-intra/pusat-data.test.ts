import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { backboneCut, pusatDataCutOff } from './faults.ts';
import { prove } from './prove.ts';
import { departments, diskominfo } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`the Pusat Data ${needed.reason}`, () => {
  it('tells of the backbone once, and without its own uplink accuses no site', async () => {
    const world = await startWorld({ intervalSeconds: 5 });
    // From the offices the Pusat Data cannot be reached either way; their own networks work.
    const cutOff = { wan: 'downSeconds', lan: 'upSeconds' } as const;
    const colours = Object.fromEntries(departments.map(({ pd }) => [pd, cutOff]));
    await prove(world, [
      {
        fault: backboneCut(world),
        tells: `diskominfo/wilayah/* backbone-down: ${diskominfo}`,
        cause: 'backbone',
        colours,
      },
    ]);
    await prove(world, [
      {
        fault: pusatDataCutOff(world),
        tells: `diskominfo/wilayah/* pusat-data-uplink-down: ${diskominfo}`,
        cause: 'pusat-data-uplink',
        colours,
      },
    ]);
    expect(world.alerts()).toHaveLength(4);
  }, 300_000);
});
