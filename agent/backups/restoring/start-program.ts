import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';
import { collectLines, collectStart, collectTail } from './program-output.ts';
import { complaintOf } from './tool-text.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

export interface Program {
  program: string;
  /** Handed over as they are; no shell is involved. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The drill's folder unless told. */
  workingFolder?: string;
  /** What it reads: an open file, or a stream. Nothing unless told. */
  input?: number | Readable;
  /** It reads what it is handed and needs no rights of ours: when root runs the drill, it runs as `nobody`. */
  unprivileged?: boolean;
  /** How it is asked to end when the drill is over; SIGTERM unless told. It is killed when it does not. */
  stopSignal?: NodeJS.Signals;
}

export interface ProgramRun extends Program {
  /** Takes each line of the output, bytes as latin1 text; what is longer than 64 KiB is cut. */
  onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  signal: string | undefined;
  /** The first 4 MiB, unless the lines were taken. */
  stdout: string;
  /** The last 16 KiB. */
  stderr: string;
}

export interface StartedProgram {
  pid: number | undefined;
  /** Must be read. */
  stdout: Readable;
  /** The end; as `RunProgram`. */
  ended: Promise<ProgramResult>;
  /** Asks it to end, as `stopSignal` says, and kills it when it does not. */
  stop(): void;
}

/**
 * Runs a program to its end, in a process group of its own.
 * @throws AppError `tool-missing` when it is not there or may not be run, or the reason of the drill's signal.
 */
export type RunProgram = (run: ProgramRun) => Promise<ProgramResult>;
export type StartProgram = (program: Program) => StartedProgram;

export interface ProgramContext {
  /** PATH and HOME of the tools, from the settings. */
  environment: Readonly<Record<string, string>>;
  folder: string;
  signal: AbortSignal;
  /** Whose rights it gets; those of this process unless told. */
  user?: { uid: number; gid: number };
}

const killAfterMs = 5000;
/** A program that ended may have left another one behind that holds its output open. */
const closeWithinMs = 5000;

export function createRunProgram(context: ProgramContext): RunProgram {
  return async ({ onLine, ...program }) => {
    const started = startProgram(program, context);
    const output = onLine === undefined ? collectStart() : collectLines(onLine);
    started.stdout.on('data', (chunk: Buffer) => output.take(chunk));
    started.closeSoon();
    const result = await started.ended;
    output.end();
    return { ...result, stdout: output.text() };
  };
}

export function createStartProgram(context: ProgramContext): StartProgram {
  return (program) => startProgram(program, context);
}

function startProgram(program: Program, context: ProgramContext): StartedProgram & { closeSoon(): void } {
  const { signal } = context;
  signal.throwIfAborted();
  const child = spawnProgram(program, context);
  let isStopped = false;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    signalGroup(child.pid, program.stopSignal ?? 'SIGTERM');
    killTimer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), killAfterMs);
  };
  const errors = collectTail();
  child.stderr?.on('data', (chunk: Buffer) => errors.take(chunk));
  let saidBefore = '';
  const onAbort = () => {
    // What it says to being ended is not why it had to be.
    saidBefore = errors.text();
    stop();
    // Whoever is to end must not be held up by somebody who reads slowly or not at all.
    child.once('exit', () => destroyOutput(child));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const inputError = typeof program.input === 'object' ? feed(program.input, child, stop) : undefined;
  const closeSoon = () => void child.once('exit', () => setTimeout(() => destroyOutput(child), closeWithinMs).unref());
  const ended = endOf(child, program.program, errors.text)
    .then((result) => {
      if (signal.aborted) throw withLastWords(signal.reason, program, { ...result, stderr: saidBefore });
      const error = inputError?.();
      if (error !== undefined) throw error;
      return result;
    })
    .finally(() => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', onAbort);
      // What it left in the background.
      signalGroup(child.pid, 'SIGKILL');
    });
  // Whoever started it asks when it suits them; until then a failure is nobody's unhandled rejection.
  ended.catch(() => {});
  return { pid: child.pid, stdout: child.stdout as Readable, ended, stop, closeSoon };
}

/** A program that was not done in time has often said why: a storage that does not answer, say. */
function withLastWords(reason: unknown, { program, env }: Program, result: ProgramResult): unknown {
  if (!(reason instanceof AppError) || reason.code !== 'time-limit' || result.stderr.trim() === '') return reason;
  return new AppError(reason.code, `${reason.message}; ${program} said last: ${complaintOf(result, env)}`);
}

function spawnProgram(program: Program, { environment, folder, user }: ProgramContext): ChildProcess {
  // As everywhere in the agent: loaded where a program is run.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { input } = program;
  const reader = user === undefined && program.unprivileged === true ? unprivilegedUser() : undefined;
  // The folder of a drill is closed to others; whoever is handed what it reads needs none.
  const usualFolder = reader === undefined ? folder : '/';
  return spawn(program.program, [...program.args], {
    cwd: program.workingFolder ?? usualFolder,
    env: { LC_ALL: 'C.UTF-8', TZ: 'UTC', ...environment, ...program.env },
    stdio: [typeof input === 'number' ? input : input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
    ...(user ?? reader),
  });
}

function endOf(child: ChildProcess, name: string, stderr: () => string): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => reject(missing(name, cause)));
    child.once('close', (code, signal) => {
      resolve({ exitCode: code ?? undefined, signal: signal ?? undefined, stdout: '', stderr: stderr() });
    });
  });
}

/** @returns what went wrong with the input itself, asked at the end. A program that stops reading says why itself. */
function feed(input: Readable, child: ChildProcess, stop: () => void): () => Error | undefined {
  let problem: Error | undefined;
  input.once('error', (error) => {
    problem = error;
    stop();
  });
  child.stdin?.once('error', () => input.destroy());
  if (child.stdin !== null) input.pipe(child.stdin);
  return () => problem;
}

function destroyOutput(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It ended by itself.
  }
}

function missing(program: string, cause: NodeJS.ErrnoException): AppError {
  const problem = cause.code === 'ENOENT' ? 'is not installed' : `cannot be run (${cause.code ?? cause.message})`;
  return new AppError('tool-missing', `${program} ${problem}; install it, or correct the PATH`, { cause });
}
