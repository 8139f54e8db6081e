import { readKernelFile } from './read-kernel-file.ts';
import type { Sensor } from './sensor.ts';

/**
 * @param proc folder of the proc filesystem.
 */
export function createUptimeSensor({ proc = '/proc' }: { proc?: string } = {}): Sensor {
  // The boot id cannot change while this process lives.
  let bootId: string | undefined;
  return {
    name: 'uptime',
    docs: 'Boot id, boot time and uptime from /proc/sys/kernel/random/boot_id, /proc/stat and /proc/uptime.',
    async read() {
      bootId ??= parseBootId(readKernelFile(`${proc}/sys/kernel/random/boot_id`));
      const bootedAtSeconds = parseBootTimeSeconds(readKernelFile(`${proc}/stat`));
      const uptimeSeconds = parseUptimeSeconds(readKernelFile(`${proc}/uptime`));
      if (bootId === undefined) return failed('boot_id');
      if (bootedAtSeconds === undefined) return failed('stat (btime)');
      if (uptimeSeconds === undefined) return failed('uptime');
      const bootedAt = new Date(bootedAtSeconds * 1000).toISOString();
      return { outcome: 'ok', part: { host: { bootId, bootedAt, uptimeSeconds } } };
    },
  };
}

/** @returns the first 8 hex digits. */
export function parseBootId(text: string): string | undefined {
  return /^\s*([0-9a-f]{8})-/i.exec(text)?.[1]?.toLowerCase();
}

/** The line `btime`: seconds since the epoch; the kernel moves it when the clock is set. */
export function parseBootTimeSeconds(stat: string): number | undefined {
  const digits = /^btime (\d{1,11})$/m.exec(stat)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function parseUptimeSeconds(text: string): number | undefined {
  const digits = /^(\d{1,10}(?:\.\d{1,3})?)\s/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function failed(file: string): { outcome: 'failed'; reason: string } {
  return { outcome: 'failed', reason: `${file} does not have the expected form` };
}
