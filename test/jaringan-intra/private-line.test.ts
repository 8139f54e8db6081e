import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { besideTheNetwork, roundADeadWan, roundTheNetwork } from './faults.ts';
import { told, untilHealthy, untilResolved, untilTold } from './watch.ts';
import { diskominfo, nameOf } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`a line of its own ${needed.reason}`, () => {
  it('is found when a department goes round the Jaringan Intra, has it beside, or falls back on it', async () => {
    const world = await startWorld({
      intervalSeconds: 5,
      obligations: { 'lebong-21-1-penggunaan-jaringan-intra': { params: { flagAfterSeconds: 20 } } },
    });
    await untilHealthy(world);
    const dukcapil = nameOf('dukcapil');
    const expected: string[] = [];
    for (const { fault, tells } of [
      { fault: roundTheNetwork(world), tells: `dukcapil/kantor outside-intra: ${dukcapil}` },
      { fault: besideTheNetwork(world), tells: `dukcapil/kantor bypass: ${dukcapil}` },
      // Whoever goes round a dead WAN is found there, and nobody is told beside it that the site is cut off.
      {
        fault: roundADeadWan(world),
        tells: `dukcapil/kantor outside-while-wan-down: ${dukcapil} dan ${diskominfo}`,
      },
    ]) {
      await fault.begin();
      expected.push(`opened ${tells}`);
      await untilTold(world, expected);
      await fault.end();
      expected.push(`resolved ${tells}`);
      await untilTold(world, expected);
      await untilResolved(world);
    }
    expect(told(world)).toEqual(expected);
  }, 240_000);
});
