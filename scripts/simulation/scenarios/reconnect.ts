import { noise } from '../noise.ts';
import { untilDelivered } from '../report-rounds.ts';
import type { Scenario } from '../scenario.ts';
import { createTypicalRounds } from '../typical-rounds.ts';

const awaySeconds = 3600;

export const reconnect: Scenario = {
  name: 'reconnect',
  docs: 'the collector was away for an hour: all agents come back at once with what they have spooled',
  intervalSeconds: 60,
  durationSeconds: 900,
  async run(world) {
    const intervalMs = world.intervalSeconds * 1000;
    const roundCount = Math.max(1, Math.floor(awaySeconds / world.intervalSeconds));
    const nowMs = world.clock.nowMs();
    const roundOf = createTypicalRounds();
    for (const agent of world.agents) {
      const newestAtMs = nowMs - Math.floor(noise(agent.member.agent.seed, 31) * intervalMs);
      for (let round = roundCount - 1; round >= 0; round--) {
        const takenAtMs = newestAtMs - round * intervalMs;
        agent.take(takenAtMs, roundOf(agent, takenAtMs));
      }
    }
    world.say(`${world.agents.length} agents come back with ${roundCount} reports each.`);
    for (const agent of world.agents) agent.kick();
    await untilDelivered(world, world.durationSeconds ?? awaySeconds);
  },
};
