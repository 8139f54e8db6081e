import { hourMs, slotMs, slotsPerHour, type TrafficHour } from './traffic-hour.ts';

/** What a span of time adds up to; rates in bytes per second. */
export interface TrafficTotals {
  downBytes: number;
  upBytes: number;
  /** How much of the span was measured. */
  coveredSeconds: number;
  /** Slots of five minutes that were measured for at least half of their time: what the percentiles rest on. */
  slotCount: number;
  p95Down: number | undefined;
  p95Up: number | undefined;
  meanDown: number | undefined;
  meanUp: number | undefined;
  peakDown: number;
  peakUp: number;
  /** Slots in which one direction ran at `saturatedFrom` of its approval or more; undefined without an approval. */
  saturatedSeconds: number | undefined;
}

export interface Approval {
  downBytesPerSecond: number;
  upBytesPerSecond: number;
}

/** An hour of one interface, with when it began. */
export interface TimedHour {
  startsAtMs: number;
  hour: TrafficHour;
}

export interface Slot {
  startsAtMs: number;
  downBytesPerSecond: number;
  upBytesPerSecond: number;
}

const leastCoveredMs = slotMs / 2;

/** The slots of a span that were measured for at least half of their time, oldest first when the hours are. */
export function slotsIn(hours: readonly TimedHour[], fromMs: number, untilMs: number): Slot[] {
  const slots: Slot[] = [];
  for (const { startsAtMs, hour } of hours) {
    if (startsAtMs >= untilMs || startsAtMs + hourMs <= fromMs) continue;
    for (let index = 0; index < slotsPerHour; index += 1) {
      const atMs = startsAtMs + index * slotMs;
      const coveredMs = hour.coveredMs[index] ?? 0;
      if (atMs < fromMs || atMs + slotMs > untilMs || coveredMs < leastCoveredMs) continue;
      slots.push({
        startsAtMs: atMs,
        downBytesPerSecond: ((hour.downBytes[index] ?? 0) * 1000) / coveredMs,
        upBytesPerSecond: ((hour.upBytes[index] ?? 0) * 1000) / coveredMs,
      });
    }
  }
  return slots;
}

/** The value that 95 of 100 slots do not exceed (nearest rank), as lines are billed by; undefined without slots. */
export function percentile95(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/** @param options.saturatedFrom share of the approval from which a slot counts as saturated; our number, never law. */
export function totalsOf(
  hours: readonly TimedHour[],
  span: { fromMs: number; untilMs: number },
  options: { approval: Approval | undefined; saturatedFrom: number },
): TrafficTotals {
  const inside = hours.filter(({ startsAtMs }) => startsAtMs < span.untilMs && startsAtMs + hourMs > span.fromMs);
  let [downBytes, upBytes, coveredMs, peakDown, peakUp] = [0, 0, 0, 0, 0];
  for (const { startsAtMs, hour } of inside) {
    for (let index = 0; index < slotsPerHour; index += 1) {
      const atMs = startsAtMs + index * slotMs;
      if (atMs < span.fromMs || atMs >= span.untilMs) continue;
      downBytes += hour.downBytes[index] ?? 0;
      upBytes += hour.upBytes[index] ?? 0;
      coveredMs += hour.coveredMs[index] ?? 0;
    }
    peakDown = Math.max(peakDown, hour.peakDownBytesPerSecond);
    peakUp = Math.max(peakUp, hour.peakUpBytesPerSecond);
  }
  const slots = slotsIn(inside, span.fromMs, span.untilMs);
  const mean = (bytes: number) => (coveredMs === 0 ? undefined : (bytes * 1000) / coveredMs);
  return {
    downBytes,
    upBytes,
    coveredSeconds: coveredMs / 1000,
    slotCount: slots.length,
    p95Down: percentile95(slots.map((slot) => slot.downBytesPerSecond)),
    p95Up: percentile95(slots.map((slot) => slot.upBytesPerSecond)),
    meanDown: mean(downBytes),
    meanUp: mean(upBytes),
    peakDown,
    peakUp,
    saturatedSeconds: options.approval && saturatedSeconds(slots, options.approval, options.saturatedFrom),
  };
}

function saturatedSeconds(slots: readonly Slot[], approval: Approval, from: number): number {
  const full = slots.filter(
    ({ downBytesPerSecond, upBytesPerSecond }) =>
      downBytesPerSecond >= from * approval.downBytesPerSecond || upBytesPerSecond >= from * approval.upBytesPerSecond,
  );
  return (full.length * slotMs) / 1000;
}

/** Several interfaces of one router carry a site together: main and spare link. */
export function sumOf(hours: readonly TrafficHour[]): TrafficHour | undefined {
  const [first, ...others] = hours;
  if (first === undefined || others.length === 0) return first;
  const add = (key: 'downBytes' | 'upBytes') =>
    first[key].map((_, slot) => hours.reduce((sum, hour) => sum + (hour[key][slot] ?? 0), 0));
  const most = (read: (hour: TrafficHour) => number) => hours.reduce((sum, hour) => sum + read(hour), 0);
  return {
    downBytes: add('downBytes'),
    upBytes: add('upBytes'),
    coveredMs: first.coveredMs.map((_, slot) => Math.max(...hours.map((hour) => hour.coveredMs[slot] ?? 0))),
    peakDownBytesPerSecond: most((hour) => hour.peakDownBytesPerSecond),
    peakUpBytesPerSecond: most((hour) => hour.peakUpBytesPerSecond),
  };
}
