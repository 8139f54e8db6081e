import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedCount } from '../accepted-count.ts';
import type { BenchContext, Figure } from '../bench.ts';
import { findProgram, loadCpu, startProgram, untilReady } from '../child-programs.ts';
import { startCollector } from '../intake-servers.ts';
import { single } from '../statistics.ts';
import { enrolAgent, hasInventory, smallConfig, startAgent, until } from './enrolled-agent.ts';

/** Names of the programs in a log of `strace -e trace=execve`, each as often as it was started. */
export function startedPrograms(log: string): string[] {
  const calls = log.matchAll(/execve\("([^"]+)".* = 0$/gm);
  return [...calls].map(([, path = '']) => path.split('/').at(-1) ?? path);
}

/** What the agent starts while it reports every 5 seconds, seen by strace; no figures where strace may not look. */
export async function tracedPrograms(context: BenchContext): Promise<Figure[]> {
  const strace = findProgram('strace');
  if (strace === undefined) {
    context.say('strace is not installed: the programs that the agent starts are not counted.');
    return [];
  }
  const collectorData = join(context.folder, 'traced-collector');
  mkdirSync(collectorData, { recursive: true });
  writeFileSync(join(collectorData, 'pantau.yaml'), smallConfig(collectorData, 5));
  const collector = await startCollector(context, collectorData);
  const agentData = join(context.folder, 'traced-agent');
  await enrolAgent({ collector, url: collector.url, agentData, node: 'traced' });
  const agent = startAgent(context, agentData);
  await until('the inventory of the traced agent', () => hasInventory(collector), 120_000);

  const logFile = join(context.folder, 'execve.log');
  const trace = startProgram([strace, '-f', '-q', '-e', 'trace=execve', '-o', logFile, '-p', String(agent.pid)], {
    cpu: loadCpu,
  });
  context.later(() => trace.end());
  try {
    await untilReady(trace, () => (isTraced(agent.pid) ? true : undefined), 5000);
  } catch {
    context.say('strace may not look at processes here: the programs that the agent starts are not counted.');
    return [];
  }
  const beforeCount = await acceptedCount(collector);
  const wantedCount = context.isQuick ? 5 : 20;
  await until(
    'reports of the traced agent',
    async () => (await acceptedCount(collector)) >= beforeCount + wantedCount,
    200_000,
  );
  await trace.end();
  const reportCount = (await acceptedCount(collector)) - beforeCount;
  await agent.end();
  await collector.stop();
  return figuresOf(startedPrograms(readFileSync(logFile, 'utf8')), reportCount);
}

function figuresOf(names: readonly string[], reportCount: number): Figure[] {
  const others = names.filter((name) => name !== 'ping');
  return [
    { name: 'ping started per report', unit: '', value: single((names.length - others.length) / reportCount) },
    {
      name: 'other programs started per report',
      unit: '',
      value: single(others.length / reportCount),
      target: { atMost: 0 },
      note: `${reportCount} reports, one each 5 s${others.length > 0 ? `: ${[...new Set(others)].join(', ')}` : ''}`,
    },
  ];
}

function isTraced(pid: number): boolean {
  return !/^TracerPid:\t0$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
