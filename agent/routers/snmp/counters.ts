/** Counters of an interface; the first two are of 32 or 64 bits, the others of 32. */
export const octetNames = ['receiveBytes', 'transmitBytes'] as const;
export const lesserNames = ['receiveErrors', 'transmitErrors', 'receiveDiscards', 'transmitDiscards'] as const;
export type OctetName = (typeof octetNames)[number];
export type CounterName = OctetName | (typeof lesserNames)[number];

export type Counts = Partial<Record<CounterName, bigint>>;

/** What one reading says of one interface's counters. */
export interface CounterSample {
  index: number;
  /** On the clock that never goes back. */
  atMs: number;
  counts: Counts;
  counterBits?: 32 | 64 | undefined;
  /** When its counters last began anew, as the device tells it. */
  discontinuity?: number | undefined;
  /** 0 or absent when the device does not say. */
  speedBitsPerSecond?: number | undefined;
  /** How often the device itself was seen to begin anew. */
  restartCount: number;
}

export interface CounterState extends CounterSample {
  epoch: number;
  /** With wraps made good; they only grow within an epoch. */
  totals: { [Name in CounterName]?: number | undefined };
}

const wrap32 = 2n ** 32n;
const half32 = wrap32 / 2n;
/** No interface of a router carries more. */
const absurdBytesPerSecond = 1e12;
/** Frames and clocks are not exact to the byte. */
const speedSlackRatio = 1.1;
const speedSlackBytes = 65_536;

/**
 * Continues the counters of an interface, or begins a new epoch when it is not certain that they went on: after a start
 * of the device, another index, a discontinuity that it tells, or a count that went back further than a wrap explains. A
 * new epoch is a gap in the traffic, which is better than a spike.
 * @param epoch to take when a new one begins; larger than any before.
 */
export function nextCounters(before: CounterState | undefined, sample: CounterSample, epoch: number): CounterState {
  if (before === undefined || !isSameSeries(before, sample)) return beginning(sample, epoch);
  const totals: CounterState['totals'] = {};
  for (const name of octetNames) {
    const growth = octetGrowth(before, sample, name);
    if (growth === 'unknown') return beginning(sample, epoch);
    totals[name] = totalOf(before, sample, name, growth);
  }
  for (const name of lesserNames) totals[name] = totalOf(before, sample, name, lesserGrowth(before, sample, name));
  if (Object.values(totals).some((total) => total !== undefined && total > Number.MAX_SAFE_INTEGER)) {
    return beginning(sample, epoch);
  }
  return { ...sample, epoch: before.epoch, totals };
}

/** By how much a counter grew; undefined across epochs. */
export function growthOf(before: CounterState | undefined, now: CounterState, name: OctetName): number | undefined {
  const [from, to] = [before?.totals[name], now.totals[name]];
  if (before?.epoch !== now.epoch || from === undefined || to === undefined) return undefined;
  return to - from;
}

function beginning(sample: CounterSample, epoch: number): CounterState {
  const totals: CounterState['totals'] = {};
  for (const name of [...octetNames, ...lesserNames]) {
    const count = sample.counts[name];
    if (count !== undefined) totals[name] = count > BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(count);
  }
  return { ...sample, epoch, totals };
}

function isSameSeries(before: CounterState, now: CounterSample): boolean {
  const isSame = (was: number | undefined, is: number | undefined) =>
    was === undefined || is === undefined || was === is;
  return (
    before.restartCount === now.restartCount &&
    before.index === now.index &&
    isSame(before.counterBits, now.counterBits) &&
    isSame(before.discontinuity, now.discontinuity) &&
    octetNames.every((name) => (before.counts[name] === undefined) === (now.counts[name] === undefined))
  );
}

function totalOf(before: CounterState, now: CounterSample, name: CounterName, growth: bigint): number | undefined {
  const total = before.totals[name];
  const count = now.counts[name];
  if (count === undefined) return undefined;
  return total === undefined ? Number(count) : total + Number(growth);
}

function octetGrowth(before: CounterState, now: CounterSample, name: OctetName): bigint | 'unknown' {
  const from = before.counts[name];
  const to = now.counts[name];
  if (from === undefined || to === undefined) return 0n;
  const elapsedSeconds = Math.max(1, (now.atMs - before.atMs) / 1000);
  const is32 = now.counterBits === 32;
  const mostBytes = mostBytesOf(now.speedBitsPerSecond, elapsedSeconds);
  // In this time it may have gone round without a trace.
  if (is32 && mostBytes !== undefined && mostBytes >= wrap32) return 'unknown';
  if (to >= from) return to - from > BigInt(Math.floor(absurdBytesPerSecond * elapsedSeconds)) ? 'unknown' : to - from;
  if (!is32 || wentBackTogether(before, now, name)) return 'unknown';
  const growth = to + wrap32 - from;
  return growth > (mostBytes ?? half32) ? 'unknown' : growth;
}

/** The most that the line can have carried; undefined when its speed is not known. */
function mostBytesOf(speedBitsPerSecond: number | undefined, elapsedSeconds: number): bigint | undefined {
  if (speedBitsPerSecond === undefined || speedBitsPerSecond <= 0) return undefined;
  return BigInt(Math.ceil((speedBitsPerSecond / 8) * elapsedSeconds * speedSlackRatio + speedSlackBytes));
}

/** Two counters that go round between the same two readings are less likely than one reset of both. */
function wentBackTogether(before: CounterState, now: CounterSample, name: OctetName): boolean {
  return [...octetNames, ...lesserNames].some((other) => {
    const from = before.counts[other];
    const to = now.counts[other];
    return other !== name && from !== undefined && to !== undefined && to < from;
  });
}

/** Errors and discards prove nothing: one that went back without having gone round stays where it was. */
function lesserGrowth(before: CounterState, now: CounterSample, name: CounterName): bigint {
  const from = before.counts[name];
  const to = now.counts[name];
  if (from === undefined || to === undefined) return 0n;
  if (to >= from) return to - from;
  return from - to > half32 ? to + wrap32 - from : 0n;
}
