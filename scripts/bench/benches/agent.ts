import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedCount } from '../accepted-count.ts';
import { startByteCountingProxy, type ByteCountingProxy } from '../agent/byte-counting-proxy.ts';
import { enrolAgent, hasInventory, smallConfig, startAgent, until } from '../agent/enrolled-agent.ts';
import { memoryGrowth } from '../agent/memory-growth.ts';
import { tracedPrograms } from '../agent/traced-programs.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { findProgram, freePort, loadCpu, type Program, startProgram, untilReady } from '../child-programs.ts';
import { createCpuMeter, type CpuMeter } from '../cpu-meter.ts';
import { startCollector } from '../intake-servers.ts';
import { childrenCpuMs, rssAnonBytes } from '../process-figures.ts';
import { ratioSpread, single, spreadOf } from '../statistics.ts';

const minuteMs = 60_000;

/** A program beside the others, and what it used in each minute. */
interface Watched {
  program: Program;
  meter: CpuMeter;
  cpuSecondsPerHour: number[];
}

interface Beside {
  agent: Watched;
  idle: Watched;
  exporter: (Watched & { url: string }) | undefined;
}

export const agent: Bench = {
  name: 'agent',
  docs: 'the running agent at one report a minute, beside prometheus-node-exporter and an idle Node',
  async run(context) {
    const collectorData = join(context.folder, 'collector');
    mkdirSync(collectorData, { recursive: true });
    writeFileSync(join(collectorData, 'pantau.yaml'), smallConfig(collectorData, 60));
    const collector = await startCollector(context, collectorData);
    const proxy = await startByteCountingProxy(collector.port);
    context.later(() => proxy.close());
    const agentData = join(context.folder, 'agent');
    const growthData = join(context.folder, 'growth');
    await enrolAgent({ collector, url: proxy.url, agentData, node: 'measured' });
    await enrolAgent({ collector, url: collector.url, agentData: growthData, node: 'growing' });
    const idle = watch(context, 'idle', startProgram([process.execPath, '-e', idleProgram], { cpu: loadCpu }));
    const exporter = await startExporter(context);
    const running = watch(context, 'agent', startAgent(context, agentData));

    context.say('the agent warms up; meanwhile its programs are traced and its growth is measured');
    const asideFigures = [...(await tracedPrograms(context)), ...(await memoryGrowth(context, growthData))];
    await until('the inventory', () => hasInventory(collector), 300_000);
    const minuteCount = context.isQuick ? 2 : 5;
    context.say(`${minuteCount} quiet minutes, side by side`);
    const accepted = () => acceptedCount(collector);
    const wire = await quietMinutes({ agent: running, idle, exporter }, { minuteCount, proxy, accepted });
    return [
      ...cpuFigures(running, exporter),
      ...memoryFigures({ agent: running, idle, exporter }),
      ...wire,
      ...asideFigures,
    ];
  },
};

const idleProgram = 'setInterval(()=>{},1000)';

function watch(context: BenchContext, name: string, program: Program): Watched {
  const meter = createCpuMeter(program.pid, name);
  context.later(async () => {
    await program.end();
    meter.close();
  });
  return { program, meter, cpuSecondsPerHour: [] };
}

async function startExporter(context: BenchContext): Promise<Beside['exporter']> {
  const path = findProgram('prometheus-node-exporter');
  if (path === undefined) {
    context.say('prometheus-node-exporter is not installed: its comparison is left out.');
    return undefined;
  }
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}/metrics`;
  const program = startProgram([path, `--web.listen-address=${address}`, '--log.level=error'], { cpu: loadCpu });
  const watched = watch(context, 'exporter', program);
  await untilReady(program, () =>
    scrape(url).then(
      () => true,
      () => undefined,
    ),
  );
  return { ...watched, url };
}

/** As Prometheus asks, with gzip. */
async function scrape(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The exporter answered ${answer.status}.`);
}

interface Quiet {
  minuteCount: number;
  proxy: ByteCountingProxy;
  accepted: () => Promise<number>;
}

