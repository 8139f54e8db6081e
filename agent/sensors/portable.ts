import { createHash } from 'node:crypto';
import { loadavg, uptime } from 'node:os';
import type Systeminformation from 'systeminformation';
import type { Clock } from '../../shared/clock.ts';
import type { ReportFilesystem, ReportInterface } from '../../shared/report-schema.ts';
import { cleanText } from './clean-text.ts';
import type { Measurement, Sensor } from './sensor.ts';

type SystemInformation = Pick<
  typeof Systeminformation,
  'currentLoad' | 'mem' | 'fsSize' | 'networkStats' | 'networkInterfaces'
>;

/** What other systems than Linux measure, through systeminformation, which knows how to ask each of them. */
export function createPortableSensors(
  clock: Clock,
  // The package is large and starts programs: Linux never loads it.
  load: () => Promise<SystemInformation> = async () => (await import('systeminformation')).default,
): Sensor[] {
  const sensor = (name: string, docs: string, measure: (si: SystemInformation) => Promise<Measurement>): Sensor => ({
    name,
    docs: `${docs}, through systeminformation.`,
    read: async () => measure(await load()),
  });
  return [
    { name: 'uptime', docs: 'Boot time and uptime as the system tells them.', read: async () => readUptime(clock) },
    sensor('cpu', 'Processor count, busy share and load', readCpu),
    sensor('memory', 'Size and availability of memory and swap', readMemory),
    sensor('storage', 'Size and availability of every filesystem', readStorage),
    sensor('interfaces', 'Bytes, errors, state and speed of every network interface', readInterfaces),
  ];
}

/**
 * There is no boot id here. The boot time stands in for it, rounded to ten minutes because it is reckoned from a
 * clock that is corrected now and then; it is settled once per process.
 */
let portableBootId: string | undefined;

function readUptime(clock: Clock): Measurement {
  const uptimeSeconds = Math.round(uptime() * 100) / 100;
  const bootedAtMs = Math.round(clock.nowMs() / 1000 - uptimeSeconds) * 1000;
  portableBootId ??= createHash('sha256')
    .update(String(Math.round(bootedAtMs / 600_000)))
    .digest('hex')
    .slice(0, 8);
  const bootedAt = new Date(bootedAtMs).toISOString();
  return { outcome: 'ok', part: { host: { bootId: portableBootId, bootedAt, uptimeSeconds } } };
}

async function readCpu(si: SystemInformation): Promise<Measurement> {
  const load = await si.currentLoad();
  const [load1 = 0, load5 = 0, load15 = 0] = loadavg();
  return {
    outcome: 'ok',
    part: {
      cpu: {
        count: Math.max(1, load.cpus.length),
        ...(Number.isFinite(load.currentLoad)
          ? { busyRatio: Math.round(Math.min(100, Math.max(0, load.currentLoad)) * 100) / 1e4 }
          : {}),
        // Windows has no load average; Node says zeros there.
        ...(load1 + load5 + load15 > 0 ? { load1, load5, load15 } : {}),
      },
    },
  };
}

async function readMemory(si: SystemInformation): Promise<Measurement> {
  const { total, available, swaptotal, swapfree } = await si.mem();
  if (!isCount(total) || !isCount(available) || total === 0) return { outcome: 'failed', reason: 'mem() has no total' };
  return {
    outcome: 'ok',
    part: {
      memory: {
        sizeBytes: total,
        availableBytes: available,
        swapSizeBytes: isCount(swaptotal) ? swaptotal : 0,
        swapFreeBytes: isCount(swapfree) ? swapfree : 0,
      },
    },
  };
}

async function readStorage(si: SystemInformation): Promise<Measurement> {
  const filesystems: ReportFilesystem[] = [];
  for (const { mount, fs, type, size, available, rw } of (await si.fsSize()).slice(0, 128)) {
    if (!isCount(size) || !isCount(available) || size === 0) continue;
    filesystems.push({
      mount: cleanText(mount, 512) ?? '?',
      device: cleanText(fs, 512) ?? '?',
      type: cleanText(type, 64) ?? '?',
      sizeBytes: size,
      availableBytes: available,
      ...(rw === false ? { readOnly: true } : {}),
    });
  }
  return filesystems.length === 0 ? { outcome: 'no-data' } : { outcome: 'ok', part: { filesystems } };
}

async function readInterfaces(si: SystemInformation): Promise<Measurement> {
  const [stats, details] = await Promise.all([si.networkStats('*'), si.networkInterfaces()]);
  const byName = new Map((Array.isArray(details) ? details : [details]).map((detail) => [detail.iface, detail]));
  const interfaces: ReportInterface[] = [];
  for (const { iface, operstate, rx_bytes, tx_bytes, rx_errors, tx_errors } of stats.slice(0, 256)) {
    const detail = byName.get(iface);
    if (detail?.internal === true || !isCount(rx_bytes) || !isCount(tx_bytes)) continue;
    const speedBitsPerSecond = Math.round((detail?.speed ?? 0) * 1e6);
    interfaces.push({
      name: cleanText(iface, 64) ?? '?',
      up: operstate === 'up',
      receiveBytes: rx_bytes,
      transmitBytes: tx_bytes,
      ...(isCount(rx_errors) ? { receiveErrors: rx_errors } : {}),
      ...(isCount(tx_errors) ? { transmitErrors: tx_errors } : {}),
      ...(isCount(speedBitsPerSecond) && speedBitsPerSecond > 0 ? { speedBitsPerSecond } : {}),
    });
  }
  return interfaces.length === 0 ? { outcome: 'no-data' } : { outcome: 'ok', part: { interfaces } };
}

/** systeminformation says null, NaN or -1 for what it could not find out. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
