import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../simulation/noise.ts';
import type { SimulatedAgent } from '../../simulation/simulated-agent.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { beginWatching, readWatch } from '../event-loop-report.ts';
import { runOpenLoop } from '../open-loop.ts';
import { fleetAgents, fleetFolder, newSession } from '../prepared-fleet.ts';
import { rssAnonBytes } from '../process-figures.ts';
import { rawReportRequest } from '../raw-request.ts';
import { keepPage, report, type ScrapeTarget, startGateway, startOurs, startPeers } from '../scrape/scrape-targets.ts';
import { quantile, ratioSpread, single, spreadOf } from '../statistics.ts';

const megabyte = 1e6;
const ratePerSecond = 167;

export const scrape: Bench = {
  name: 'scrape',
  docs: 'the metrics page as a real Prometheus scrapes it, beside prom-client, pushgateway and its bytes from memory',
  async run(context) {
    const figures: Figure[] = [];
    for (const agentCount of context.isQuick ? [1000] : [1000, 10_000]) {
      const ends: (() => unknown)[] = [];
      const own = { ...context, later: (end: () => unknown) => void ends.push(end) };
      try {
        figures.push(...(await ofSize(own, agentCount)));
      } finally {
        for (const end of ends.toReversed()) await end();
      }
    }
    return figures;
  },
};

interface Measured {
  target: ScrapeTarget;
  /** After everything on the page had changed, and after a quarter had. */
  firstSeconds: number[];
  secondSeconds: number[];
}

async function ofSize(context: BenchContext, agentCount: number): Promise<Figure[]> {
  const name = `${agentCount} agents`;
  const dataFolder = await fleetFolder(context, agentCount);
  const agents = fleetAgents(dataFolder, newSession(context));
  const ours = await startOurs(context, dataFolder, agents);
  const pageFile = join(context.folder, `page-${agentCount}.txt`);
  const page = await keepPage(ours, pageFile);
  context.say(`${name}: ${page.sampleCount} samples, ${(page.byteCount / megabyte).toFixed(1)} MB`);
  const peers = await startPeers(context, pageFile);
  const gateway = await startGateway(context, readFileSync(pageFile, 'utf8'));
  const targets = [ours, ...peers, ...(gateway === undefined ? [] : [gateway])];
  const all = targets.map((target): Measured => ({ target, firstSeconds: [], secondSeconds: [] }));
  const roundCount = context.isQuick ? 1 : context.roundCount;
  for (let round = 1; round <= roundCount; round++) {
    await report(context, ours, agents);
    for (const { target, firstSeconds, secondSeconds } of all) {
      const [first, second] = await target.scraper.scrapeTwice(() => target.change());
      firstSeconds.push(first);
      secondSeconds.push(second);
    }
    context.say(`${name}: round ${round} of ${roundCount} done`);
  }
  await expectSameSize(all);
  const figures = [
    { name: `${name}: samples of the page`, unit: '', value: single(page.sampleCount) },
    { name: `${name}: size of the page`, unit: 'MB', value: single(page.byteCount / megabyte) },
    ...timeFigures(name, all),
    ...memoryFigures(name, targets, ours.pageBytes),
  ];
  return [...figures, ...(await blockFigures(context, name, targets, agents))];
}

/** Prometheus must have found the same page everywhere; a gateway adds some of its own. */
async function expectSameSize(all: readonly Measured[]): Promise<void> {
  const counts = await Promise.all(all.map(({ target }) => target.scraper.sampleCount()));
  const [ours = 0, fixed = 0, library = 0] = counts;
  if (Math.abs(ours - fixed) <= ours / 100 && library === fixed) return;
  throw new Error(`The pages are not the same: ${counts.join(', ')} samples, so their times mean nothing.`);
}

