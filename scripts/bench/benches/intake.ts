import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { acceptedCount } from '../accepted-count.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { pathOf, serverCpu } from '../child-programs.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { drainedBatches, type IntakeRequests, minuteReports } from '../intake-requests.ts';
import {
  startCollector,
  startFloor,
  startPushgateway,
  startVictoriaMetrics,
  type Target as Server,
} from '../intake-servers.ts';
import { fleetAgents, fleetFolder, newSession } from '../prepared-fleet.ts';
import { treeCpuMs } from '../process-figures.ts';
import { ratioSpread, spreadOf } from '../statistics.ts';

const run = promisify(execFile);
const agentCount = 1000;
const connectionCount = 128;
/** What a server still does when all is answered, such as judging or flushing, belongs to its cost. */
const settleMs = 1000;
const withinMs = 300_000;
const dayMs = 86_400_000;

/** One server with one kind of request. */
interface Mode {
  name: string;
  server: Server;
  pick: (requests: IntakeRequests) => Buffer[];
  isBatch: boolean;
  cpuUsPerReport: number[];
  reportsPerSecond: number[];
}

export const intake: Bench = {
  name: 'intake',
  docs: 'CPU per report of a saturated collector, beside bare node:http + JSON.parse, pushgateway and VictoriaMetrics',
  async run(context) {
    const dataFolder = await fleetFolder(context, agentCount);
    const collector = await startCollector(context, dataFolder);
    const floor = await startFloor(context);
    const modes = modesFor({
      collector,
      floor,
      pushgateway: await startPushgateway(context),
      victoriaMetrics: await startVictoriaMetrics(context),
    });
    const agents = fleetAgents(dataFolder, newSession(context));
    const counts = context.isQuick ? { single: 2000, batch: 100 } : { single: 10_000, batch: 500 };
    // Batches speak of the past, each round of another one.
    let pastMs = context.clock.nowMs() - 15 * dayMs;
    const verifyUs: number[] = [];
    let sentCount = 0;
    for (let round = 0; round <= context.roundCount; round++) {
      // The first round only warms up.
      const share = round === 0 ? 0.5 : 1;
      const singles = minuteReports(agents, counts.single * share, context.clock.nowMs());
      const batches = drainedBatches(agents, counts.batch * share, pastMs);
      pastMs += dayMs;
      for (const mode of modes) await measure(context, mode, mode.isBatch ? batches : singles, round > 0);
      if (round > 0) verifyUs.push(await verificationUs());
      sentCount += singles.reportCount + batches.reportCount;
      context.say(round === 0 ? 'warmed up' : `round ${round} of ${context.roundCount} done`);
    }
    const accepted = await acceptedCount(collector);
    if (accepted !== sentCount) {
      throw new Error(`The collector accepted ${accepted} of ${sentCount} reports: what was measured is not its work.`);
    }
    return [...figuresOf(modes, sentCount), ...verificationFigures(modes, verifyUs)];
  },
};

interface Servers {
  collector: Server;
  floor: Server;
  pushgateway: Server | undefined;
  victoriaMetrics: Server | undefined;
}

function modesFor({ collector, floor, pushgateway, victoriaMetrics }: Servers): Mode[] {
  const mode = (name: string, server: Server | undefined, pick: Mode['pick'], isBatch: boolean): Mode[] =>
    server === undefined ? [] : [{ name, server, pick, isBatch, cpuUsPerReport: [], reportsPerSecond: [] }];
  return [
    ...mode('floor', floor, ({ floor }) => floor, false),
    ...mode('ours', collector, ({ ours }) => ours, false),
    ...mode('pushgateway', pushgateway, ({ pushgateway }) => pushgateway, false),
    ...mode('floor, batches', floor, ({ floor }) => floor, true),
    ...mode('ours, batches', collector, ({ ours }) => ours, true),
    ...mode('VictoriaMetrics JSON, batches', victoriaMetrics, ({ importJson }) => importJson, true),
    ...mode('VictoriaMetrics text, batches', victoriaMetrics, ({ importText }) => importText, true),
  ];
}

async function measure(context: BenchContext, mode: Mode, reports: IntakeRequests, counts: boolean): Promise<void> {
  const { clock } = context;
  const requests = mode.pick(reports);
  const { pid, port } = mode.server;
  const beforeMs = treeCpuMs(pid);
  const { answers, elapsedMs } = await runClosedLoop({ port, connectionCount, requests, clock, withinMs });
  await new Promise((next) => setTimeout(next, settleMs));
  const cpuMs = treeCpuMs(pid) - beforeMs;
  const bad = [...answers].filter(([status]) => status < 200 || status > 299);
  if (bad.length > 0) {
    const list = bad.map(([status, count]) => `${count} × ${status}`).join(', ');
    throw new Error(`${mode.name}: not every answer was good (${list}), so its cost means nothing.`);
  }
  if (!counts) return;
  mode.cpuUsPerReport.push((cpuMs * 1000) / reports.reportCount);
  mode.reportsPerSecond.push((reports.reportCount * 1000) / elapsedMs);
}

/** What one signature costs alone, whatever is done around it: no report can cost less. */
async function verificationUs(): Promise<number> {
  const command = ['-c', String(serverCpu), process.execPath, pathOf('./verification-cost.ts')];
  const { stdout } = await run('taskset', command, { timeout: 60_000 });
  return Number(stdout);
}

function verificationFigures(modes: readonly Mode[], verifyUs: readonly number[]): Figure[] {
  const floor = modes.find(({ name }) => name === 'floor')?.cpuUsPerReport ?? [];
  return [
    { name: 'one Ed25519 verification of node:crypto alone', unit: 'µs', value: spreadOf(verifyUs) },
    { name: 'one Ed25519 verification / floor', unit: '×', value: ratioSpread(verifyUs, floor) },
  ];
}

function figuresOf(modes: readonly Mode[], sentCount: number): Figure[] {
  const figures = modes.flatMap(({ name, cpuUsPerReport, reportsPerSecond }): Figure[] => [
    { name: `${name}: CPU per report`, unit: 'µs', value: spreadOf(cpuUsPerReport) },
    { name: `${name}: throughput`, unit: 'reports/s', value: spreadOf(reportsPerSecond) },
  ]);
  const cpu = (name: string) => modes.find((mode) => mode.name === name)?.cpuUsPerReport;
  const ratio = (ours: string, other: string, atMost?: number): Figure[] => {
    const [values, floors] = [cpu(ours), cpu(other)];
    if (values === undefined || floors === undefined) return [];
    const value = ratioSpread(values, floors);
    return [{ name: `${ours} / ${other}`, unit: '×', value, ...(atMost !== undefined && { target: { atMost } }) }];
  };
  return [
    ...figures,
    ...ratio('ours', 'floor', 3.5),
    ...ratio('ours', 'pushgateway', 1),
    ...ratio('ours, batches', 'floor', 1),
    ...ratio('ours, batches', 'floor, batches'),
    ...ratio('ours, batches', 'VictoriaMetrics JSON, batches', 1),
    ...ratio('ours, batches', 'VictoriaMetrics text, batches', 1),
    {
      name: 'reports that were sent and not accepted',
      unit: `of ${sentCount}`,
      value: spreadOf([0]),
      target: { atMost: 0 },
    },
  ];
}
