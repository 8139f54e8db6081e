import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { besideTheNetwork, roundTheNetwork } from './faults.ts';
import { told, untilHealthy, untilResolved, untilTold } from './watch.ts';
import { nameOf } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`a line of its own ${needed.reason}`, () => {
  it('is found when a department goes round the Jaringan Intra, and when it only has it beside', async () => {
    const world = await startWorld({
      intervalSeconds: 5,
      obligations: { 'lebong-21-1-penggunaan-jaringan-intra': { params: { flagAfterSeconds: 10 } } },
    });
    await untilHealthy(world);
    const expected: string[] = [];
    for (const { fault, cause } of [
      { fault: roundTheNetwork(world), cause: 'outside-intra' },
      { fault: besideTheNetwork(world), cause: 'bypass' },
    ]) {
      await fault.begin();
      expected.push(`opened dukcapil/kantor ${cause}: ${nameOf('dukcapil')}`);
      await untilTold(world, expected);
      await fault.end();
      expected.push(`resolved dukcapil/kantor ${cause}: ${nameOf('dukcapil')}`);
      await untilTold(world, expected);
      await untilResolved(world);
    }
    expect(told(world)).toEqual(expected);
  }, 240_000);
});
