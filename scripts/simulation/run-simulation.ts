import { type Clock, systemClock } from '../../shared/clock.ts';
import { prepareFleet } from './fleet.ts';
import { seededRandom } from './noise.ts';
import { createOperatorApi, type OperatorApi } from './operator-api.ts';
import { createPauses, type Pauses } from './pauses.ts';
import { createReportClient, type ReportClient } from './report-client.ts';
import { untilDelivered } from './report-rounds.ts';
import type { World } from './scenario.ts';
import type { SimulateArguments } from './simulate-arguments.ts';
import type { SimulatedCollector } from './simulated-collector.ts';
import { createSpoolingAgent, type SpoolingAgent } from './spooling-agent.ts';
import { createTally, describeTally, formatMs, type Tally } from './tally.ts';
import { deliveryProblems } from './verify-delivery.ts';
import { createWorkTurns } from './work-turns.ts';

export interface SimulationOptions {
  wanted: SimulateArguments;
  collector: SimulatedCollector;
  /** Ends the simulation early, without checking what arrived. */
  stop: AbortSignal;
  say: (line: string) => void;
  clock?: Clock;
}

export interface SimulationResult {
  tally: Tally;
  /** Empty when all is well; one sentence for each thing that is not. */
  problems: string[];
}

const progressEveryMs = 5000;
const deliverWithinSeconds = 120;

/** Enrols the agents, lets the scenario run, and checks that everything they sent is there. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationResult> {
  const { wanted, collector, clock = systemClock } = options;
  const client = createReportClient({ url: collector.url, clock });
  const over = new AbortController();
  const signal = AbortSignal.any([options.stop, over.signal]);
  try {
    return await simulate(
      { ...options, clock, client, signal, api: createOperatorApi(client, collector.adminToken) },
      wanted,
    );
  } finally {
    over.abort();
    client.close();
  }
}

interface Parts extends SimulationOptions {
  clock: Clock;
  client: ReportClient;
  signal: AbortSignal;
  api: OperatorApi;
}

async function simulate(parts: Parts, wanted: SimulateArguments): Promise<SimulationResult> {
  const { api, clock, collector, say, signal } = parts;
  const tally = createTally();
  const pauses = createPauses(signal);
  const agents = await agentsFor(parts, tally, pauses);
  const acceptedBeforeCount = (await api.reportCounts()).get('accepted') ?? 0;
  const world = worldOf(parts, agents, pauses);
  say(`${agents.length} agents, scenario "${wanted.scenario.name}", a report every ${world.intervalSeconds} s.`);
  const startedAtMs = clock.monotonicMs();
  const progress = setInterval(
    () => say(progressLine(tally, agents, clock.monotonicMs() - startedAtMs)),
    progressEveryMs,
  );
  try {
    await wanted.scenario.run(world);
    await untilDelivered(world, deliverWithinSeconds);
  } finally {
    clearInterval(progress);
  }
  say('Summary');
  for (const line of describeTally(tally, (clock.monotonicMs() - startedAtMs) / 1000)) say(line);
  // Stopped in the middle, what is on its way cannot be told from what is lost.
  if (signal.aborted) return { tally, problems: [...tally.complaints] };
  const isAlone = collector.isOwn;
  return { tally, problems: await deliveryProblems({ agents, api, tally, acceptedBeforeCount, isAlone }) };
}

async function agentsFor(parts: Parts, tally: Tally, pauses: Pauses): Promise<SpoolingAgent[]> {
  const { client, clock, collector, wanted, signal, say } = parts;
  const members = await prepareFleet({
    dataFolder: collector.dataFolder,
    configPath: collector.configPath,
    client,
    agentCount: wanted.agentCount,
    clock,
    intervalSeconds: wanted.intervalSeconds,
    onProgress: say,
    signal,
  });
  const turns = createWorkTurns(clock);
  return members.map((member) =>
    createSpoolingAgent(member, {
      client,
      turns,
      pauses,
      tally,
      clock,
      signal,
      random: seededRandom(member.agent.seed),
    }),
  );
}

function worldOf({ wanted, clock, signal, api, say }: Parts, agents: readonly SpoolingAgent[], pauses: Pauses): World {
  const intervalSeconds = agents[0]?.member.agent.intervalSeconds ?? wanted.scenario.intervalSeconds;
  const durationSeconds = wanted.durationSeconds ?? wanted.scenario.durationSeconds;
  return { agents, intervalSeconds, durationSeconds, clock, pauses, signal, api, say };
}

function progressLine(tally: Tally, agents: readonly SpoolingAgent[], elapsedMs: number): string {
  const acked = tally.acceptedCount + tally.duplicateCount;
  const queuedCount = agents.reduce((sum, agent) => sum + agent.queuedCount, 0);
  const p99 = formatMs(tally.recentAckDelays.quantileMs(0.99));
  tally.recentAckDelays.clear();
  return (
    `${String(Math.round(elapsedMs / 1000)).padStart(5)} s   ${acked} acknowledged (${((acked * 1000) / elapsedMs).toFixed(1)} a second), ` +
    `${tally.putOffCount} put off, ${tally.rejectedCount} refused, ${queuedCount} waiting, p99 ${p99}`
  );
}
