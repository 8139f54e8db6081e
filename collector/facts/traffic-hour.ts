/** Traffic of one interface in one hour, in slots of five minutes. Bytes are whole numbers, so any order adds up alike. */
export interface TrafficHour {
  /** Received on the WAN interface: towards the site. */
  downBytes: number[];
  /** Sent on the WAN interface: away from the site. */
  upBytes: number[];
  /** How much of each slot was measured, in milliseconds. */
  coveredMs: number[];
  /** The fastest that was seen between two readings. */
  peakDownBytesPerSecond: number;
  peakUpBytesPerSecond: number;
}

/** By how much the counters of one interface grew between two readings, on the clock of the agent that read them. */
export interface TrafficGrowth {
  fromMs: number;
  untilMs: number;
  downBytes: number;
  upBytes: number;
}

export const hourMs = 3_600_000;
export const slotMs = 300_000;
export const slotsPerHour = hourMs / slotMs;

/** Readings farther apart say nothing of when the bytes flowed: a gap is better than an invented rate. */
const longestGrowthMs = 3_600_000;

export function emptyTrafficHour(): TrafficHour {
  const zeros = () => Array.from({ length: slotsPerHour }, () => 0);
  return {
    downBytes: zeros(),
    upBytes: zeros(),
    coveredMs: zeros(),
    peakDownBytesPerSecond: 0,
    peakUpBytesPerSecond: 0,
  };
}

/** Whether a growth can be spread over time at all. */
export function isUsable({ fromMs, untilMs }: TrafficGrowth): boolean {
  return untilMs > fromMs && untilMs - fromMs <= longestGrowthMs;
}

/** The starts of the hours that a growth touches. */
export function hoursOf({ fromMs, untilMs }: TrafficGrowth): number[] {
  const starts: number[] = [];
  for (let atMs = Math.floor(fromMs / hourMs) * hourMs; atMs < untilMs; atMs += hourMs) starts.push(atMs);
  return starts;
}

/** Adds the part of a growth that lies in the hour, as if the bytes had flowed evenly between the two readings. */
export function addGrowth(hour: TrafficHour, startsAtMs: number, growth: TrafficGrowth): void {
  const { fromMs, untilMs } = growth;
  const first = Math.max(0, Math.floor((fromMs - startsAtMs) / slotMs));
  for (let slot = first; slot < slotsPerHour; slot += 1) {
    const slotFromMs = Math.max(fromMs, startsAtMs + slot * slotMs);
    const slotUntilMs = Math.min(untilMs, startsAtMs + (slot + 1) * slotMs);
    if (slotUntilMs <= slotFromMs) break;
    hour.downBytes[slot] = (hour.downBytes[slot] ?? 0) + share(growth.downBytes, growth, slotFromMs, slotUntilMs);
    hour.upBytes[slot] = (hour.upBytes[slot] ?? 0) + share(growth.upBytes, growth, slotFromMs, slotUntilMs);
    hour.coveredMs[slot] = (hour.coveredMs[slot] ?? 0) + slotUntilMs - slotFromMs;
  }
  const seconds = (untilMs - fromMs) / 1000;
  hour.peakDownBytesPerSecond = Math.max(hour.peakDownBytesPerSecond, Math.round(growth.downBytes / seconds));
  hour.peakUpBytesPerSecond = Math.max(hour.peakUpBytesPerSecond, Math.round(growth.upBytes / seconds));
}

/** Whole bytes of a part of the time; all parts together are all bytes, wherever the cuts are. */
function share(bytes: number, { fromMs, untilMs }: TrafficGrowth, partFromMs: number, partUntilMs: number): number {
  const until = (atMs: number) => Math.floor(bytes * ((atMs - fromMs) / (untilMs - fromMs)));
  return until(partUntilMs) - until(partFromMs);
}
