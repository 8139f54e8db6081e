import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createVaultWatch } from '../../../agent/backups/vault/vault-watch.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { findProgram, pathOf } from '../child-programs.ts';
import { childrenCpuMs } from '../process-figures.ts';
import { ratioSpread, single, spreadOf } from '../statistics.ts';
import { makeLargeVault, makePlainVault, makeResticVault } from '../vault/made-vault.ts';
import type { LookCost } from '../vault/reader-child.ts';

const childFile = pathOf('./vault/reader-child.ts');
/** As in agent/backups/vault/reader-process.ts. */
const nodeOptions = ['--max-semi-space-size=2', '--optimize-for-size'];
const unlimitedBytesPerSecond = 10e9;
const megabyte = 1e6;

export const vault: Bench = {
  name: 'vault',
  docs: 'the reader of vaults: looking again at many files, beside find, and hashing a large one',
  async run(context) {
    const fileCount = context.isQuick ? 20_000 : 200_000;
    warm(context);
    context.say(`making ${fileCount} plain files and ${fileCount} packs of restic`);
    const plain = makePlainVault(join(context.folder, 'plain'), fileCount);
    const restic = makeResticVault(join(context.folder, 'restic'), fileCount);
    return [
      ...(await lookingAgain(context, { root: plain, what: 'plain files', fileCount })),
      ...(await lookingAgain(context, { root: restic, what: 'packs of restic', fileCount })),
      await loopDelay(context, plain),
      ...(await hashing(context, context.isQuick ? 400e6 : 2e9)),
    ];
  },
};

interface Looked {
  root: string;
  what: string;
  fileCount: number;
}

/** The second look at what has not changed, in turns with what find needs for a question about the same files. */
async function lookingAgain(context: BenchContext, { root, what, fileCount }: Looked): Promise<Figure[]> {
  const reader = startReader(context, root, unlimitedBytesPerSecond);
  context.say(`the first look at ${fileCount} ${what}, with reading all of them`);
  const first = await reader.look();
  if (first.checkedCount !== fileCount) throw new Error(`Only ${first.checkedCount} of ${fileCount} files were read.`);
  const stamp = join(context.folder, 'stamp');
  writeFileSync(stamp, '');
  const looks: LookCost[] = [];
  const newer: Cost[] = [];
  const printed: Cost[] = [];
  for (let round = 0; round < context.roundCount + 2; round++) {
    looks.push(await reader.look());
    newer.push(find([root, '-newer', stamp]));
    printed.push(find([root, '-type', 'f', '-printf', '%s %T@ %C@ %i %p\\n']));
  }
  await reader.end();
  const cpuOf = (costs: readonly Cost[]) => costs.map(({ cpuMs }) => cpuMs);
  const wallOf = (costs: readonly Cost[]) => costs.map(({ wallMs }) => wallMs);
  const last = looks.at(-1) ?? first;
  return [
    {
      name: `${what}: first look and reading`,
      unit: 's CPU',
      value: single(first.cpuMs / 1000),
      note: `${(first.wallMs / 1000).toFixed(1)} s by the clock`,
    },
    { name: `${what}: second look`, unit: 'ms CPU', value: spreadOf(cpuOf(looks)) },
    { name: `${what}: find -newer`, unit: 'ms CPU', value: spreadOf(cpuOf(newer)), note: 'to 10 ms' },
    { name: `${what}: second look / find -newer`, unit: '× CPU', value: ratioSpread(cpuOf(looks), cpuOf(newer)) },
    { name: `${what}: second look / find -newer`, unit: '× time', value: ratioSpread(wallOf(looks), wallOf(newer)) },
    {
      name: `${what}: second look / find -type f -printf`,
      unit: '× CPU',
      value: ratioSpread(cpuOf(looks), cpuOf(printed)),
    },
    {
      name: `${what}: memory of the reader`,
      unit: 'MB',
      value: single(last.rssAnonBytes / megabyte),
      note: `RssAnon; ${Math.round(last.rssAnonBytes / fileCount)} bytes for each file, Node included`,
    },
  ];
}

interface Cost {
  wallMs: number;
  cpuMs: number;
}

function find(args: readonly string[]): Cost {
  const program = findProgram('find');
  if (program === undefined) throw new Error('find is not installed.');
  const nothing = openSync('/dev/null', 'w');
  const cpuMs = childrenCpuMs(process.pid);
  const beganAtMs = performance.now();
  const { status } = spawnSync(program, args, { stdio: ['ignore', nothing, 'inherit'] });
  const wallMs = performance.now() - beganAtMs;
  closeSync(nothing);
  if (status !== 0) throw new Error(`find ended with ${status}.`);
  return { wallMs, cpuMs: childrenCpuMs(process.pid) - cpuMs };
}

