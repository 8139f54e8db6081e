import { execFileSync } from 'node:child_process';

/** The start of the names of all namespaces of one process; the process id tells whose leftovers they are. */
const prefix = 'pji';

/** A machine of the test's world: a network namespace with its own interfaces, routes and processes. */
export interface Namespace {
  name: string;
  /** Put before a command line, runs it inside. */
  exec: string[];
  /** Runs `ip` on it. @throws with what it said. */
  ip(...args: string[]): string;
  /** Writes a setting of the kernel, as `net.ipv4.ip_forward`. */
  sysctl(name: string, value: string): void;
  /** Ends every process inside at once, as a power cut does. */
  killAll(): void;
  /** Ends what runs inside and takes it away. */
  remove(): void;
}

/** @param label unique within the process. */
export function createNamespace(label: string): Namespace {
  const name = `${prefix}${process.pid}-${label}`;
  run('ip', 'netns', 'add', name);
  const exec = ['ip', 'netns', 'exec', name];
  const namespace: Namespace = {
    name,
    exec,
    ip: (...args) => run('ip', '-n', name, ...args),
    sysctl: (key, value) => void run(...exec, 'sh', '-c', `echo ${value} > /proc/sys/${key.replaceAll('.', '/')}`),
    killAll: () => killAll(name),
    remove: () => {
      killAll(name);
      run('ip', 'netns', 'delete', name);
    },
  };
  namespace.ip('link', 'set', 'lo', 'up');
  namespace.sysctl('net.ipv6.conf.all.disable_ipv6', '1');
  return namespace;
}

/** Takes away what a killed run has left behind: namespaces whose process is gone, and what still runs inside. */
export function sweepNamespaces(): void {
  for (const line of run('ip', 'netns', 'list').split('\n')) {
    const [, name, pid] = new RegExp(`^((?:${prefix})(\\d+)-\\S+)`).exec(line) ?? [];
    if (name === undefined || isAlive(Number(pid))) continue;
    killAll(name);
    run('ip', 'netns', 'delete', name);
  }
}

/** Runs a program to its end. @throws with what it said. */
export function run(...command: string[]): string {
  const [file = '', ...args] = command;
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 10_000 });
}

function killAll(name: string): void {
  for (const pid of run('ip', 'netns', 'pids', name).split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
