import { createBackupClaims } from '../nightly-backups.ts';
import { lengkapConfig } from '../lengkap/lengkap-config.ts';
import { lengkapLook, restoreTestsOf } from '../lengkap/backup-world.ts';
import { figuresOf, sourceAddressOf } from '../lengkap/node-figures.ts';
import { type Places, placesOf } from '../lengkap/places.ts';
import { lengkapProbes } from '../lengkap/probe-results.ts';
import { createRouterReader } from '../lengkap/router-readings.ts';
import { createVaultRounds } from '../lengkap/vault-rounds.ts';
import { reportInRounds } from '../report-rounds.ts';
import type { RoundContent } from '../round-content.ts';
import type { Scenario, World } from '../scenario.ts';
import type { SpoolingAgent } from '../spooling-agent.ts';

/** In rounds of one interval from the start. */
const story = {
  deadFromRound: 4,
  returning: { fromRound: 6, untilRound: 18 },
} as const;

/** So many hours of the routers' traffic are told at the start: bandwidth is judged by what was measured of a day. */
const earlierHours = 8;
const hourMs = 3_600_000;
const restateEveryRounds = 120;

export const lengkap: Scenario = {
  name: 'lengkap',
  docs: 'everything that Pantau can tell of, in twelve departments: made to look at dashboards and rules',
  intervalSeconds: 5,
  durationSeconds: undefined,
  departmentCount: 12,
  config: lengkapConfig,
  async run(world) {
    const play = playOf(world);
    await tellEarlier(world, play);
    await reportInRounds(world, (agent, atMs) => play.roundOf(agent, atMs));
  },
};

interface Play {
  places: Places;
  routers: ReturnType<typeof createRouterReader>;
  isAlive: (pd: string, site: string) => boolean;
  roundOf: (agent: SpoolingAgent, atMs: number) => RoundContent | undefined;
}

function playOf(world: World): Play {
  const { agents, clock, intervalSeconds } = world;
  const places = placesOf(agents);
  const startedAtMs = clock.monotonicMs();
  const roundNow = () => Math.floor((clock.monotonicMs() - startedAtMs) / (intervalSeconds * 1000));
  const isAlive = (pd: string, site: string) =>
    places.site(pd, site)?.trouble !== 'dead' || roundNow() < story.deadFromRound;
  const isAway = (pd: string) =>
    places.department(pd)?.isReturning === true &&
    roundNow() >= story.returning.fromRound &&
    roundNow() < story.returning.untilRound;
  const routers = createRouterReader();
  const look = lengkapLook(places);
  const claimsOf = createBackupClaims(look);
  const vaults = createVaultRounds(world, { places, look, isLinked: (pd) => !isAway(pd) });
  const neverHeard = neverHeardOf(agents, places);
  const roundsOf = new Map<SpoolingAgent, number>();
  return {
    places,
    routers,
    isAlive,
    roundOf(agent, atMs) {
      const place = places.of(agent);
      const { pd } = agent.member.agent;
      if (place === undefined || agent === neverHeard || !isAlive(pd, place.site.id)) return undefined;
      agent.setOnline(!isAway(pd));
      agent.comeFrom(sourceAddressOf(place));
      const round = roundsOf.get(agent) ?? 0;
      roundsOf.set(agent, round + 1);
      const isTelling = round % restateEveryRounds === 0;
      const { member } = agent;
      const readings = routers.read(member.config.routers ?? [], { atMs, siteOf: places.site, isAlive });
      return {
        probes: lengkapProbes(agent, place, {
          agents,
          places,
          atMs,
          round,
          isAlive: (of, at) => isAlive(of, at) && !isAway(of),
        }),
        backups: claimsOf(member, atMs),
        restoreTests: isTelling ? restoreTestsOf(member, places, atMs) : [],
        ...vaults.look(agent, atMs),
        figures: {
          ...figuresOf(agent, place, { atMs, isTelling }),
          ...(readings.length === 0 ? {} : { routers: readings }),
        },
      };
    },
  };
}

/** Somebody enrolled it and never started it: the last one, where every department has two others. */
function neverHeardOf(agents: readonly SpoolingAgent[], places: Places): SpoolingAgent | undefined {
  const last = agents.at(-1);
  const pdCount = new Set(agents.map(({ member }) => member.agent.pd)).size;
  if (last === undefined || places.of(last) === undefined || agents.length <= 2 * pdCount) return undefined;
  last.setOnline(false);
  return last;
}

/** The traffic of the last hours, unless a simulation before this one has told of it. */
async function tellEarlier(world: World, { places, routers }: Play): Promise<void> {
  if ((await world.api.rows('routers')).some((row) => row['state'] === 'up')) return;
  const nowMs = world.clock.nowMs();
  for (const agent of world.agents) {
    const place = places.of(agent);
    const { routers: read = [] } = agent.member.config;
    if (place === undefined || read.length === 0) continue;
    for (let hour = earlierHours; hour >= 0; hour -= 1) {
      const atMs = nowMs - hour * hourMs - world.intervalSeconds * 1000;
      for (let rest = read; rest.length > 0; rest = rest.slice(250)) {
        const readings = routers.read(rest.slice(0, 250), { atMs, siteOf: places.site, isAlive: () => true });
        agent.take(atMs, { probes: [], figures: { routers: readings } });
      }
    }
  }
}
