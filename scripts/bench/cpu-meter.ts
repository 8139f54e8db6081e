import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeCpuMs } from './process-figures.ts';

/** Processor time of a program and everything that it starts. */
export interface CpuMeter {
  cpuMs(): number;
  /** How fine it is. */
  resolution: 'microseconds' | 'ticks of 10 ms';
  /** To be called when the program has ended. */
  close(): void;
}

const prefix = 'pantau-bench-';

/**
 * Counts in a control group of its own where this process may make one, because a quiet program uses less in a minute
 * than the ticks of /proc can tell; else in those ticks.
 */
export function createCpuMeter(pid: number, name: string): CpuMeter {
  const group = createGroup(pid, name);
  if (group === undefined) return { cpuMs: () => treeCpuMs(pid), resolution: 'ticks of 10 ms', close: () => {} };
  const remove = () => removeGroup(group);
  process.once('exit', remove);
  return {
    cpuMs: () => Number(/^usage_usec (\d+)$/m.exec(readFileSync(join(group, 'cpu.stat'), 'utf8'))?.[1]) / 1000,
    resolution: 'microseconds',
    close() {
      process.off('exit', remove);
      remove();
    },
  };
}

function createGroup(pid: number, name: string): string | undefined {
  try {
    const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/mounts', 'utf8'))?.[1];
    if (mount === undefined) return undefined;
    const group = join(mount, `${prefix}${process.pid}-${name}`);
    mkdirSync(group);
    try {
      writeFileSync(join(group, 'cgroup.procs'), String(pid));
      if (readFileSync(join(group, 'cpu.stat'), 'utf8').includes('usage_usec ')) return group;
    } catch {
      // Below: the group is of no use.
    }
    removeGroup(group);
    return undefined;
  } catch {
    return undefined;
  }
}

/** A group can be removed once its last process is gone, which takes a moment after a kill. */
function removeGroup(group: string): void {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      rmdirSync(group);
      return;
    } catch {
      if (readdirSync(join(group, '..')).every((name) => !group.endsWith(`/${name}`))) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
