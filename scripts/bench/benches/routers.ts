import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { loadCpu, pathOf, serverCpu } from '../child-programs.ts';
import { createCpuMeter, type CpuMeter } from '../cpu-meter.ts';
import { rssAnonBytes } from '../process-figures.ts';
import { interfaceCount } from '../routers/addresses.ts';
import { type ChildLines, startChild } from '../routers/child-lines.ts';
import type { ReadSince } from '../routers/reader-child.ts';
import { type SnmpExporter, startSnmpExporter } from '../routers/snmp-exporter.ts';
import { ratioSpread, single, spreadOf } from '../statistics.ts';

const megabyte = 1e6;
const readerFile = pathOf('./routers/reader-child.ts');

export const routers: Bench = {
  name: 'routers',
  docs: '1 000 simulated routers read by SNMP in a minute by one process, beside prometheus-snmp-exporter',
  async run(context) {
    const count = context.isQuick ? 250 : 1000;
    const everySeconds = context.isQuick ? 15 : 60;
    const reader = startReader(context, count, everySeconds);
    const exporter = await startSnmpExporter(context);
    const simulator = startChild(context, {
      cpu: loadCpu,
      args: [pathOf('./routers/simulator-child.ts'), String(count)],
      env: environment(context),
    });
    await simulator.next();
    context.say('snmp_exporter warms up on all routers, then the agent');
    await exporter?.scrapeOnce(count, everySeconds);
    const theirDatagramCount = Number(await simulator.ask());
    await readFor(reader, everySeconds);
    context.say(`${context.roundCount} times ${everySeconds} s with both`);
    return measure(context, { reader, exporter, simulator, count, everySeconds, theirDatagramCount });
  },
};

interface Measured {
  reader: ChildLines;
  exporter: SnmpExporter | undefined;
  simulator: ChildLines;
  count: number;
  everySeconds: number;
  /** That snmp_exporter sent for all routers once. */
  theirDatagramCount: number;
}

async function measure(context: BenchContext, measured: Measured): Promise<Figure[]> {
  const { reader, exporter, simulator, count, everySeconds, theirDatagramCount } = measured;
  const ours: number[] = [];
  const theirs: number[] = [];
  const longest: number[] = [];
  const datagrams: number[] = [];
  const ourMeter = meterOf(context, reader.pid, 'reader');
  const theirMeter = exporter && meterOf(context, exporter.program.pid, 'snmp-exporter');
  for (let round = 0; round < context.roundCount; round++) {
    const before = { ours: ourMeter.cpuMs(), theirs: theirMeter?.cpuMs() ?? 0, sent: Number(await simulator.ask()) };
    const [read] = await Promise.all([readFor(reader, everySeconds), exporter?.scrapeOnce(count, everySeconds)]);
    requireWhole(read, count);
    // A reading more or less may fall into the round.
    ours.push(((ourMeter.cpuMs() - before.ours) / 1000 / read.readingCount) * count);
    theirs.push(((theirMeter?.cpuMs() ?? 0) - before.theirs) / 1000);
    longest.push(read.longestReadingSeconds);
    datagrams.push((Number(await simulator.ask()) - before.sent - theirDatagramCount) / read.readingCount);
  }
  const name = `${count} routers with ${interfaceCount} interfaces in ${everySeconds} s`;
  const figures: Figure[] = [
    { name: `${name}: the agent`, unit: 's CPU', value: spreadOf(ours) },
    {
      name: 'memory of the agent’s reader',
      unit: 'MB',
      value: single(rssAnonBytes(reader.pid) / megabyte),
      note: 'RssAnon; Node included, which the running agent has anyway',
    },
    { name: 'questions to a router: the agent', unit: 'datagrams', value: spreadOf(datagrams) },
    { name: 'the longest reading of one router', unit: 's', value: spreadOf(longest) },
  ];
  if (exporter === undefined) return figures;
  return [
    ...figures,
    { name: `${name}: snmp_exporter`, unit: 's CPU', value: spreadOf(theirs) },
    { name: 'the agent / snmp_exporter', unit: '× CPU', value: ratioSpread(ours, theirs) },
    {
      name: 'memory of snmp_exporter',
      unit: 'MB',
      value: single(rssAnonBytes(exporter.program.pid) / megabyte),
      note: 'RssAnon',
    },
    { name: 'questions to a router: snmp_exporter', unit: 'datagrams', value: single(theirDatagramCount / count) },
  ];
}

function meterOf(context: BenchContext, pid: number, name: string): CpuMeter {
  const meter = createCpuMeter(pid, name);
  context.later(() => meter.close());
  return meter;
}

/** What the reader reads in so many seconds. */
async function readFor(reader: ChildLines, seconds: number): Promise<ReadSince> {
  await reader.ask();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return JSON.parse(await reader.ask()) as ReadSince;
}

function requireWhole({ readingCount, wholeCount, interfaceCount: found }: ReadSince, count: number): void {
  if (wholeCount !== readingCount || found !== wholeCount * interfaceCount || readingCount < count * 0.98) {
    throw new Error(`Of ${count} routers ${readingCount} were read, ${wholeCount} of them whole.`);
  }
}

/** Runs as the launcher runs the agent; what it runs from is in the cache, so that the type stripper is not loaded. */
function startReader(context: BenchContext, count: number, everySeconds: number): ChildLines {
  const launcher = readFileSync(pathOf('../../agent/pantau-agent'), 'utf8');
  const lean = /^lean='([^']+)'$/m.exec(launcher)?.[1]?.split(' ');
  if (lean === undefined) throw new Error('The launcher does not say how it runs the agent.');
  const env = { ...environment(context), MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536' };
  const { status } = spawnSync(process.execPath, [...lean, readerFile], { env });
  if (status !== 0) throw new Error(`The reader ended with ${status} before it had begun.`);
  const dataFolder = join(context.folder, 'reader');
  mkdirSync(dataFolder, { recursive: true });
  const credentials = { simulated: { version: '2c', community: 'public' } };
  writeFileSync(join(dataFolder, 'snmp.json'), JSON.stringify(credentials), { mode: 0o600 });
  const args = [readerFile, dataFolder, String(count), String(everySeconds)];
  return startChild(context, { cpu: serverCpu, nodeOptions: lean, args, env });
}

const environment = ({ folder }: BenchContext) => ({ ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') });
