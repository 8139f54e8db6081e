import type { ReportRouter, ReportRouterInterface } from '../../../shared/report-schema.ts';
import { type CounterState, growthOf, lesserNames, nextCounters, octetNames } from './counters.ts';
import type { FoundInterface } from './interfaces.ts';
import type { DeviceFacts } from './read-device.ts';
import { nextUptime, type UptimeState, uptimeSecondsOf } from './uptime.ts';

/** What is remembered of a device from reading to reading. */
export interface DeviceMemory {
  hasAnswered: boolean;
  uptime?: UptimeState | undefined;
  /** Counters by the name of the interface. */
  counters: Map<string, CounterState>;
  /** When all interfaces were read the last time. */
  countedAt?: { atMs: number; takenAt: string } | undefined;
  /** What it choked on is not asked for before. */
  extrasNotBeforeMs: number;
  /** Whether it answers for its other uptimes. */
  knowsUptimes: boolean;
}

export const newMemory = (): DeviceMemory => ({
  hasAnswered: false,
  knowsUptimes: false,
  counters: new Map(),
  extrasNotBeforeMs: -Infinity,
});

/** What a reading adds to the report's words about a router. */
export type ComparedFacts = Pick<
  ReportRouter,
  'uptimeSeconds' | 'bootedAt' | 'interfaces' | 'droppedInterfaceCount' | 'previousTakenAt'
>;

const mostInterfaces = 128;
const chokedForMs = 3_600_000;

/** Compares a reading with the one before and remembers it for the next. */
export function compare(memory: DeviceMemory, facts: DeviceFacts, wanInterfaces: readonly string[]): ComparedFacts {
  memory.hasAnswered = true;
  memory.uptime = nextUptime(memory.uptime, facts);
  if (facts.toldUptimes === true) memory.knowsUptimes = true;
  if (facts.chokes === true) memory.extrasNotBeforeMs = facts.atMs + chokedForMs;
  const { bootedAtMs } = memory.uptime;
  const uptimeSeconds = uptimeSecondsOf(memory.uptime);
  return {
    ...(uptimeSeconds === undefined ? {} : { uptimeSeconds }),
    ...(bootedAtMs === undefined || bootedAtMs < 0 ? {} : { bootedAt: new Date(bootedAtMs).toISOString() }),
    ...comparedInterfaces(memory, facts, wanInterfaces),
  };
}

function comparedInterfaces(
  memory: DeviceMemory,
  { interfaces }: DeviceFacts,
  wanInterfaces: readonly string[],
): Omit<ComparedFacts, 'uptimeSeconds' | 'bootedAt'> {
  if (interfaces === undefined) return {};
  const { atMs, nowMs, found } = interfaces;
  const before = memory.countedAt;
  const counters = new Map<string, CounterState>();
  const rows: { row: ReportRouterInterface; isFirst: boolean }[] = [];
  for (const one of found) {
    if (counters.has(one.name)) continue;
    const known = memory.counters.get(one.name);
    const epoch = Math.max(Math.floor(nowMs), (known?.epoch ?? -1) + 1);
    const restartCount = memory.uptime?.restartCount ?? 0;
    const now = nextCounters(known, { ...one, atMs, restartCount }, epoch);
    counters.set(one.name, now);
    const isWan = one.calledNames.some((name) => wanInterfaces.includes(name));
    const since = known !== undefined && known.atMs === before?.atMs ? known : undefined;
    rows.push({ row: rowOf(one, now, since, isWan), isFirst: isWan || one.enabled !== false });
  }
  memory.counters = counters;
  memory.countedAt = { atMs, takenAt: new Date(nowMs).toISOString() };
  // Those that are switched off are left out first.
  const kept = rows.length <= mostInterfaces ? rows : rows.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst));
  const droppedCount = Math.max(0, rows.length - mostInterfaces);
  return {
    interfaces: kept.slice(0, mostInterfaces).map(({ row }) => row),
    ...(droppedCount === 0 ? {} : { droppedInterfaceCount: droppedCount }),
    ...(before === undefined ? {} : { previousTakenAt: before.takenAt }),
  };
}

function rowOf(
  { name, alias, up, enabled, speedBitsPerSecond, counterBits }: FoundInterface,
  now: CounterState,
  before: CounterState | undefined,
  isWan: boolean,
): ReportRouterInterface {
  const totals = [...octetNames, ...lesserNames].flatMap((counter) => {
    const total = now.totals[counter];
    return total === undefined ? [] : [[counter, total] as const];
  });
  const receiveGrowthBytes = growthOf(before, now, 'receiveBytes');
  const transmitGrowthBytes = growthOf(before, now, 'transmitBytes');
  return {
    name,
    ...(alias === undefined ? {} : { alias }),
    up,
    ...(enabled === undefined ? {} : { enabled }),
    ...(speedBitsPerSecond === undefined || speedBitsPerSecond === 0 ? {} : { speedBitsPerSecond }),
    ...Object.fromEntries(totals),
    ...(counterBits === undefined ? {} : { counterBits }),
    ...(isWan ? { isWan } : {}),
    ...(receiveGrowthBytes === undefined ? {} : { receiveGrowthBytes }),
    ...(transmitGrowthBytes === undefined ? {} : { transmitGrowthBytes }),
    epoch: now.epoch,
  };
}
