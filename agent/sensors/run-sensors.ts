import { messageOf } from '../../shared/errors.ts';
import { cleanReason, cleanText } from './clean-text.ts';
import type { Measurement, ReportPart, Sensor, SensorFailure } from './sensor.ts';

const maxFailures = 64;

/** Sensors whose call has not come back. They are not called again until it does, so that a hang never piles up. */
const stillRunning = new WeakSet<Sensor>();

export interface SensorRound {
  part: ReportPart;
  failures: SensorFailure[];
}

/**
 * Reads all sensors side by side. One that throws, fails or hangs becomes a failure with its name and never keeps the
 * others' values away. The reasons of the executor itself are `timeout` and `still-running`.
 * @param options.timeoutMs how long the whole round may take.
 */
export async function runSensors(sensors: readonly Sensor[], options: { timeoutMs: number }): Promise<SensorRound> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<Measurement>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'failed', reason: 'timeout' }), options.timeoutMs);
  });
  try {
    const measurements = await Promise.all(sensors.map((sensor) => Promise.race([readGuarded(sensor), timeUp])));
    return merge(sensors, measurements);
  } finally {
    clearTimeout(timer);
  }
}

async function readGuarded(sensor: Sensor): Promise<Measurement> {
  if (stillRunning.has(sensor)) return { outcome: 'failed', reason: 'still-running' };
  stillRunning.add(sensor);
  try {
    return await sensor.read();
  } catch (error) {
    return { outcome: 'failed', reason: messageOf(error) };
  } finally {
    stillRunning.delete(sensor);
  }
}

function merge(sensors: readonly Sensor[], measurements: Measurement[]): SensorRound {
  const part: ReportPart = {};
  const failures: SensorFailure[] = [];
  for (const [index, measurement] of measurements.entries()) {
    if (measurement.outcome === 'ok') {
      Object.assign(part, measurement.part);
      failures.push(...(measurement.failures ?? []));
    } else if (measurement.outcome === 'failed') {
      failures.push({ of: sensors[index]?.name ?? 'sensor', reason: measurement.reason });
    }
  }
  return { part, failures: failures.slice(0, maxFailures).map(cleanFailure) };
}

function cleanFailure(failure: SensorFailure): SensorFailure {
  return { of: cleanText(failure.of, 128) ?? 'sensor', reason: cleanReason(failure.reason) };
}
