import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel says of a process in `/proc/<pid>/stat` (proc_pid_stat(5)). */
export interface ProcessStat {
  parentPid: number;
  /** Time on processors, its own and that of children it has waited for. */
  cpuMs: number;
  /** The part of it that children used. */
  childrenCpuMs: number;
}

/** Linux counts for programs in hundredths of a second, whatever its own timer does (USER_HZ). */
const tickMs = 10;

/** @throws RangeError when it is no line of that file. */
export function parseStat(line: string): ProcessStat {
  // The name in brackets may hold blanks and brackets; what follows the last one is numbers.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  const childrenTicks = (cutime ?? Number.NaN) + (cstime ?? Number.NaN);
  const cpuTicks = (utime ?? Number.NaN) + (stime ?? Number.NaN) + childrenTicks;
  const parentPid = Number(fields[1]);
  if (!Number.isFinite(cpuTicks + parentPid)) throw new RangeError('This is no line of /proc/<pid>/stat.');
  return { parentPid, cpuMs: cpuTicks * tickMs, childrenCpuMs: childrenTicks * tickMs };
}

/** Processor time of a process and all that descend from it, to 10 ms. */
export function treeCpuMs(pid: number): number {
  const stats = new Map<number, ProcessStat>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat !== undefined) stats.set(Number(name), stat);
  }
  if (!stats.has(pid)) throw new Error(`Process ${pid} has ended before it was measured.`);
  let sumMs = 0;
  const waiting = [pid];
  for (const each of waiting) {
    sumMs += stats.get(each)?.cpuMs ?? 0;
    for (const [child, { parentPid }] of stats) if (parentPid === each) waiting.push(child);
  }
  return sumMs;
}

/** Processor time of the children that a process has waited for, to 10 ms. */
export function childrenCpuMs(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1')).childrenCpuMs;
}

/** Memory that only this process has and no file backs; the kernel cannot take it away. */
export function rssAnonBytes(pid: number): number {
  const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`The kernel does not say how much memory process ${pid} has.`);
  return Number(kibibytes) * 1024;
}

function readStat(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // It ended while the list was read.
    return undefined;
  }
}
