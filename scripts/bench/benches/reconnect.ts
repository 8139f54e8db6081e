import { join } from 'node:path';
import { seededRandom } from '../../simulation/noise.ts';
import type { SimulatedAgent } from '../../simulation/simulated-agent.ts';
import { acceptedCount } from '../accepted-count.ts';
import type { Bench, Figure } from '../bench.ts';
import { beginWatching, type EventLoopReport, readWatch, watchEnvironment } from '../event-loop-report.ts';
import { startCollector } from '../intake-servers.ts';
import { fleetAgents, fleetFolder, newSession } from '../prepared-fleet.ts';
import { rssAnonBytes, treeCpuMs } from '../process-figures.ts';
import { rawReportRequest } from '../raw-request.ts';
import { reconnectAll, type ReconnectTally } from '../reconnecting-agent.ts';
import { quantile, single } from '../statistics.ts';

const hourReports = 60;
const minuteMs = 60_000;
/** The collector's own default of 30 requests a minute for each agent. */
const paceMs = 2000;
const withinMs = 600_000;

export const reconnect: Bench = {
  name: 'reconnect',
  docs: 'all agents come back at once with an hour of spool: nothing lost, only 2xx and 503, no long block',
  async run(context) {
    const { clock, say } = context;
    const agentCount = context.isQuick ? 1000 : 10_000;
    const dataFolder = await fleetFolder(context, agentCount);
    const watchFile = join(context.folder, 'event-loop.json');
    const collector = await startCollector(context, dataFolder, watchEnvironment(watchFile));
    say('signing an hour of reports of every agent');
    const nowMs = clock.nowMs();
    const agents = fleetAgents(dataFolder, newSession(context)).map((agent) => spoolOf(agent, nowMs));
    say(`${agentCount} agents reconnect`);
    const beforeMs = treeCpuMs(collector.pid);
    const startedAtMs = clock.monotonicMs();
    beginWatching(collector.pid);
    const reportCount = agentCount * hourReports;
    let found: { eventLoop: EventLoopReport; cost: Cost } | undefined;
    const whenDelivered = async () => {
      const elapsedMs = clock.monotonicMs() - startedAtMs;
      const eventLoop = await readWatch(collector.pid, watchFile);
      const cpuMs = treeCpuMs(collector.pid) - beforeMs;
      found = { eventLoop, cost: { elapsedMs, cpuMs, rssBytes: rssAnonBytes(collector.pid), reportCount } };
    };
    const { port } = collector;
    const random = seededRandom(1);
    const tally = await reconnectAll({ port, agents, paceMs, clock, random, withinMs, whenDelivered });
    if (found === undefined) throw new Error('The collector was not looked at.');
    const lostCount = reportCount - (await acceptedCount(collector));
    return [...answerFigures(tally, lostCount), ...blockFigures(found.eventLoop), ...costFigures(tally, found.cost)];
  },
};

/** The newest report alone, then the history in two batches, newest first. */
function spoolOf(agent: SimulatedAgent, nowMs: number): Buffer[] {
  const newestMs = nowMs - (agent.seed % 60) * 1000;
  const reports = Array.from({ length: hourReports }, (_, place) =>
    agent.report({
      takenAtMs: newestMs - (hourReports - 1 - place) * minuteMs,
      seq: place + 1,
      queuedCount: place,
    }),
  ).toReversed();
  return [reports.slice(0, 1), reports.slice(1, 51), reports.slice(51)].map((batch) =>
    rawReportRequest(agent.signedRequest(agent.envelope(batch, nowMs), { encoding: 'dictionary' })),
  );
}

function answerFigures({ answers, bare503Count, brokenCount }: ReconnectTally, lostCount: number): Figure[] {
  const count = (status: number) => answers.get(status) ?? 0;
  const otherCount = [...answers].reduce(
    (sum, [status, times]) => sum + (status === 503 || (status >= 200 && status < 300) ? 0 : times),
    0,
  );
  const statuses = [...answers.keys()].join(', ');
  return [
    { name: 'reports lost', unit: '', value: single(lostCount), target: { atMost: 0 } },
    {
      name: 'answers but 2xx and 503 with Retry-After',
      unit: '',
      value: single(otherCount + bare503Count),
      target: { atMost: 0 },
      note: `statuses seen: ${statuses}`,
    },
    { name: 'connections broken or refused', unit: '', value: single(brokenCount), target: { atMost: 0 } },
    { name: 'requests acknowledged', unit: '', value: single(count(200)) },
    { name: 'requests told to come later', unit: '', value: single(count(503)) },
  ];
}

function blockFigures({ gaps, longGapCount, histogramMaxMs, p99Ms, p50Ms }: EventLoopReport): Figure[] {
  const longestGapMs = gaps[0]?.gapMs ?? 0;
  const list = gaps
    .slice(0, 5)
    .map(({ gapMs, ownCpuMs, allCpuMs }) => `${gapMs.toFixed(0)} (${ownCpuMs.toFixed(0)}/${allCpuMs.toFixed(0)})`);
  return [
    {
      name: 'longest block of the event loop',
      unit: 'ms',
      value: single(Math.max(longestGapMs, histogramMaxMs)),
      target: { atMost: 50 },
      note: `the five longest, in brackets the CPU in it of its own thread/of all threads: ${list.join(', ')} ms`,
    },
    { name: 'blocks over 50 ms', unit: '', value: single(longGapCount) },
    { name: 'delay of the event loop, p50', unit: 'ms', value: single(p50Ms) },
    { name: 'delay of the event loop, p99', unit: 'ms', value: single(p99Ms) },
  ];
}

interface Cost {
  elapsedMs: number;
  cpuMs: number;
  rssBytes: number;
  reportCount: number;
}

function costFigures({ ackMs }: ReconnectTally, { elapsedMs, cpuMs, rssBytes, reportCount }: Cost): Figure[] {
  return [
    { name: 'until every spool was empty', unit: 's', value: single(elapsedMs / 1000) },
    { name: 'CPU per report', unit: 'µs', value: single((cpuMs * 1000) / reportCount) },
    { name: 'answer p50', unit: 'ms', value: single(quantile(ackMs, 0.5)) },
    { name: 'answer p99', unit: 'ms', value: single(quantile(ackMs, 0.99)) },
    { name: 'RssAnon of the collector afterwards', unit: 'MB', value: single(rssBytes / 1e6) },
  ];
}
