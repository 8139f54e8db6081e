import { AppError } from '../../../shared/errors.ts';

export interface ToolRun {
  program: string;
  /** Handed over as they are; no shell is involved. */
  args: readonly string[];
  /** Beside PATH, HOME, a C.UTF-8 locale and TZ=UTC, which every tool gets; nothing else of ours is passed on. */
  env?: Readonly<Record<string, string>>;
  workingFolder?: string;
  timeoutMs: number;
  /** Of standard output; the tool is ended when it writes more. 16 MiB unless told. */
  maxOutputBytes?: number;
  signal?: AbortSignal;
}

export interface ToolResult {
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  signal: string | undefined;
  stdout: string;
  /** The last 16 KiB. */
  stderr: string;
  durationMs: number;
}

/**
 * Runs a program to its end, in a process group of its own.
 * @throws AppError `tool-missing` when it is not there or may not be run, `tool-timeout`, `tool-output-too-large`, or
 * the signal's reason; the whole group has been killed then.
 */
export type RunTool = (run: ToolRun) => Promise<ToolResult>;

const keptErrorBytes = 16 * 1024;
const defaultMaxOutputBytes = 16 * 1024 * 1024;

/** @param environment PATH and HOME of the tools, from the settings. */
export function createRunTool(environment: Readonly<Record<string, string>>): RunTool {
  return (run) => runOnce(run, environment);
}

function runOnce(run: ToolRun, environment: Readonly<Record<string, string>>): Promise<ToolResult> {
  // Loaded only where a tool is run: it costs the running agent memory.
  const { spawn } = process.getBuiltinModule('node:child_process');
  run.signal?.throwIfAborted();
  const startedAtNs = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(run.program, [...run.args], {
      cwd: run.workingFolder,
      env: { LC_ALL: 'C.UTF-8', TZ: 'UTC', ...environment, ...run.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    let problem: Error | undefined;
    const stop = (reason: Error) => {
      problem ??= reason;
      killGroup(child.pid);
    };
    const output = collect(run.maxOutputBytes ?? defaultMaxOutputBytes, () => stop(tooLarge(run)));
    const errors = collectTail();
    const timer = setTimeout(() => stop(tooSlow(run)), run.timeoutMs);
    const abort = () => stop(run.signal?.reason as Error);
    run.signal?.addEventListener('abort', abort, { once: true });
    const finish = () => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', abort);
    };
    child.stdout.on('data', (chunk: Buffer) => output.take(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.take(chunk));
    child.once('error', (cause: NodeJS.ErrnoException) => {
      finish();
      reject(missing(run.program, cause));
    });
    child.once('close', (code, signal) => {
      finish();
      if (problem !== undefined) reject(problem);
      else {
        resolve({
          exitCode: code ?? undefined,
          signal: signal ?? undefined,
          stdout: output.text(),
          stderr: errors.text(),
          durationMs: Number(process.hrtime.bigint() - startedAtNs) / 1e6,
        });
      }
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function collect(maxSizeBytes: number, onTooLarge: () => void) {
  const chunks: Buffer[] = [];
  let collectedBytes = 0;
  return {
    take(chunk: Buffer): void {
      collectedBytes += chunk.length;
      if (collectedBytes > maxSizeBytes) onTooLarge();
      else chunks.push(chunk);
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function collectTail() {
  let tail = Buffer.alloc(0);
  return {
    take(chunk: Buffer): void {
      tail = Buffer.concat([tail, chunk]).subarray(-keptErrorBytes);
    },
    text: () => tail.toString('utf8'),
  };
}

function missing(program: string, cause: NodeJS.ErrnoException): AppError {
  const problem = cause.code === 'ENOENT' ? 'is not installed' : `cannot be run (${cause.code ?? cause.message})`;
  return new AppError('tool-missing', `${program} ${problem}; install it, or correct the path of the agent's service`, {
    cause,
  });
}

function tooSlow({ program, timeoutMs }: ToolRun): AppError {
  return new AppError('tool-timeout', `${program} did not answer within ${timeoutMs / 1000} seconds`, {
    retryable: true,
  });
}

function tooLarge({ program }: ToolRun): AppError {
  return new AppError('tool-output-too-large', `${program} wrote more than is read`);
}
