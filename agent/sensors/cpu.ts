import { readKernelFile } from './read-kernel-file.ts';
import type { ReportPart, Sensor } from './sensor.ts';

/** Processor time since boot in clock ticks, all processors together. */
export interface CpuTimes {
  count: number;
  busyTicks: number;
  totalTicks: number;
}

type Cpu = NonNullable<ReportPart['cpu']>;

export function createCpuSensor({ proc = '/proc' }: { proc?: string } = {}): Sensor {
  let previous: CpuTimes | undefined;
  return {
    name: 'cpu',
    docs: 'Processor count and share of busy time since the previous reading from /proc/stat, load from /proc/loadavg.',
    async read() {
      const times = parseCpuTimes(readKernelFile(`${proc}/stat`));
      if (times === undefined) return { outcome: 'failed', reason: 'stat does not have the expected form' };
      const ratio = previous === undefined ? undefined : busyRatio(previous, times);
      previous = times;
      const load = parseLoad(readKernelFile(`${proc}/loadavg`));
      const cpu: Cpu = { count: times.count, ...(ratio === undefined ? {} : { busyRatio: ratio }), ...load };
      return { outcome: 'ok', part: { cpu } };
    },
  };
}

/**
 * Waiting for disks (iowait) is idle time. Time taken by the hypervisor (steal) is not. Guest time is part of user
 * time already (proc_stat(5)), so only the first eight columns count.
 */
export function parseCpuTimes(stat: string): CpuTimes | undefined {
  const columns = /^cpu +(\d+(?: \d+){3,20})$/m.exec(stat)?.[1]?.split(' ').slice(0, 8).map(Number);
  const count = stat.match(/^cpu\d+ /gm)?.length ?? 0;
  if (columns === undefined || count === 0 || count > 65536) return undefined;
  const totalTicks = columns.reduce((sum, ticks) => sum + ticks, 0);
  const idleTicks = (columns[3] ?? 0) + (columns[4] ?? 0);
  return { count, totalTicks, busyTicks: totalTicks - idleTicks };
}

/** @returns 0..1 to four decimals; undefined when no time has passed or the counters went back (a resume). */
export function busyRatio(before: CpuTimes, after: CpuTimes): number | undefined {
  const totalTicks = after.totalTicks - before.totalTicks;
  if (!(totalTicks > 0) || !Number.isFinite(totalTicks)) return undefined;
  const ratio = (after.busyTicks - before.busyTicks) / totalTicks;
  // iowait is known to run backwards now and then, which would push the ratio out of its range.
  return Math.round(Math.min(1, Math.max(0, ratio)) * 1e4) / 1e4;
}

export function parseLoad(loadavg: string): Pick<Cpu, 'load1' | 'load5' | 'load15'> {
  const match = /^(\d{1,6}\.\d{1,3}) (\d{1,6}\.\d{1,3}) (\d{1,6}\.\d{1,3})(?: |$)/.exec(loadavg);
  return match === null ? {} : { load1: Number(match[1]), load5: Number(match[2]), load15: Number(match[3]) };
}
