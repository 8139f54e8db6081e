import type { Report } from '../../shared/report-schema.ts';
import { lossRatioOf } from '../facts/link-facts.ts';

/**
 * What is kept of an hour once its raw reports are gone. Gauges keep count, least, greatest and sum; counters keep by
 * how much they grew; links keep how many rounds were up, down and unknown.
 */
export interface RollupBucket {
  reportCount: number;
  firstAtMs: number;
  lastAtMs: number;
  /** [count, minimum, maximum, sum] by name. */
  gauges: Record<string, [number, number, number, number]>;
  /** Growth in the hour by name, without resets. */
  counters: Record<string, number>;
  /** [up, down, unknown] rounds by `rounds <probe>`: no name that comes from outside is a key by itself. */
  rounds: Record<string, [number, number, number]>;
}

export function emptyBucket(): RollupBucket {
  return { reportCount: 0, firstAtMs: Infinity, lastAtMs: -Infinity, gauges: {}, counters: {}, rounds: {} };
}

function addGauge(bucket: RollupBucket, name: string, value: number | undefined): void {
  if (value === undefined) return;
  const [count, minimum, maximum, sum] = bucket.gauges[name] ?? [0, Infinity, -Infinity, 0];
  bucket.gauges[name] = [count + 1, Math.min(minimum, value), Math.max(maximum, value), sum + value];
}

function addGrowth(bucket: RollupBucket, name: string, value: number, before: number | undefined): void {
  // A counter that went back was reset: what it grew by is not known, and a gap is better than a spike.
  if (before === undefined || value < before) return;
  bucket.counters[name] = (bucket.counters[name] ?? 0) + value - before;
}

function addProbes(bucket: RollupBucket, report: Report): void {
  for (const probe of report.probes ?? []) {
    const key = `rounds ${probe.name}`;
    const rounds = bucket.rounds[key] ?? [0, 0, 0];
    rounds[probe.state === 'up' ? 0 : probe.state === 'down' ? 1 : 2] += 1;
    bucket.rounds[key] = rounds;
    addGauge(bucket, `roundTripSeconds ${probe.name}`, probe.roundTripSeconds);
    addGauge(bucket, `lossRatio ${probe.name}`, lossRatioOf(probe));
  }
}

/** Adds one report, without what its counters grew by. */
export function addReport(bucket: RollupBucket, report: Report, takenAtMs: number): void {
  bucket.reportCount += 1;
  bucket.firstAtMs = Math.min(bucket.firstAtMs, takenAtMs);
  bucket.lastAtMs = Math.max(bucket.lastAtMs, takenAtMs);
  addGauge(bucket, 'cpuBusyRatio', report.cpu?.busyRatio);
  addGauge(bucket, 'load1', report.cpu?.load1);
  addGauge(bucket, 'memoryAvailableBytes', report.memory?.availableBytes);
  for (const filesystem of report.filesystems ?? []) {
    addGauge(bucket, `filesystemAvailableBytes ${filesystem.mount}`, filesystem.availableBytes);
  }
  addProbes(bucket, report);
}

/** Adds what the counters of a report grew by since the report of the same session just before it. */
export function addGrowths(bucket: RollupBucket, report: Report, previous: Report): void {
  for (const link of report.interfaces ?? []) {
    const before = previous.interfaces?.find((other) => other.name === link.name);
    addGrowth(bucket, `receiveBytes ${link.name}`, link.receiveBytes, before?.receiveBytes);
    addGrowth(bucket, `transmitBytes ${link.name}`, link.transmitBytes, before?.transmitBytes);
  }
}
