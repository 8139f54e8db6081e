/** What one reading says of how long a device runs; what it does not tell is left out. */
export interface UptimeSample {
  /** On the clock that never goes back. */
  atMs: number;
  /** Wall clock of the same moment. */
  nowMs: number;
  /** Hundredths of a second since the SNMP service began, 32 bits. */
  serviceTicks?: number | undefined;
  /** The same since the device began. */
  hostTicks?: number | undefined;
  /** Seconds since the SNMP service began. */
  engineSeconds?: number | undefined;
}

export interface UptimeState {
  atMs: number;
  /** With the wraps made good. */
  serviceTicks?: number | undefined;
  hostTicks?: number | undefined;
  engineSeconds?: number | undefined;
  /** Steady as long as the device runs. */
  bootedAtMs?: number | undefined;
  /** How often device or service were seen to begin anew: from then on its counters count anew. */
  restartCount: number;
}

/** The counters of uptime go round after 497 days. */
const wrapTicks = 2 ** 32;
/** Clocks of small devices run badly, and a question takes its time. */
const driftRatio = 0.02;
const slackTicks = 500;
const steadyWithinMs = 60_000;
/** What the service's clock in seconds may be off from the one in ticks. */
const engineSlackTicks = 12_000;

/**
 * Tells a wrap of the counter from a start of the device. A count that fits the time that has passed goes on, whether it
 * went round or not; one that is shorter than the time that has passed, or went back, began anew.
 */
export function nextUptime(before: UptimeState | undefined, sample: UptimeSample): UptimeState {
  if (before === undefined) return firstUptime(sample, 0);
  const elapsedTicks = (sample.atMs - before.atMs) / 10;
  const service = follow(before.serviceTicks, sample.serviceTicks, elapsedTicks);
  const host = follow(before.hostTicks, sample.hostTicks, elapsedTicks);
  const isRestart =
    service === 'began-anew' || host === 'began-anew' || isLess(sample.engineSeconds, before.engineSeconds);
  if (isRestart) {
    const first = firstUptime(sample, before.restartCount + 1);
    // Only the service began anew: the device goes on.
    return typeof host === 'number' && sample.hostTicks !== undefined
      ? { ...first, hostTicks: host, bootedAtMs: steadyBoot(before.bootedAtMs, bootOf(sample.nowMs, host)) }
      : first;
  }
  const serviceTicks = service ?? unwrapped(sample.serviceTicks, sample.engineSeconds);
  const hostTicks = host ?? besideService(sample.hostTicks, serviceTicks);
  return {
    atMs: sample.atMs,
    serviceTicks,
    hostTicks,
    engineSeconds: sample.engineSeconds ?? before.engineSeconds,
    bootedAtMs: steadyBoot(before.bootedAtMs, bootOf(sample.nowMs, hostTicks ?? serviceTicks)),
    restartCount: before.restartCount,
  };
}

function firstUptime({ atMs, nowMs, engineSeconds, ...sample }: UptimeSample, restartCount: number): UptimeState {
  const serviceTicks = unwrapped(sample.serviceTicks, engineSeconds);
  const hostTicks = besideService(sample.hostTicks, serviceTicks);
  const bootedAtMs = bootOf(nowMs, hostTicks ?? serviceTicks);
  return { atMs, serviceTicks, hostTicks, engineSeconds, bootedAtMs, restartCount };
}

/** Of the device where it tells, else of its service. */
export function uptimeSecondsOf({ hostTicks, serviceTicks }: UptimeState): number | undefined {
  const ticks = hostTicks ?? serviceTicks;
  return ticks === undefined ? undefined : Math.round(ticks) / 100;
}

/**
 * Continues a count from the reading before; what is not told this time is reckoned forward.
 * @returns undefined when nothing is known from before.
 */
function follow(
  before: number | undefined,
  ticks: number | undefined,
  elapsedTicks: number,
): number | 'began-anew' | undefined {
  if (before === undefined) return undefined;
  const expected = before + elapsedTicks;
  if (ticks === undefined) return expected;
  const wraps = Math.max(0, Math.round((expected - ticks) / wrapTicks));
  const total = ticks + wraps * wrapTicks;
  const slack = elapsedTicks * driftRatio + slackTicks;
  if (Math.abs(total - expected) <= slack) return total;
  const sameRound = ticks + Math.floor(before / wrapTicks) * wrapTicks;
  const isOddClock = sameRound >= before && sameRound > elapsedTicks + slack;
  return isOddClock ? sameRound : 'began-anew';
}

function isLess(now: number | undefined, before: number | undefined): boolean {
  return now !== undefined && before !== undefined && now < before;
}

/** On first sight the service's count in seconds tells how often the one in ticks has gone round. */
function unwrapped(ticks: number | undefined, engineSeconds: number | undefined): number | undefined {
  if (ticks === undefined || engineSeconds === undefined) return ticks;
  const wraps = Math.max(0, Math.round((engineSeconds * 100 - ticks) / wrapTicks));
  const total = ticks + wraps * wrapTicks;
  return Math.abs(engineSeconds * 100 - total) <= engineSlackTicks ? total : ticks;
}

/** A device runs at least as long as its service; a count that says otherwise went round, or is no such count. */
function besideService(ticks: number | undefined, serviceTicks: number | undefined): number | undefined {
  if (ticks === undefined || serviceTicks === undefined) return ticks;
  const least = serviceTicks - slackTicks;
  const wraps = Math.max(0, Math.ceil((least - ticks) / wrapTicks));
  return wraps === 0 || serviceTicks >= wrapTicks ? ticks + wraps * wrapTicks : undefined;
}

function bootOf(nowMs: number, ticks: number | undefined): number | undefined {
  return ticks === undefined ? undefined : Math.round(nowMs - ticks * 10);
}

/** Each reading says a little else; only a moved clock makes another moment of it. */
function steadyBoot(known: number | undefined, atMs: number | undefined): number | undefined {
  if (known === undefined || atMs === undefined) return atMs ?? known;
  return Math.abs(atMs - known) < steadyWithinMs ? known : atMs;
}
