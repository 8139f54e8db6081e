import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
export const collectorMain = join(root, 'collector/cli/main.ts');
export const agentMain = join(root, 'agent/cli/main.ts');
const run = promisify(execFile);

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one of our programs to its end. @param prefix a command to run it under, e.g. in a namespace. */
export async function runProgram(
  main: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  prefix: string[] = [],
): Promise<Finished> {
  const [file = '', ...rest] = [...prefix, process.execPath, main, ...args];
  try {
    const options = { env: { ...process.env, ...env }, timeout: 30_000, maxBuffer: 4 * 1024 * 1024 };
    return { code: 0, ...(await run(file, rest, options)) };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    if (typeof failed.code !== 'number') throw error;
    return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

export interface Running {
  process: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  exited: Promise<number | null>;
  signal(name: NodeJS.Signals): Promise<number | null>;
}

/** Who ends what a test has started, when the test is over: `onTestFinished`, or for a whole file's world `afterAll`. */
export type AtEnd = (end: () => Promise<void>) => void;

/**
 * Starts a program that is ended with the test at the latest. @param command first word is the executable.
 * @param asGroup for a wrapper, such as faketime, that waits for what it runs and would leave it behind when it is killed.
 */
export function startProgram(
  command: string[],
  env: NodeJS.ProcessEnv = {},
  atEnd: AtEnd = onTestFinished,
  asGroup = false,
): Running {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: asGroup,
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const signal = (name: NodeJS.Signals) => {
    child.kill(name);
    return exited;
  };
  atEnd(async () => {
    if (asGroup) killGroup(child);
    else child.kill('SIGKILL');
    await exited;
  });
  return { process: child, output: () => text, exited, signal };
}

/** Also where its first process has ended and others of the group have not. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
