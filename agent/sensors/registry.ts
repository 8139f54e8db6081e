import { type Clock, systemClock } from '../../shared/clock.ts';
import { createCpuSensor } from './cpu.ts';
import { createInterfacesSensor } from './interfaces.ts';
import { createMemorySensor } from './memory.ts';
import { createPortableSensors } from './portable.ts';
import type { Sensor } from './sensor.ts';
import { createStorageSensor } from './storage.ts';
import { createUptimeSensor } from './uptime.ts';

/** What is measured on Linux, straight from the kernel's own files: no program is started. */
const linuxSensors = [
  createUptimeSensor,
  createCpuSensor,
  createMemorySensor,
  createStorageSensor,
  createInterfacesSensor,
] as const satisfies readonly (() => Sensor)[];

/**
 * New sensors for one agent. Systems other than Linux measure the same things through systeminformation, which is
 * loaded at the first reading.
 */
export function createSensors(
  platform: NodeJS.Platform = process.platform,
  { clock = systemClock }: { clock?: Clock } = {},
): Sensor[] {
  return platform === 'linux' ? linuxSensors.map((create) => create()) : createPortableSensors(clock);
}
