import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openConnection } from '../../../collector/store/sqlite/open.ts';
import type { CollectorProcess } from '../../simulation/collector-process.ts';
import { kabupatenConfig } from '../../simulation/kabupaten-config.ts';
import type { BenchContext } from '../bench.ts';
import { loadCpu, pathOf, type Program, startProgram } from '../child-programs.ts';

const run = promisify(execFile);
const collectorMain = pathOf('../../collector/cli/main.ts');
/** How an administrator starts the agent; it fills the compile cache first. */
const launcher = pathOf('../../agent/pantau-agent');
const withinMs = 60_000;

/** A configuration whose departments find one backup each, in `folder`. */
export function smallConfig(folder: string, intervalSeconds: 5 | 60): string {
  const backups = join(folder, 'backups');
  const text = kabupatenConfig({ pdCount: 1, datasetPerPd: 1, intervalSeconds, port: 0 });
  const [, dataset = 'data'] = /- \{ id: ([^,]+),/.exec(text.slice(text.indexOf('datasets:'))) ?? [];
  mkdirSync(join(backups, dataset), { recursive: true });
  writeFileSync(join(backups, dataset, 'backup.tar'), Buffer.alloc(100_000, 1));
  return text.replaceAll('/srv/cadangan', backups);
}

export interface EnrolWish {
  collector: CollectorProcess;
  /** Address that the agent is to use. */
  url: string;
  agentData: string;
  node: string;
}

/** Enrols the real agent with the real commands. */
export async function enrolAgent({ collector, url, agentData, node }: EnrolWish): Promise<void> {
  const token = await run(
    process.execPath,
    [collectorMain, 'token', 'create', '--pd', 'diskominfo', '--url', url, '--data', collector.dataFolder],
    { timeout: withinMs },
  );
  await run(launcher, ['enroll', token.stdout.trim(), '--node', node, '--data', agentData], { timeout: withinMs });
}

export function startAgent(context: BenchContext, agentData: string): Program {
  const program = startProgram([launcher, 'run', '--data', agentData], { cpu: loadCpu });
  context.later(() => program.end());
  return program;
}

/** Whether the inventory of any agent has arrived: it comes once a day and would blur what a report costs. */
export function hasInventory(collector: CollectorProcess): boolean {
  const connection = openConnection(join(collector.dataFolder, 'pantau.db'));
  try {
    return connection.prepare('SELECT 1 FROM inventories LIMIT 1').get() !== undefined;
  } finally {
    connection.close();
  }
}

/** @throws Error when it takes longer than the bound. */
export async function until(what: string, look: () => Promise<boolean> | boolean, limitMs: number): Promise<void> {
  const everyMs = 250;
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += everyMs) {
    if (await look()) return;
    await new Promise((next) => setTimeout(next, everyMs));
  }
  throw new Error(`Waited ${limitMs / 1000} s in vain for ${what}.`);
}