function timeFigures(name: string, all: readonly Measured[]): Figure[] {
  const timesOf = (wanted: string) => all.find(({ target }) => target.name === wanted)?.secondSeconds;
  const ratio = (other: string, atMost?: number): Figure[] => {
    const [ours, theirs] = [timesOf('ours'), timesOf(other)];
    if (ours === undefined || theirs === undefined) return [];
    const target = atMost === undefined ? {} : { target: { atMost } };
    return [{ name: `${name}: ours / ${other}`, unit: '× time', value: ratioSpread(ours, theirs), ...target }];
  };
  return [
    ...all.map(({ target, secondSeconds }): Figure => ({
      name: `${name}: scrape_duration_seconds, ${target.name}`,
      unit: 's',
      value: spreadOf(secondSeconds),
      ...(target.name === 'ours' && { note: 'a quarter of the agents reported since the scrape before' }),
    })),
    ...all
      .filter(({ target }) => target.name === 'ours')
      .map(({ firstSeconds }) => ({
        name: `${name}: the same when all agents reported, ours`,
        unit: 's',
        value: spreadOf(firstSeconds),
      })),
    ...ratio('prom-client', 0.4),
    ...ratio('fixed', 1.25),
    ...ratio('pushgateway', 1),
  ];
}

function memoryFigures(name: string, targets: readonly ScrapeTarget[], pageBytes: number): Figure[] {
  const bytesOf = (wanted: string) => targets.find((target) => target.name === wanted)?.memory.bytes() ?? Number.NaN;
  return [
    ...targets.map((target): Figure => ({
      name: `${name}: highest memory, ${target.name}`,
      unit: 'MB',
      value: single(target.memory.bytes() / megabyte),
      ...(target.name === 'ours' && { note: 'RssAnon of the whole collector with its reports, verdicts and database' }),
    })),
    {
      name: `${name}: what the page adds to a collector that is otherwise quiet`,
      unit: 'MB',
      value: single(pageBytes / megabyte),
    },
    {
      name: `${name}: the same / prom-client`,
      unit: '× memory',
      value: single(pageBytes / bytesOf('prom-client')),
      target: { atMost: 0.6 },
    },
  ];
}

/** How long the event loop stood still while the page was read again and again and reports came in. */
async function blockFigures(
  context: BenchContext,
  name: string,
  targets: readonly ScrapeTarget[],
  agents: readonly SimulatedAgent[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const target of targets) {
    if (target.watchFile === undefined || target.name === 'fixed') continue;
    const isOurs = target.name === 'ours';
    // Nobody may have fallen silent meanwhile: judging that is not what is looked at.
    if (isOurs) await report(context, target, agents);
    beginWatching(target.pid);
    const reading = readAgain(target, 5);
    const answerMs = isOurs ? await intakeMeanwhile(context, target, agents) : [];
    await reading;
    const found = await readWatch(target.pid, target.watchFile);
    figures.push({
      name: `${name}: longest block of the event loop, ${target.name}`,
      unit: 'ms',
      value: single(found.gaps[0]?.gapMs ?? 0),
      ...(isOurs && { target: { atMost: 20 }, note: `of it ${found.gaps[0]?.ownCpuMs.toFixed(1)} ms on a processor` }),
    });
    if (answerMs.length > 0) {
      const value = single(quantile(answerMs, 0.99));
      figures.push({ name: `${name}: p99 answer to a report meanwhile`, unit: 'ms', value });
    }
    figures.push({
      name: `${name}: memory afterwards, ${target.name}`,
      unit: 'MB',
      value: single(rssAnonBytes(target.pid) / megabyte),
    });
  }
  return figures;
}

async function readAgain({ port }: ScrapeTarget, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { 'accept-encoding': 'identity' } });
    await answer.arrayBuffer();
    await new Promise((next) => setTimeout(next, 1000));
  }
}

async function intakeMeanwhile(
  { clock }: BenchContext,
  { port }: ScrapeTarget,
  agents: readonly SimulatedAgent[],
): Promise<number[]> {
  const requests = agents.slice(0, ratePerSecond * 6).map((agent) => {
    const takenAtMs = clock.nowMs();
    const envelope = agent.envelope([agent.report({ takenAtMs })], takenAtMs);
    return rawReportRequest(agent.signedRequest(envelope, { encoding: 'dictionary' }), 'close');
  });
  const answers = await runOpenLoop({ port, requests, ratePerSecond, clock, random: seededRandom(1) });
  return answers.map(({ answerMs }) => answerMs);
}
