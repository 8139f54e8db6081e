import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Clock } from '../../../shared/clock.ts';
import { onSignals } from './forward-signals.ts';
import { createOutputTail, type OutputTail } from './output-tail.ts';
import { type Outlet, type OutputPlan, planOutput } from './output-pipes.ts';
import { drain } from './drain.ts';
import { startRelay } from './relay.ts';
import { limitTime } from './time-limit.ts';

export interface CommandOptions {
  /** The program and its arguments. */
  command: readonly string[];
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  /** Files beyond 0, 1 and 2 that the command gets under the same numbers. */
  inheritedFiles: readonly number[];
  timeLimitMs?: number | undefined;
  /** From being asked to end until being killed, when the time is up. */
  killAfterMs?: number;
}

export interface CommandEnd {
  /** As a shell would say it: 128+N when signal N ended it, 127 when there was nothing to run, 126 when it may not. */
  exitCode: number;
  /** Set when a signal ended it. */
  signal?: NodeJS.Signals;
  /** Why it could not be started: the system's code. */
  startProblem?: string;
  /** Why our caller did not get all of the output: the system's code. */
  outputProblem?: string;
  isTimeUp: boolean;
  /** The signal that was to end us, when output is still stuck on its way out: the process cannot end by itself then. */
  stuckAfter?: NodeJS.Signals;
  durationMs: number;
  /** What ran through us; without those that the command had itself, being a terminal. */
  tails: Tails;
}

export type Tails = Partial<Record<Outlet['name'], OutputTail>>;

/** A command that was asked to end by its time limit has so long. */
const usualKillAfterMs = 30_000;
/** Codes that a shell gives when it could not start a program. */
const notFound = 127;
const notRunnable = 126;

/**
 * Runs a backup command as if we were not there: no shell, our own input, output byte for byte, signals passed on,
 * environment, working folder and process group its caller's. Never throws.
 */
export async function runCommand(options: CommandOptions): Promise<CommandEnd> {
  const { clock } = options;
  const startedAtMs = clock.monotonicMs();
  const early: NodeJS.Signals[] = [];
  let lastSignal: NodeJS.Signals | undefined;
  let child: ChildProcess | undefined;
  const stopListening = onSignals((signal) => {
    lastSignal = signal;
    if (child === undefined) early.push(signal);
    else child.kill(signal);
  });
  const plan = planOutput();
  try {
    child = spawnCommand(options, plan);
  } catch (error) {
    plan.closeAll();
    stopListening();
    return notStarted((error as NodeJS.ErrnoException).code);
  }
  const ended = endOf(child);
  plan.closeAfterStart();
  for (const signal of early) child.kill(signal);
  const limit = limitTime(child.pid, options.timeLimitMs, options.killAfterMs ?? usualKillAfterMs);
  const output = carryOutput(plan);
  const end = await ended;
  const durationMs = clock.monotonicMs() - startedAtMs;
  await limit.settle();
  const { problem, isStuck } = await drain(output.relays, () => lastSignal !== undefined);
  stopListening();
  if (typeof end === 'string') return { ...notStarted(end), durationMs };
  return {
    ...end,
    ...(problem === undefined ? {} : { outputProblem: problem }),
    ...(isStuck && lastSignal !== undefined ? { stuckAfter: lastSignal } : {}),
    isTimeUp: limit.isUp(),
    durationMs,
    tails: output.tails,
  };
}

function spawnCommand({ command, environment, inheritedFiles }: CommandOptions, plan: OutputPlan): ChildProcess {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const [program = '', ...args] = command;
  const files: (number | 'ignore')[] = [0, plan.stdout, plan.stderr];
  for (const fd of inheritedFiles) {
    while (files.length < fd) files.push('ignore');
    files[fd] = fd;
  }
  return spawn(program, args, { env: environment, stdio: files });
}

/** The code or the signal; a text when it could not be started. */
function endOf(child: ChildProcess): Promise<Pick<CommandEnd, 'exitCode' | 'signal'> | string> {
  return new Promise((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EIO'));
    child.once('exit', (code, signal) => {
      if (signal === null) resolve({ exitCode: code ?? 1 });
      else resolve({ exitCode: 128 + (constants.signals[signal] ?? 0), signal });
    });
  });
}

function carryOutput({ outlets }: OutputPlan) {
  const tails: Tails = {};
  const relays = outlets.map((outlet) => {
    const tail = createOutputTail();
    tails[outlet.name] = tail;
    return { ...outlet, relay: startRelay(outlet.readFd, outlet.toFd, (chunk) => tail.take(chunk)) };
  });
  return { tails, relays };
}

function notStarted(code = 'EIO'): CommandEnd {
  const exitCode = code === 'ENOENT' ? notFound : notRunnable;
  return { exitCode, startProblem: code, isTimeUp: false, durationMs: 0, tails: {} };
}
