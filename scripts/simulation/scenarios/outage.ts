import { noise } from '../noise.ts';
import { reportInRounds } from '../report-rounds.ts';
import type { Scenario } from '../scenario.ts';
import { createTypicalRounds } from '../typical-rounds.ts';

const awayRatio = 0.3;
/** Parts of the duration: the link goes after the first, comes back after the second. */
const goesAfterRatio = 1 / 6;
const returnsAfterRatio = 2 / 3;
/** Without an end the outage takes this long. */
const openEndedSeconds = 120;

export const outage: Scenario = {
  name: 'outage',
  docs: 'a third of the agents lose their link for half of the time, then send what they spooled, with its own times',
  intervalSeconds: 5,
  durationSeconds: 120,
  async run(world) {
    const { clock, pauses, say } = world;
    const spanMs = (world.durationSeconds ?? openEndedSeconds) * 1000;
    const away = world.agents.filter(({ member }) => noise(member.agent.seed, 41) < awayRatio);
    const timeline = async () => {
      const startedAtMs = clock.monotonicMs();
      await pauses.for(spanMs * goesAfterRatio);
      say(`${away.length} of ${world.agents.length} agents lose their link.`);
      for (const agent of away) agent.setOnline(false);
      await pauses.for(startedAtMs + spanMs * returnsAfterRatio - clock.monotonicMs());
      const queuedCount = away.reduce((sum, agent) => sum + agent.queuedCount, 0);
      say(`They are back with ${queuedCount} late reports.`);
      for (const agent of away) {
        agent.setOnline(true);
        agent.kick();
      }
    };
    await Promise.all([timeline(), reportInRounds(world, createTypicalRounds())]);
  },
};
