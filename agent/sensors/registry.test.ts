import { execFileSync } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createSensors } from './registry.ts';
import { schemaErrors } from './report-checks.ts';
import { runSensors, type SensorRound } from './run-sensors.ts';
import type { ReportPart } from './sensor.ts';

const partNames = ['host', 'cpu', 'memory', 'filesystems', 'interfaces'] as const;
const errorsOf = ({ part }: SensorRound) => partNames.flatMap((name) => schemaErrors(name, part[name]));

describe.skipIf(process.platform !== 'linux')('sensors of Linux beside the kernel', () => {
  const meminfo = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;

  async function measure(): Promise<Required<ReportPart>> {
    const round = await runSensors(createSensors(), { timeoutMs: 5000 });
    expect(round.failures).toEqual([]);
    expect(errorsOf(round)).toEqual([]);
    return round.part as Required<ReportPart>;
  }

  it('tell the boot that the kernel tells', async () => {
    const { host } = await measure();
    const uptimeSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    expect(host.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8));
    expect(Date.parse(host.bootedAt) / 1000).toBe(Number(/btime (\d+)/.exec(readFileSync('/proc/stat', 'utf8'))?.[1]));
    expect(Math.abs(host.uptimeSeconds - uptimeSeconds)).toBeLessThan(5);
  });

  it('tell the memory that the kernel tells', async () => {
    const { memory } = await measure();
    expect(memory.sizeBytes).toBe(meminfo('MemTotal'));
    expect(memory.swapSizeBytes).toBe(meminfo('SwapTotal'));
    expect(Math.abs(memory.availableBytes - meminfo('MemAvailable'))).toBeLessThan(512 * 1024 * 1024);
  });

  it('tell the size of the root filesystem as statfs does', async () => {
    const { filesystems } = await measure();
    const { blocks, bsize } = statfsSync('/');
    expect(filesystems.find(({ mount }) => mount === '/')?.sizeBytes).toBe(blocks * bsize);
  });

  it('tell no counter of an interface smaller than the kernel told before, nor larger than it tells after', async () => {
    const counter = (name: string, file: string) =>
      Number(readFileSync(`/sys/class/net/${name}/statistics/${file}`, 'utf8'));
    const { interfaces } = await measure();
    const before = new Map(interfaces.map(({ name }) => [name, counter(name, 'rx_bytes')]));
    const { interfaces: now } = await measure();
    expect(now.length).toBeGreaterThan(0);
    for (const { name, receiveBytes, transmitBytes } of now) {
      expect(receiveBytes).toBeGreaterThanOrEqual(before.get(name) ?? Infinity);
      expect(receiveBytes).toBeLessThanOrEqual(counter(name, 'rx_bytes'));
      expect(transmitBytes).toBeLessThanOrEqual(counter(name, 'tx_bytes'));
    }
  });

  it('tell the busy share from the second reading on', async () => {
    const sensors = createSensors();
    const first = await runSensors(sensors, { timeoutMs: 5000 });
    execFileSync(process.execPath, ['-e', 'const end = Date.now() + 200; while (Date.now() < end);']);
    const second = await runSensors(sensors, { timeoutMs: 5000 });

    expect(first.part.cpu?.count).toBeGreaterThanOrEqual(availableParallelism());
    expect(first.part.cpu).not.toHaveProperty('busyRatio');
    expect(second.part.cpu?.busyRatio).toBeGreaterThan(0);
  });
});

describe('sensors', () => {
  it('have the same names on every system', () => {
    const names = createSensors('linux').map(({ name }) => name);
    expect(names).toEqual(['uptime', 'cpu', 'memory', 'storage', 'interfaces']);
    expect(createSensors('win32').map(({ name }) => name)).toEqual(names);
  });

  it('measure through systeminformation where there is no /proc', async () => {
    const round = await runSensors(createSensors('darwin'), { timeoutMs: 20_000 });
    expect(round.failures).toEqual([]);
    expect(errorsOf(round)).toEqual([]);
    if (process.platform !== 'linux') return;

    const own = await runSensors(createSensors('linux'), { timeoutMs: 5000 });
    expect(round.part.memory?.sizeBytes).toBe(own.part.memory?.sizeBytes);
    expect(round.part.cpu?.count).toBe(own.part.cpu?.count);
    const bootGapMs = Date.parse(round.part.host?.bootedAt ?? '') - Date.parse(own.part.host?.bootedAt ?? '');
    expect(Math.abs(bootGapMs)).toBeLessThanOrEqual(2000);
  });
});
