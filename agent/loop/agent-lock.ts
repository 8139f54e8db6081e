import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';

export interface AgentLock {
  release(): void;
}

/**
 * One agent per data folder: two would write the same spool. The lock is a file with the process id and, on Linux, its
 * start time, so that one left behind by a crash or by an earlier boot is recognised.
 * @throws AppError `already-running`.
 */
export function lockDataFolder(dataFolder: string): AgentLock {
  const path = join(dataFolder, 'agent.lock');
  const own = describe(process.pid);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(path, own)) return { release: () => releaseIfOwn(path, own) };
    const holder = readLock(path);
    if (holder !== undefined && isAlive(holder)) throw alreadyRunning(dataFolder, holder);
    removeStale(path, holder);
  }
  throw alreadyRunning(dataFolder, readLock(path) ?? 'unknown');
}

/** The process id of the agent that runs on a folder, or undefined. */
export function runningAgent(dataFolder: string): number | undefined {
  const holder = readLock(join(dataFolder, 'agent.lock'));
  return holder !== undefined && isAlive(holder) ? Number(holder.split(' ')[0]) : undefined;
}

function create(path: string, content: string): boolean {
  // Written aside and linked: the lock never exists without its content.
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, content);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
}

/** Of two that find the same stale lock only one can move it away; who moved a fresh one by mistake puts it back. */
function removeStale(path: string, stale: string | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readLock(aside) !== stale) linkSync(aside, path);
  } catch {
    // Another process was faster; the next attempt sees what is there now.
  }
  rmSync(aside, { force: true });
}

function releaseIfOwn(path: string, own: string): void {
  if (readLock(path) === own) rmSync(path, { force: true });
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').slice(0, 100);
  } catch {
    return undefined;
  }
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(' ')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return describe(pid) === holder;
}

/** `<pid> <start time in ticks since boot>:<boot id>`; only the pid where the kernel does not say. */
function describe(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${pid} ${startTicks}:${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)}`;
  } catch {
    return String(pid);
  }
}

function alreadyRunning(dataFolder: string, holder: string): AppError {
  return new AppError(
    'already-running',
    `An agent already runs on ${dataFolder} (process ${holder.split(' ')[0]}). Stop it first, or use another folder with --data.`,
  );
}
