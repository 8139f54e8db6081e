import { seededRandom } from '../../simulation/noise.ts';
import { acceptedCount } from '../accepted-count.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { startCollector, startFloor, type Target as Server } from '../intake-servers.ts';
import { type OpenLoopAnswer, runOpenLoop } from '../open-loop.ts';
import { fleetAgents, fleetFolder, newSession } from '../prepared-fleet.ts';
import { treeCpuMs } from '../process-figures.ts';
import { rawReportRequest, rawRequest } from '../raw-request.ts';
import { quantile, ratioSpread, spreadOf } from '../statistics.ts';

/** Ten thousand agents, each once a minute. */
const ratePerSecond = 167;
const windowMs = 10_000;
const windowCount = 2;
const windowNames = ['0–10 s after its start', '10–20 s'];

/** Figures of one run, a value for each window. */
interface Run {
  corePercent: number[];
  p50Ms: number[];
  p99Ms: number[];
}

export const rate: Bench = {
  name: 'rate',
  docs: '167 reports a second on new connections, beginning right after the start: share of a core and time to answer',
  async run(context) {
    const agentCount = context.isQuick ? 1000 : 10_000;
    const dataFolder = await fleetFolder(context, agentCount);
    const roundCount = context.isQuick ? 1 : context.roundCount;
    const ours: Run[] = [];
    const floor: Run[] = [];
    for (let round = 1; round <= roundCount; round++) {
      const requests = requestsOf(context, dataFolder);
      ours.push(await runOurs(context, dataFolder, requests.ours, round));
      const bare = await startFloor(context);
      floor.push(await load(context, bare, requests.floor, round));
      process.kill(bare.pid, 'SIGTERM');
      context.say(`round ${round} of ${roundCount} done`);
    }
    return figuresOf(ours, floor);
  },
};

function requestsOf(context: BenchContext, dataFolder: string): { ours: Buffer[]; floor: Buffer[] } {
  const agents = fleetAgents(dataFolder, newSession(context));
  const count = Math.round((ratePerSecond * windowMs * windowCount) / 1000);
  const envelopes = Array.from({ length: count }, (_, index) => {
    const agent = agents[index % agents.length] as (typeof agents)[number];
    const takenAtMs = context.clock.nowMs() + Math.floor(index / agents.length) * 60_000;
    return { agent, envelope: agent.envelope([agent.report({ takenAtMs })], takenAtMs) };
  });
  return {
    ours: envelopes.map(({ agent, envelope }) =>
      rawReportRequest(agent.signedRequest(envelope, { encoding: 'dictionary' }), 'close'),
    ),
    floor: envelopes.map(({ envelope }) =>
      rawRequest('/', { connection: 'close' }, Buffer.from(JSON.stringify(envelope))),
    ),
  };
}

async function runOurs(context: BenchContext, dataFolder: string, requests: Buffer[], round: number): Promise<Run> {
  const collector = await startCollector(context, dataFolder);
  const run = await load(context, collector, requests, round);
  const accepted = await acceptedCount(collector);
  await collector.stop();
  if (accepted !== requests.length) {
    throw new Error(`The collector accepted ${accepted} of ${requests.length} reports, so its time means nothing.`);
  }
  return run;
}

async function load({ clock }: BenchContext, server: Server, requests: Buffer[], round: number): Promise<Run> {
  const cpuMs = [treeCpuMs(server.pid)];
  const marks = Array.from({ length: windowCount }, (_, window) =>
    setTimeout(() => cpuMs.push(treeCpuMs(server.pid)), (window + 1) * windowMs),
  );
  const answering = runOpenLoop({ port: server.port, requests, ratePerSecond, clock, random: seededRandom(round) });
  const lasting = new Promise((next) => setTimeout(next, windowCount * windowMs + 100));
  const [answers] = await Promise.all([answering, lasting]).finally(() => marks.forEach(clearTimeout));
  const bad = answers.find(({ status }) => status !== 200);
  if (bad !== undefined) throw new Error(`A report was answered with status ${bad.status}.`);
  const windows = windowNames.map((_, window) => inWindow(answers, window));
  return {
    corePercent: windows.map((_, window) => (((cpuMs[window + 1] ?? 0) - (cpuMs[window] ?? 0)) / windowMs) * 100),
    p50Ms: windows.map((times) => quantile(times, 0.5)),
    p99Ms: windows.map((times) => quantile(times, 0.99)),
  };
}

function inWindow(answers: readonly OpenLoopAnswer[], window: number): number[] {
  const times = answers.filter(({ dueMs }) => Math.min(windowCount - 1, Math.floor(dueMs / windowMs)) === window);
  return times.map(({ answerMs }) => answerMs);
}

function figuresOf(ours: readonly Run[], floor: readonly Run[]): Figure[] {
  const values = (runs: readonly Run[], part: keyof Run, window: number) =>
    runs.map((run) => run[part][window] ?? Number.NaN);
  return windowNames.flatMap((name, window): Figure[] => [
    {
      name: `ours, ${name}: of a core`,
      unit: '%',
      value: spreadOf(values(ours, 'corePercent', window)),
      target: { atMost: 15 },
    },
    { name: `floor, ${name}: of a core`, unit: '%', value: spreadOf(values(floor, 'corePercent', window)) },
    {
      name: `ours / floor, ${name}`,
      unit: '×',
      value: ratioSpread(values(ours, 'corePercent', window), values(floor, 'corePercent', window)),
    },
    { name: `ours, ${name}: p50 answer`, unit: 'ms', value: spreadOf(values(ours, 'p50Ms', window)) },
    {
      name: `ours, ${name}: p99 answer`,
      unit: 'ms',
      value: spreadOf(values(ours, 'p99Ms', window)),
      target: { atMost: 100 },
    },
    { name: `floor, ${name}: p99 answer`, unit: 'ms', value: spreadOf(values(floor, 'p99Ms', window)) },
  ]);
}
