// `npm run bench`: how fast and how small it is, beside a floor and beside peers.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../shared/clock.ts';
import { AppError, messageOf } from '../shared/errors.ts';
import { benchUsage, readBenchArguments } from './bench/bench-arguments.ts';
import type { Bench, BenchContext } from './bench/bench.ts';
import { benches } from './bench/benches/registry.ts';
import { findProgram, loadCpu, pathOf } from './bench/child-programs.ts';
import { type BenchResult, writeResults } from './bench/result-file.ts';
import { resultTable } from './bench/result-table.ts';

const roundCount = 3;
const cacheFolder = pathOf('../../node_modules/.cache/bench');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const wanted = readBenchArguments(args, benches);
  if (wanted === undefined) {
    process.stdout.write(benchUsage(benches));
    return 0;
  }
  takeLoadProcessor();
  const folder = join(cacheFolder, `run-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  // Leaving kills whatever was started (child-programs.ts), by Ctrl-C too.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => process.exit(130));

  const results: BenchResult[] = [];
  for (const bench of wanted.benches) {
    const result = await runBench(bench, { isQuick: wanted.isQuick, folder });
    results.push(result);
    writeResults(join(cacheFolder, 'latest.json'), [result]);
  }
  return results.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

async function runBench(bench: Bench, given: Pick<BenchContext, 'isQuick' | 'folder'>): Promise<BenchResult> {
  const ends: (() => unknown)[] = [];
  const folder = join(given.folder, bench.name);
  mkdirSync(folder, { recursive: true });
  say(`\n${bench.name}: ${bench.docs}`);
  const startedAtMs = systemClock.monotonicMs();
  const context: BenchContext = {
    isQuick: given.isQuick,
    roundCount,
    clock: systemClock,
    folder,
    cacheFolder,
    say: (line) => say(`  … ${line}`),
    later: (end) => void ends.push(end),
  };
  const result: BenchResult = {
    bench: bench.name,
    takenAt: new Date(systemClock.nowMs()).toISOString(),
    isQuick: given.isQuick,
    elapsedSeconds: 0,
    figures: [],
  };
  try {
    result.figures = await bench.run(context);
    for (const line of resultTable(result.figures)) say(line);
  } catch (error) {
    result.problem = messageOf(error);
    complain(`${bench.name} could not be measured: ${result.problem}`);
  }
  for (const end of ends.toReversed()) await end();
  rmSync(folder, { recursive: true, force: true });
  result.elapsedSeconds = Math.round((systemClock.monotonicMs() - startedAtMs) / 1000);
  return result;
}

/** Server and load must not take each other's time. @throws AppError `unsupported`. */
function takeLoadProcessor(): void {
  const taskset = findProgram('taskset');
  if (process.platform !== 'linux' || taskset === undefined || availableParallelism() < 2) {
    throw new AppError('unsupported', 'The bench needs Linux with taskset (util-linux) and at least two processors.');
  }
  execFileSync(taskset, ['-a', '-p', '-c', String(loadCpu), String(process.pid)], { stdio: 'ignore' });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  complain(error.message);
  process.exitCode = error.code === 'usage' ? 2 : 1;
}
