import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BenchContext } from '../bench.ts';

export interface ChildLines {
  pid: number;
  /** Sends a line, empty unless told, and waits for one. */
  ask(line?: string): Promise<string>;
  /** Waits for a line. */
  next(): Promise<string>;
  end(): Promise<void>;
}

export interface ChildOptions {
  cpu: number;
  /** The script and its arguments. */
  args: readonly string[];
  nodeOptions?: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** A child of ours on one processor that answers a line with a line; ended with the bench at the latest. */
export function startChild(context: BenchContext, { cpu, args, nodeOptions = [], env }: ChildOptions): ChildLines {
  const child = spawn('taskset', ['-c', String(cpu), process.execPath, ...nodeOptions, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  context.later(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${args[0] ?? 'the child'} ended too early.`);
    return line.value;
  };
  return {
    pid: child.pid ?? 0,
    next,
    ask(line = '') {
      child.stdin.write(`${line}\n`);
      return next();
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
