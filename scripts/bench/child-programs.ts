import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  pid: number;
  child: ChildProcess;
  /** What it has printed, at most the newest 64 KiB of it. */
  output(): string;
  end(): Promise<void>;
}

/** Which processor serves and which one makes the load. */
export const serverCpu = 0;
export const loadCpu = 1;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const keptOutputLength = 64 * 1024;
const endWithinMs = 10_000;

/** Starts a program on one processor, in a process group of its own; it never outlives this process. */
export function startProgram(command: readonly string[], options: { cpu: number; env?: NodeJS.ProcessEnv }): Program {
  const child = spawn('taskset', ['-c', String(options.cpu), ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutputLength);
    });
  }
  running.add(child);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  void exited.then(() => running.delete(child));
  return {
    pid: child.pid ?? 0,
    child,
    output: () => output,
    async end() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Waits for something that a program does. @throws Error with what it printed when it does not. */
export async function untilReady<Value>(
  program: Program,
  look: () => Promise<Value | undefined> | Value | undefined,
  withinMs = 20_000,
): Promise<Value> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 50) {
    const value = await look();
    if (value !== undefined) return value;
    if (program.child.exitCode !== null) break;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(
    `${program.child.spawnargs.slice(3, 5).join(' ')} is not ready. It said: ${program.output().slice(-500)}`,
  );
}

/** A port of 127.0.0.1 that is free at this moment, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Where a program is, or undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Path of a file in this folder or above. */
export function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
