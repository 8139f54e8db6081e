import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { readJournal, runsFolderOf } from '../backups/journal.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

export interface WrapOptions {
  dataFolder: string;
  dataset?: string;
  /** Words before `--`. */
  options?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** All of the input; without it the input stays open. */
  input?: string;
  stdio?: StdioOptions;
}

export interface Wrapped {
  process: ChildProcess;
  stdout(): Buffer;
  stderr(): Buffer;
  /** The wrapper has ended and its output is closed. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

/** The words that start `pantau-agent backup-run` around a command. */
export function wrapperWords(command: readonly string[], { dataFolder, dataset = 'simda', options = [] }: WrapOptions) {
  return [main, 'backup-run', '--dataset', dataset, '--data', dataFolder, ...options, '--', ...command];
}

/** Starts a command behind the wrapper, as a process of its own. */
export function startWrapped(command: readonly string[], wrap: WrapOptions): Wrapped {
  const child = spawn(process.execPath, wrapperWords(command, wrap), {
    env: { ...process.env, ...wrap.env },
    stdio: wrap.stdio ?? ['pipe', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin?.on('error', () => {});
  if (wrap.input !== undefined) child.stdin?.end(wrap.input);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    stdout: Buffer.concat(out).toString(),
    stderr: Buffer.concat(err).toString(),
  }));
  return { process: child, stdout: () => Buffer.concat(out), stderr: () => Buffer.concat(err), ended };
}

export async function runWrapped(command: readonly string[], wrap: WrapOptions): Promise<Awaited<Wrapped['ended']>> {
  return startWrapped(command, { input: '', ...wrap }).ended;
}

/** What the journal holds, oldest first. */
export function writtenRuns(dataFolder: string, dataset = 'simda'): Record<string, unknown>[] {
  return readJournal(runsFolderOf(dataFolder, dataset)).map(({ value }) => value as Record<string, unknown>);
}

/** The process ids below one, found in /proc. */
export function childrenOf(pid: number): number[] {
  return readFileSync(join('/proc', String(pid), 'task', String(pid), 'children'), 'utf8')
    .split(' ')
    .filter((text) => text !== '')
    .map(Number);
}
