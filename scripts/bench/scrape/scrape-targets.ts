import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { SimulatedAgent } from '../../simulation/simulated-agent.ts';
import type { BenchContext } from '../bench.ts';
import { pathOf, serverCpu, startProgram, untilReady } from '../child-programs.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { watchEnvironment } from '../event-loop-report.ts';
import { minuteReports } from '../intake-requests.ts';
import { startCollector, startPushgateway, type Target } from '../intake-servers.ts';
import { rssAnonBytes } from '../process-figures.ts';
import { rawRequest } from '../raw-request.ts';
import { type PeakMemory, watchMemory } from './peak-memory.ts';
import { readPage } from './page-text.ts';
import { type Scraper, startScraper } from './scraper.ts';

/** One server of the page. */
export interface ScrapeTarget extends Target {
  name: string;
  /** Makes a quarter of the page another one. */
  change(): Promise<void>;
  scraper: Scraper;
  memory: PeakMemory;
  /** Where its event loop is told of. */
  watchFile: string | undefined;
}

const connectionCount = 64;
const withinMs = 120_000;
/** What a server does when all is answered, such as judging. */
const settleMs = 2000;

/** Lets each of these agents send a report. */
export async function report(
  { clock }: BenchContext,
  { port }: Target,
  agents: readonly SimulatedAgent[],
): Promise<void> {
  const requests = minuteReports(agents, agents.length, clock.nowMs()).ours;
  const { answers } = await runClosedLoop({ port, connectionCount, requests, clock, withinMs });
  if (answers.get(200) !== requests.length) throw new Error('The collector did not take each report.');
  await new Promise((next) => setTimeout(next, settleMs));
}

export async function startOurs(
  context: BenchContext,
  dataFolder: string,
  agents: readonly SimulatedAgent[],
): Promise<ScrapeTarget & { pageBytes: number }> {
  const watchFile = join(context.folder, 'ours-event-loop.json');
  const collector = await startCollector(context, dataFolder, watchEnvironment(watchFile));
  // Twice: the first report of a session has no share of processor time.
  for (let time = 0; time < 2; time++) await report(context, collector, agents);
  let round = 0;
  const change = async () => {
    await report(
      context,
      collector,
      agents.filter((_, index) => index % 4 === round % 4),
    );
    round += 1;
  };
  const pageBytes = await pageMemoryBytes(collector);
  return { ...(await started(context, { name: 'ours', server: collector, change, watchFile })), pageBytes };
}

/** The page as it is now, into a file. @returns how many samples and bytes it has. */
export async function keepPage({ port }: Target, file: string): Promise<{ sampleCount: number; byteCount: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { accept: 'text/plain' } })).text();
  writeFileSync(file, text);
  const sampleCount = readPage(text).reduce((sum, { samples }) => sum + samples.length, 0);
  return { sampleCount, byteCount: Buffer.byteLength(text) };
}

export async function startPeers(context: BenchContext, pageFile: string): Promise<ScrapeTarget[]> {
  const peers: ScrapeTarget[] = [];
  for (const name of ['fixed', 'prom-client']) {
    const watchFile = join(context.folder, `${name}-event-loop.json`);
    const command = [process.execPath, pathOf('./scrape/page-server.ts'), name, pageFile];
    const program = startProgram(command, { cpu: serverCpu, env: watchEnvironment(watchFile) });
    context.later(() => program.end());
    const port = Number(await untilReady(program, () => /^port (\d+)$/m.exec(program.output())?.[1], 60_000));
    const change = async () => void process.kill(program.pid, 'SIGHUP');
    peers.push(await started(context, { name, server: { pid: program.pid, port }, change, watchFile }));
  }
  return peers;
}

/**
 * What the page adds to the memory of a collector that does nothing else meanwhile: the most while it is read for the
 * first times, less what was there before.
 */
async function pageMemoryBytes({ pid, port }: Target): Promise<number> {
  const beforeBytes = rssAnonBytes(pid);
  const memory = watchMemory(pid);
  for (let time = 0; time < 3; time++) await (await fetch(`http://127.0.0.1:${port}/metrics`)).arrayBuffer();
  memory.end();
  return memory.bytes() - beforeBytes;
}

/** Each node's series pushed into a group of their own, as agents would push them. */
export async function startGateway(context: BenchContext, pageText: string): Promise<ScrapeTarget | undefined> {
  const server = await startPushgateway(context);
  if (server === undefined) return undefined;
  const groups = new Map<string, string>();
  for (const line of pageText.split('\n')) {
    const node = /node="([^"\\]*)"/.exec(line)?.[1];
    if (node !== undefined) groups.set(node, `${groups.get(node) ?? ''}${line}\n`);
  }
  const requests = [...groups].map(([node, lines]) =>
    rawRequest(`/metrics/job/pantau/instance/${node}`, {}, Buffer.from(lines)),
  );
  const push = async (some: readonly Buffer[]) => {
    const { port } = server;
    await runClosedLoop({ port, connectionCount: 16, requests: some, clock: context.clock, withinMs });
  };
  await push(requests);
  const change = () => push(requests.filter((_, index) => index % 4 === 0));
  return started(context, { name: 'pushgateway', server, change, watchFile: undefined });
}

async function started(
  context: BenchContext,
  given: Pick<ScrapeTarget, 'name' | 'change' | 'watchFile'> & { server: Target },
): Promise<ScrapeTarget> {
  const { server, ...rest } = given;
  const memory = watchMemory(server.pid);
  context.later(() => memory.end());
  const scraper = await startScraper(context, given.name, server.port);
  return { ...rest, pid: server.pid, port: server.port, memory, scraper };
}
