import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError } from '../../shared/errors.ts';
import { kabupatenConfig } from './kabupaten-config.ts';

export interface CollectorProcessOptions {
  dataFolder: string;
  /** Written to `<data>/pantau.yaml`. When absent: what is there, else a small example with a free port. */
  configText?: string;
  /** Number of the processor that it may use, through `taskset`. */
  cpu?: number;
  /** A command to run it under, e.g. in a network namespace. */
  prefix?: readonly string[];
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Keeps a Ctrl-C in the terminal from reaching it, so that its starter decides when it stops. */
  ownGroup?: boolean;
  /** Bound on the start; 20 seconds unless told. */
  startWithinMs?: number;
}

export interface CollectorProcess {
  /** Base URL, with the port that it really has. */
  url: string;
  /** The operator's bearer token. */
  adminToken: string;
  dataFolder: string;
  configPath: string;
  process: ChildProcess;
  pid: number;
  /** The newest lines, at most 2 000 of each. */
  stdoutLines: readonly string[];
  stderrLines: readonly string[];
  /** Asks it to stop and waits; kills it after 15 seconds. @returns its exit code, null when it had to be killed. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill9(): Promise<void>;
}

const keptLineCount = 2000;
const stopWithinMs = 15_000;
const mainFile = fileURLToPath(new URL('../../collector/cli/main.ts', import.meta.url));

/** Starts a real collector and waits until it greets and answers. @throws AppError `collector-start` with what it said. */
export async function startCollectorProcess(options: CollectorProcessOptions): Promise<CollectorProcess> {
  const { dataFolder, configText, cpu, prefix = [], env, ownGroup = false, startWithinMs = 20_000 } = options;
  const configPath = join(dataFolder, 'pantau.yaml');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (configText !== undefined || !existsSync(configPath)) {
    writeFileAtomically(configPath, configText ?? kabupatenConfig(smallExample), 0o644);
  }
  const serve = [process.execPath, mainFile, 'serve', '--data', dataFolder, '--config', configPath];
  const pinned = cpu === undefined ? [] : ['taskset', '-c', String(cpu)];
  const [program = process.execPath, ...args] = [...prefix, ...pinned, ...serve];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: ownGroup,
  });
  const lines = { stdout: keepLines(child.stdout), stderr: keepLines(child.stderr) };
  const exited = exitOf(child);
  const { pid, url } = await greeted(child, lines, exited, startWithinMs);
  return {
    url,
    adminToken: readFileSync(join(dataFolder, 'admin-token'), 'utf8').trim(),
    dataFolder,
    configPath,
    process: child,
    pid,
    stdoutLines: lines.stdout.kept,
    stderrLines: lines.stderr.kept,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
    async kill9() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const smallExample = { pdCount: 3, datasetPerPd: 1, intervalSeconds: 60, port: 0 } as const;

interface Lines {
  kept: string[];
  onLine: ((line: string) => void) | undefined;
}

function keepLines(stream: Readable): Lines {
  const lines: Lines = { kept: [], onLine: undefined };
  createInterface({ input: stream }).on('line', (line) => {
    lines.kept.push(line);
    if (lines.kept.length > keptLineCount) lines.kept.shift();
    lines.onLine?.(line);
  });
  return lines;
}

/** Resolves with the exit code once; a collector never outlives the process that started it. */
function exitOf(child: ChildProcess): Promise<number | null> {
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  return new Promise((resolve) => {
    const done = (code: number | null) => {
      process.off('exit', kill);
      resolve(code);
    };
    child.once('close', done);
    child.once('error', () => done(null));
  });
}

async function greeted(
  child: ChildProcess,
  { stdout, stderr }: { stdout: Lines; stderr: Lines },
  exited: Promise<number | null>,
  startWithinMs: number,
): Promise<{ pid: number; url: string }> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), startWithinMs);
  });
  const page = new Promise<string>((resolve) => {
    stdout.onLine = (line) => {
      const url = /^ {2}page +(\S+)\/$/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    };
  });
  const url = await Promise.race([page, exited.then(() => undefined), tooLate]);
  clearTimeout(timer);
  stdout.onLine = undefined;
  if (url !== undefined && child.pid !== undefined) return { pid: child.pid, url };
  child.kill('SIGKILL');
  const said = [...stderr.kept, ...stdout.kept].slice(-5).join(' ').slice(0, 1000);
  throw new AppError(
    'collector-start',
    `The collector did not start within ${startWithinMs / 1000} s. It said: ${said || 'nothing'}`,
  );
}
