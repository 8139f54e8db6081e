import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { agentStopped, type Fault, lanOut, powerCut, routerStarting, serverOff, wanCableOut } from './faults.ts';
import { type Colours, coloursOf, told, untilHealthy, untilResolved, untilTold } from './watch.ts';
import { diskominfo } from './world-config.ts';
import { startWorld, type World } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare'] });
const disdik = 'Dinas Pendidikan';
const dukcapil = 'Dinas Kependudukan dan Pencatatan Sipil';

const intervalSeconds = 5;

interface Expected {
  fault: Fault;
  pd: string;
  /** `<cause while it is open>: <owner>` */
  tells: string;
  /** What the cause turns out to be. */
  cause: string;
  /** Colour of each layer while the fault lasts. */
  wan: keyof Colours;
  lan: keyof Colours;
}

/**
 * Lets faults happen at different offices at the same time until people know, and repairs them. Each is told once and
 * its end once, to the one who must act, and nothing beside it; its cause is settled in the end; and the time that it
 * lasted has the right colour, to one interval.
 */
async function prove(world: World, expected: readonly Expected[]): Promise<void> {
  await untilHealthy(world);
  const lines = (event: string) => expected.map(({ pd, tells }) => `${event} ${pd}/kantor ${tells}`);
  const lasting: { beganAtMs: number; endedAtMs: number }[] = [];
  for (const { fault } of expected) {
    lasting.push({ beganAtMs: Date.now(), endedAtMs: 0 });
    await fault.begin();
  }
  await untilTold(world, lines('opened'));
  for (const [index, { fault }] of expected.entries()) {
    await fault.end();
    Object.assign(lasting[index] ?? {}, { endedAtMs: Date.now() });
  }
  await untilHealthy(world);
  const incidents = await untilResolved(world);
  await untilTold(world, lines('resolved'));
  expect(told(world).toSorted()).toEqual([...lines('opened'), ...lines('resolved')].toSorted());
  expect(incidents.map(({ pd, cause }) => `${pd} ${cause}`).toSorted()).toEqual(
    expected.map(({ pd, cause }) => `${pd} ${cause}`).toSorted(),
  );
  for (const [index, { pd, ...layers }] of expected.entries()) {
    const { beganAtMs = 0, endedAtMs = 0 } = lasting[index] ?? {};
    const seconds = (endedAtMs - beganAtMs) / 1000;
    for (const layer of ['wan', 'lan'] as const) {
      const colours = await coloursOf(world, pd, layer);
      for (const colour of ['downSeconds', 'unknownSeconds'] as const) {
        const wanted = layers[layer] === colour ? seconds : 0;
        // A round speaks for half an interval longer than until the next one.
        const slack = intervalSeconds * 1.5 + 1;
        expect(
          Math.abs(colours[colour] - wanted),
          `${pd} ${layer} ${colour}: ${colours[colour]}, not ${wanted}`,
        ).toBeLessThan(slack);
      }
    }
  }
}

describe.skipIf(!needed.ok)(`an office of the kabupaten ${needed.reason}`, () => {
  it('whose cable is out, whose LAN is out, whose agent is stopped: three faults, three owners', async () => {
    const world = await startWorld({ intervalSeconds });
    const [one, two, three] = world.offices;
    await prove(world, [
      {
        fault: wanCableOut(one),
        pd: one.pd,
        tells: `wan-down: ${diskominfo}`,
        cause: 'wan',
        wan: 'downSeconds',
        lan: 'upSeconds',
      },
      {
        fault: lanOut(two),
        pd: two.pd,
        tells: `lan-or-server-down: ${disdik}`,
        cause: 'lan',
        wan: 'upSeconds',
        lan: 'downSeconds',
      },
      {
        fault: agentStopped(three),
        pd: three.pd,
        tells: `agent-stopped: ${dukcapil}`,
        cause: 'agent',
        wan: 'upSeconds',
        lan: 'unknownSeconds',
      },
    ]);
    expect(world.alerts()).toHaveLength(6);
  }, 240_000);

  it('without its server, without power, without its router for a while', async () => {
    const world = await startWorld({ intervalSeconds });
    const [one, two, three] = world.offices;
    await prove(world, [
      {
        fault: serverOff(one),
        pd: one.pd,
        tells: `lan-or-server-down: ${diskominfo}`,
        cause: 'server',
        wan: 'upSeconds',
        lan: 'unknownSeconds',
      },
      {
        fault: powerCut(two),
        pd: two.pd,
        tells: `wan-down: ${diskominfo}`,
        cause: 'power',
        wan: 'downSeconds',
        lan: 'unknownSeconds',
      },
      {
        fault: routerStarting(three),
        pd: three.pd,
        tells: `wan-down: ${diskominfo}`,
        cause: 'lan',
        wan: 'downSeconds',
        lan: 'downSeconds',
      },
    ]);
    expect(world.alerts()).toHaveLength(6);
  }, 240_000);
});
