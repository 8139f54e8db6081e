import { noise } from './noise.ts';
import type { RoundContent } from './round-content.ts';
import type { World } from './scenario.ts';
import type { SpoolingAgent } from './spooling-agent.ts';

/** What an agent reports at a time; undefined while its machine is off. */
export type RoundAt = (agent: SpoolingAgent, atMs: number) => RoundContent | undefined;

/** Every agent reports once in each interval, at a moment of its own, until the duration is over or the world stops. */
export async function reportInRounds(world: World, roundAt: RoundAt): Promise<void> {
  const startedAtMs = world.clock.monotonicMs();
  const endsAtMs = startedAtMs + (world.durationSeconds ?? Infinity) * 1000;
  await Promise.all(world.agents.map((agent) => keepReporting(agent, { world, roundAt, startedAtMs, endsAtMs })));
}

interface Rounds {
  world: World;
  roundAt: RoundAt;
  startedAtMs: number;
  endsAtMs: number;
}

async function keepReporting(agent: SpoolingAgent, { world, roundAt, startedAtMs, endsAtMs }: Rounds): Promise<void> {
  const { clock, signal, pauses } = world;
  const intervalMs = world.intervalSeconds * 1000;
  let dueAtMs = startedAtMs + noise(agent.member.agent.seed, 31) * intervalMs;
  while (!signal.aborted && dueAtMs < endsAtMs) {
    await pauses.for(dueAtMs - clock.monotonicMs());
    if (signal.aborted) return;
    const atMs = clock.nowMs();
    const content = roundAt(agent, atMs);
    if (content !== undefined) {
      agent.take(atMs, content);
      agent.kick();
    }
    // Rounds that a busy machine missed are left out, not made up for.
    dueAtMs += intervalMs * Math.max(1, Math.ceil((clock.monotonicMs() - dueAtMs) / intervalMs));
  }
}

/** Waits until every agent that is online has sent what it has. @returns false when that took longer than the bound. */
export async function untilDelivered(world: World, withinSeconds: number): Promise<boolean> {
  const endsAtMs = world.clock.monotonicMs() + withinSeconds * 1000;
  const isWaiting = () => world.agents.some((agent) => agent.isOnline && agent.queuedCount > 0);
  while (isWaiting() && !world.signal.aborted) {
    if (world.clock.monotonicMs() > endsAtMs) return false;
    await world.pauses.for(100);
  }
  return !isWaiting();
}
