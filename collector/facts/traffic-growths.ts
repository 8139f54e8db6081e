import type { TrafficGrowth } from './traffic-hour.ts';
import { isUsable } from './traffic-hour.ts';
import type { RouterFacts } from './router-facts.ts';

/** By how much the traffic of one WAN interface grew, as one agent read it. */
export interface InterfaceGrowth extends TrafficGrowth {
  pd: string;
  site: string;
  agentKey: number;
  interface: string;
  /** The report that said so. */
  record: RouterFacts['record'];
}

/** No line of a local government is faster; what is above is a counter gone wrong. */
const fastestBytesPerSecond = 12.5e9;
/** Counters are read a moment apart, so a full line may seem a little faster than it is. */
const speedTolerance = 1.5;

/**
 * The growths that a reading tells of its WAN interfaces, on the collector's clock. What no line can carry is left out:
 * a gap, never a spike.
 * @param clockErrorMs the agent's clock minus the collector's when it took the reading.
 */
export function growthsOf(facts: RouterFacts, clockErrorMs: number): InterfaceGrowth[] {
  const { reading, pd, site, agentKey, record } = facts;
  if (reading.previousTakenAt === undefined) return [];
  const fromMs = Date.parse(reading.previousTakenAt) - clockErrorMs;
  const untilMs = Date.parse(reading.takenAt) - clockErrorMs;
  return (reading.interfaces ?? []).flatMap((each) => {
    const { receiveGrowthBytes: downBytes, transmitGrowthBytes: upBytes } = each;
    if (each.isWan !== true || downBytes === undefined || upBytes === undefined) return [];
    const growth = { pd, site, agentKey, interface: each.name, record, fromMs, untilMs, downBytes, upBytes };
    return isUsable(growth) && isPossible(growth, each.speedBitsPerSecond) ? [growth] : [];
  });
}

function isPossible({ fromMs, untilMs, downBytes, upBytes }: TrafficGrowth, speedBitsPerSecond = 0): boolean {
  const seconds = (untilMs - fromMs) / 1000;
  const most = speedBitsPerSecond > 0 ? (speedBitsPerSecond / 8) * speedTolerance : fastestBytesPerSecond;
  return Math.max(downBytes, upBytes) / seconds <= most;
}