/** Whole minutes with one report and one scrape each, begun well after a report so that none is cut in two. */
async function quietMinutes(
  { agent, idle, exporter }: Beside,
  { minuteCount, proxy, accepted }: Quiet,
): Promise<Figure[]> {
  const pause = (durationMs: number) => new Promise((next) => setTimeout(next, durationMs));
  const beforeCount = await accepted();
  await until('the next report', async () => (await accepted()) > beforeCount, 2 * minuteMs);
  await pause(20_000);
  const startCount = await accepted();
  const startBytes = proxy.counts();
  const watched = [agent, idle, ...(exporter === undefined ? [] : [exporter])];
  const startChildrenMs = childrenCpuMs(agent.program.pid);
  for (let minute = 0; minute < minuteCount; minute++) {
    const before = watched.map(({ meter }) => meter.cpuMs());
    await pause(minuteMs / 6);
    if (exporter !== undefined) await scrape(exporter.url);
    await pause((minuteMs * 5) / 6);
    for (const [index, each] of watched.entries()) {
      each.cpuSecondsPerHour.push(((each.meter.cpuMs() - (before[index] ?? 0)) / 1000) * 60);
    }
  }
  const childrenSecondsPerHour = ((childrenCpuMs(agent.program.pid) - startChildrenMs) / 1000 / minuteCount) * 60;
  return [
    {
      name: 'of it, the pings',
      unit: 's/h',
      value: single(childrenSecondsPerHour),
      note: 'over all minutes, to 10 ms',
    },
    ...wireFigures(startBytes, proxy.counts(), (await accepted()) - startCount),
  ];
}

function wireFigures(
  before: ReturnType<ByteCountingProxy['counts']>,
  after: ReturnType<ByteCountingProxy['counts']>,
  reportCount: number,
): Figure[] {
  if (reportCount < 1) throw new Error('The agent did not report while it was measured.');
  const newCount = after.connectionCount - before.connectionCount;
  return [
    {
      name: 'a report on the wire, with its headers',
      unit: 'bytes',
      value: single((after.upBytes - before.upBytes) / reportCount),
      target: { atMost: 768 },
      note: `${reportCount} reports, ${newCount} new connections; 0.75 KB is taken as 768 bytes`,
    },
    { name: 'its answer', unit: 'bytes', value: single((after.downBytes - before.downBytes) / reportCount) },
  ];
}

function cpuFigures(running: Watched, exporter: Watched | undefined): Figure[] {
  const ours: Figure = {
    name: 'agent: CPU',
    unit: 's/h',
    value: spreadOf(running.cpuSecondsPerHour),
    note: `with the pings that it starts; each value is one minute, in ${running.meter.resolution}`,
  };
  if (exporter === undefined) return [ours];
  const value = ratioSpread(running.cpuSecondsPerHour, exporter.cpuSecondsPerHour);
  return [
    ours,
    { name: 'node_exporter: CPU', unit: 's/h', value: spreadOf(exporter.cpuSecondsPerHour) },
    { name: 'agent / node_exporter: CPU', unit: '×', value, target: { atMost: 1 } },
    { name: 'the same, stretch', unit: '×', value, target: { atMost: 0.25 } },
  ];
}

function memoryFigures({ agent, idle, exporter }: Beside): Figure[] {
  const megabytes = ({ program }: Watched) => rssAnonBytes(program.pid) / 1e6;
  const [ours, bare] = [megabytes(agent), megabytes(idle)];
  return [
    { name: 'agent: RssAnon', unit: 'MB', value: single(ours) },
    { name: 'idle Node: RssAnon', unit: 'MB', value: single(bare) },
    ...(exporter === undefined
      ? []
      : [{ name: 'node_exporter: RssAnon', unit: 'MB', value: single(megabytes(exporter)) }]),
    { name: 'agent / idle Node: RssAnon', unit: '×', value: single(ours / bare), target: { atMost: 2 } },
    { name: 'idle Node: CPU', unit: 's/h', value: spreadOf(idle.cpuSecondsPerHour) },
  ];
}