/** How long the agent's own event loop was held up while its reader looked at everything for the first time. */
async function loopDelay(context: BenchContext, root: string): Promise<Figure> {
  const watch = createVaultWatch({
    dataFolder: join(context.folder, 'watch'),
    clock: context.clock,
    logger: silentLogger,
  });
  context.later(() => watch.close());
  const beat = startBeat();
  const datasets = [{ pd: 'dinkes', dataset: 'all', path: 'all' }];
  const config = { id: 'bench', location: 'pusat-data' as const, root, datasets };
  const speed = { hashBytesPerSecond: unlimitedBytesPerSecond, coverSeconds: 86_400, scanEverySeconds: 1 };
  const { vaultScans } = await watch.take([{ ...config, ...speed }], { wait: true });
  const { longestHoldMs, longestGapMs } = beat.end();
  await watch.close();
  if (vaultScans[0]?.outcome !== 'ok') throw new Error('The watch did not look at the vault.');
  return {
    name: 'longest time that the agent held up its own event loop meanwhile',
    unit: 'ms CPU',
    value: single(longestHoldMs),
    target: { atMost: 20 },
    note: `longest gap ${longestGapMs.toFixed(1)} ms by the clock, with agent and reader on one processor`,
  };
}

const beatMs = 2;

/** Looks every other millisecond whether the event loop comes round, and what kept it when it does not. */
function startBeat(): { end(): { longestHoldMs: number; longestGapMs: number } } {
  const ownCpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let lastMs = performance.now();
  let lastCpuMs = ownCpuMs();
  let longestGapMs = 0;
  let longestHoldMs = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const nowCpuMs = ownCpuMs();
    longestGapMs = Math.max(longestGapMs, nowMs - lastMs - beatMs);
    longestHoldMs = Math.max(longestHoldMs, nowCpuMs - lastCpuMs);
    lastMs = nowMs;
    lastCpuMs = nowCpuMs;
  }, beatMs);
  return {
    end() {
      clearInterval(timer);
      return { longestHoldMs, longestGapMs };
    },
  };
}

async function hashing(context: BenchContext, sizeBytes: number): Promise<Figure[]> {
  const bytesPerSecond = 400e6;
  const root = makeLargeVault(join(context.folder, 'large'), sizeBytes);
  const idle = startReader(context, makeLargeVault(join(context.folder, 'small'), 1), bytesPerSecond);
  const floor = await idle.look();
  await idle.end();
  const reader = startReader(context, root, bytesPerSecond);
  context.say(`hashing ${sizeBytes / megabyte} MB at most ${bytesPerSecond / megabyte} MB/s`);
  const cost = await reader.look();
  await reader.end();
  if (cost.checkedCount !== 1) throw new Error('The large file was not read.');
  return [
    {
      name: `hashing ${sizeBytes / megabyte} MB: speed / cap`,
      unit: '×',
      value: single(sizeBytes / (cost.wallMs / 1000) / bytesPerSecond),
      target: { atMost: 1.02 },
      note: `${(cost.cpuMs / 1000).toFixed(1)} s CPU`,
    },
    {
      name: 'the same: memory beyond that for a file of one byte',
      unit: 'MB',
      value: single((cost.peakBytes - floor.peakBytes) / megabyte),
      target: { atMost: 16 },
      note: `peak ${(cost.peakBytes / megabyte).toFixed(0)} MB with what is shared`,
    },
  ];
}

/** With what it runs from in the cache it does not load the type stripper, as the agent does not. */
const environment = ({ folder }: BenchContext) => ({ ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') });

function warm(context: BenchContext): void {
  const { status } = spawnSync(process.execPath, [...nodeOptions, childFile], { env: environment(context) });
  if (status !== 0) throw new Error(`The reader ended with ${status} before it had begun.`);
}

interface Reader {
  look(): Promise<LookCost>;
  end(): Promise<void>;
}

function startReader(context: BenchContext, root: string, bytesPerSecond: number): Reader {
  const args = [...nodeOptions, childFile, `${root}-data`, root, String(bytesPerSecond)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: environment(context) });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  context.later(() => child.kill('SIGKILL'));
  return {
    async look() {
      child.stdin.write('\n');
      const line = await lines.next();
      if (line.done === true) throw new Error('The reader ended before it had looked.');
      return JSON.parse(line.value) as LookCost;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
