import { readKernelFile } from './read-kernel-file.ts';
import type { ReportPart, Sensor } from './sensor.ts';

type Memory = NonNullable<ReportPart['memory']>;

export function createMemorySensor({ proc = '/proc' }: { proc?: string } = {}): Sensor {
  return {
    name: 'memory',
    docs: 'Size and availability of memory and swap from /proc/meminfo (MemAvailable, as the kernel reckons it).',
    async read() {
      const memory = parseMemory(readKernelFile(`${proc}/meminfo`));
      if (memory === undefined) return { outcome: 'failed', reason: 'meminfo does not have the expected form' };
      return { outcome: 'ok', part: { memory } };
    },
  };
}

/** Kernels before 3.14 have no MemAvailable: free memory and caches stand in for it. */
export function parseMemory(meminfo: string): Memory | undefined {
  const sizeBytes = field(meminfo, 'MemTotal');
  const availableBytes =
    field(meminfo, 'MemAvailable') ?? sum(['MemFree', 'Buffers', 'Cached'].map((name) => field(meminfo, name)));
  if (sizeBytes === undefined || availableBytes === undefined) return undefined;
  return {
    sizeBytes,
    availableBytes,
    // A kernel built without swap has neither line.
    swapSizeBytes: field(meminfo, 'SwapTotal') ?? 0,
    swapFreeBytes: field(meminfo, 'SwapFree') ?? 0,
  };
}

function field(meminfo: string, name: string): number | undefined {
  const kibibytes = new RegExp(`^${name}: +(\\d{1,12}) kB$`, 'm').exec(meminfo)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

function sum(parts: (number | undefined)[]): number | undefined {
  return parts.reduce((total, part) => (total === undefined || part === undefined ? undefined : total + part), 0);
}
