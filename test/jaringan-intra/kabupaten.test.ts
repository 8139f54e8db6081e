import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { untilAlerts, untilHealthy, wanDuty } from './watch.ts';
import { diskominfo } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`a small kabupaten ${needed.reason}`, () => {
  it('tells one fault to the one who must act', async () => {
    const world = await startWorld({ intervalSeconds: 5 });
    await untilHealthy(world);
    expect(world.alerts()).toEqual([]);

    const [dinkes] = world.offices;
    const wan = { obligation: wanDuty, pd: 'dinkes', subject: 'kantor', cause: 'wan-down', owner: diskominfo };
    dinkes?.wan.cut();
    expect(await untilAlerts(world, 0, 1)).toEqual([{ event: 'opened', ...wan }]);
    dinkes?.wan.mend();
    expect(await untilAlerts(world, 1, 1)).toEqual([{ event: 'resolved', ...wan }]);
    await untilHealthy(world);
    expect(world.alerts()).toHaveLength(2);
  }, 200_000);
});
