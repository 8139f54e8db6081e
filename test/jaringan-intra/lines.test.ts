import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { flapping, latencyOf800Ms, lossOf30Percent } from './faults.ts';
import { coloursOf, told, untilHealthy, untilResolved, untilTold, wanDuty } from './watch.ts';
import { diskominfo } from './world-config.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });

describe.skipIf(!needed.ok)(`a poor line ${needed.reason}`, () => {
  it('that loses 30 %, answers after 800 ms, or comes and goes is one fault each', async () => {
    const world = await startWorld({
      intervalSeconds: 5,
      poor: true,
      // With the usual 50 ms the average would need more rounds to forget 800 ms than a test has patience for.
      obligations: { [wanDuty]: { params: { fiberSlowSeconds: 0.4 } } },
    });
    const [dinkes, disdik, dukcapil] = world.offices;
    await untilHealthy(world);
    const unstable = `dinkes/kantor wan-unstable: ${diskominfo}`;
    const loss = `disdik/kantor wan-degraded-loss: ${diskominfo}`;
    const latency = `dukcapil/kantor wan-degraded-latency: ${diskominfo}`;
    const poorFor = async (line: string, fault: { begin: () => void; end: () => void }) => {
      fault.begin();
      await untilTold(world, [`opened ${line}`]);
      fault.end();
    };
    await Promise.all([
      // Two rounds of silence, two with an answer: never long enough to be an outage of its own.
      flapping(dinkes, { times: 3, halfMs: 10_000 }),
      poorFor(loss, lossOf30Percent(disdik)),
      poorFor(latency, latencyOf800Ms(dukcapil)),
    ]);
    await untilTold(world, [`opened ${unstable}`]);
    await untilResolved(world, 150_000);
    const lines = [unstable, loss, latency].flatMap((line) => [`opened ${line}`, `resolved ${line}`]);
    await untilTold(world, lines);
    expect(told(world).toSorted()).toEqual(lines.toSorted());
    // A poor line is up; of the one that came and went, each silence counts, to one interval.
    const down = async (pd: string) => (await coloursOf(world, pd, 'wan')).downSeconds;
    expect(await down('disdik')).toBeLessThan(10);
    expect(await down('dukcapil')).toBeLessThan(10);
    expect(Math.abs((await down('dinkes')) - 30)).toBeLessThanOrEqual(15);
  }, 300_000);
});
