import { join } from 'node:path';
import { type CollectorProcess, startCollectorProcess } from '../simulation/collector-process.ts';
import type { BenchContext } from './bench.ts';
import { findProgram, freePort, pathOf, type Program, serverCpu, startProgram, untilReady } from './child-programs.ts';

/** A server under load. */
export interface Target {
  port: number;
  pid: number;
}

export async function startFloor(context: BenchContext): Promise<Target> {
  const program = startProgram([process.execPath, pathOf('./floor-server.ts')], { cpu: serverCpu });
  context.later(() => program.end());
  const port = await untilReady(program, () => /^port (\d+)$/m.exec(program.output())?.[1]);
  return { port: Number(port), pid: program.pid };
}

/** @param env added to the collector's environment. */
export async function startCollector(
  context: BenchContext,
  dataFolder: string,
  env: Record<string, string> = {},
): Promise<CollectorProcess & Target> {
  const collector = await startCollectorProcess({ dataFolder, cpu: serverCpu, ownGroup: true, env });
  context.later(() => collector.stop());
  return { ...collector, port: Number(new URL(collector.url).port) };
}

/** @returns undefined when it is not installed. */
export async function startPushgateway(context: BenchContext): Promise<Target | undefined> {
  return startPeer(context, 'prometheus-pushgateway', '/-/ready', (address) => [
    `--web.listen-address=${address}`,
    '--push.disable-consistency-check',
    '--persistence.file=',
    '--log.level=error',
  ]);
}

/** @returns undefined when it is not installed. */
export async function startVictoriaMetrics(context: BenchContext): Promise<Target | undefined> {
  return startPeer(context, 'victoria-metrics', '/health', (address) => [
    `-httpListenAddr=${address}`,
    `-storageDataPath=${join(context.folder, 'victoria-metrics')}`,
    '-retentionPeriod=12',
    '-loggerLevel=ERROR',
  ]);
}

async function startPeer(
  context: BenchContext,
  name: string,
  readyPath: string,
  argumentsFor: (address: string) => string[],
): Promise<Target | undefined> {
  const path = findProgram(name);
  if (path === undefined) {
    context.say(`${name} is not installed: its comparison is left out.`);
    return undefined;
  }
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program: Program = startProgram([path, ...argumentsFor(address)], { cpu: serverCpu });
  context.later(() => program.end());
  await untilReady(program, async () => {
    const answer = await fetch(`http://${address}${readyPath}`, { signal: AbortSignal.timeout(2000) }).catch(() => {});
    await answer?.arrayBuffer();
    return answer?.status === 200 ? true : undefined;
  });
  return { port, pid: program.pid };
}
