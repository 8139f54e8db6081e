import { expect } from 'vitest';
import { waitUntil } from '../kit/wait-until.ts';
import type { Fault } from './faults.ts';
import { type Colours, coloursOf, told, untilHealthy, untilResolved, untilTold } from './watch.ts';
import type { World } from './world.ts';

/** Something that happens, and all that must come of it. */
export interface Happening {
  fault: Fault;
  /** What people are told, once when it begins and once when it ends: `<pd>/<subject> <cause>: <owner>`. */
  tells: string;
  /** How its end may be told instead: the first report afterwards may still have met the silence, and narrow it down. */
  mayEndAs?: string;
  /** What the cause turns out to be. */
  cause: string;
  /** Colour of the layers of each office that it concerns, while it lasts. */
  colours: Readonly<Record<string, LayerColours>>;
}

interface LayerColours {
  wan: keyof Colours;
  lan: keyof Colours;
}

/**
 * Lets faults happen at the same time until people know, and repairs them. Each is told once and its end once, to the
 * one who must act, and nothing beside it; its cause is settled in the end; and the time that it lasted has the right
 * colour, to one interval.
 */
export async function prove(world: World, happenings: readonly Happening[]): Promise<void> {
  await untilHealthy(world);
  const toldBefore = told(world).length;
  const incidentsBefore = (await untilResolved(world)).length;
  const watched = await Promise.all(
    happenings.flatMap(({ colours, fault }) =>
      Object.entries(colours).flatMap(([pd, layers]) =>
        (['wan', 'lan'] as const).map(async (layer) => {
          return { fault, pd, layer, colour: layers[layer], before: await coloursOf(world, pd, layer) };
        }),
      ),
    ),
  );
  const lasted = await happen(world, happenings);

  const asUsual = (line: string) => {
    const narrowed = happenings.find(({ mayEndAs }) => mayEndAs !== undefined && line === `resolved ${mayEndAs}`);
    return narrowed === undefined ? line : `resolved ${narrowed.tells}`;
  };
  const lines = happenings.flatMap(({ tells }) => [`opened ${tells}`, `resolved ${tells}`]);
  const incidents = await untilResolved(world);
  const all = () => told(world).slice(toldBefore).map(asUsual);
  await waitUntil('every end to be told', () => lines.every((line) => all().includes(line)), 90_000).catch(() => {});
  expect(all().toSorted()).toEqual(lines.toSorted());
  expect(
    incidents
      .slice(incidentsBefore)
      .map(({ cause }) => cause)
      .toSorted(),
  ).toEqual(happenings.map(({ cause }) => cause).toSorted());
  const wrong: string[] = [];
  for (const { fault, pd, layer, colour, before } of watched) {
    const now = await coloursOf(world, pd, layer);
    for (const each of ['downSeconds', 'unknownSeconds'] as const) {
      const wanted = colour === each ? (lasted.get(fault) ?? 0) : 0;
      const found = now[each] - before[each];
      // A round speaks for half an interval longer than until the next one.
      const slack = world.intervalSeconds * 1.5 + 1;
      if (Math.abs(found - wanted) > slack) wrong.push(`${pd} ${layer}: ${found} ${each}, not ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
}

/** @returns for how many seconds each fault lasted. */
async function happen(world: World, happenings: readonly Happening[]): Promise<Map<Fault, number>> {
  const began = new Map<Fault, number>();
  for (const { fault } of happenings) {
    began.set(fault, Date.now());
    await fault.begin();
  }
  await untilTold(
    world,
    happenings.map(({ tells }) => `opened ${tells}`),
  );
  const lasted = new Map<Fault, number>();
  for (const [fault, beganAtMs] of began) {
    await fault.end();
    lasted.set(fault, (Date.now() - beganAtMs) / 1000);
  }
  await untilHealthy(world);
  return lasted;
}
