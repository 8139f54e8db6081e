import { networkInterfaces } from 'node:os';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { ProbeHop } from '../../shared/probe-schema.ts';
import { type Attempt, attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { ProbeFailure } from './attempts/failure-reasons.ts';
import { resolveHost } from './attempts/resolve-host.ts';
import { parseHop } from './parse-hop.ts';
import type { Probe, ProbeResult } from './probe.ts';
import { runPing } from './run-ping.ts';

const usualMaxHops = 16;
/** So many programs run at a time; when none of so many hops says anything, nobody behind them is asked. */
const hopsAtOnce = 8;

export interface PathOptions {
  /** The ping program; the system's own unless told. */
  program?: string;
}

/**
 * The routers on the way to a target, by the system's ping with a growing hop limit. One packet counts, the one that the
 * target itself answers or not: silence of a router on the way is no loss.
 */
export function createPathProbe(options: PathOptions = {}) {
  return {
    kind: 'path' as const,
    docs: 'The routers on the way to a host, at most maxHops (16 unless told); up when the host itself answers. Linux only.',
    needsPort: false,
    longestMs: (target) => walkMs(target) + 5000,
    async probe(target, { signal }) {
      signal.throwIfAborted();
      if (process.platform !== 'linux') return notLooked('not-on-this-system');
      let unavailable: unknown;
      const walking = { attemptCount: 1, timeoutMs: walkMs(target), signal };
      const result = await attemptSeveralTimes(walking, async (attempt) => {
        try {
          await walk(attempt, target, options.program);
        } catch (error) {
          unavailable = error instanceof AppError && error.code === 'ping-unavailable' ? error : undefined;
          throw error;
        }
      });
      if (unavailable !== undefined) return notLooked('ping-unavailable');
      const { roundTripSeconds: _whole, ...rest } = result;
      const last = result.hops?.at(-1)?.roundTripSeconds;
      return result.state === 'up' && last !== undefined ? { ...rest, roundTripSeconds: last } : rest;
    },
  } satisfies Probe;
}

export const pathProbe = createPathProbe();

/** @throws ProbeFailure when the target did not answer; what was found is in the attempt's details by then. */
async function walk(attempt: Attempt, target: ProbeConfig, program: string | undefined): Promise<void> {
  const { maxHops = usualMaxHops, timeoutSeconds } = target;
  const { signal } = attempt;
  const host = await resolveHost(attempt, target.host);
  const ownAddresses = Object.values(networkInterfaces()).flatMap((rows) => rows?.map(({ address }) => address) ?? []);
  const ask = async (hopLimit: number) => {
    const output = await runPing({ host, packetCount: 1, timeoutSeconds, hopLimit, signal, program });
    return parseHop(output, ownAddresses);
  };
  const hops: ProbeHop[] = [];
  for (let first = 1; first <= maxHops; first += hopsAtOnce) {
    const count = Math.min(hopsAtOnce, maxHops - first + 1);
    const outcomes = await Promise.all(Array.from({ length: count }, (_, index) => ask(first + index)));
    for (const outcome of outcomes) {
      const { met, ...hop } = outcome;
      if (met !== 'unreachable' || outcome.address !== undefined) hops.push(hop);
      note(attempt, hops);
      if (met === 'target') return;
      if (met === 'unreachable') throw new ProbeFailure('unreachable');
    }
    if (outcomes.every(({ met }) => met === 'silence')) break;
  }
  throw new ProbeFailure('no-answer');
}

/** Silence at the end of the way is no hop of it. */
function note(attempt: Attempt, hops: readonly ProbeHop[]): void {
  const end = hops.findLastIndex(({ address }) => address !== undefined) + 1;
  if (end > 0) attempt.details.hops = hops.slice(0, end);
}

function notLooked(reason: string): ProbeResult {
  return { state: 'unknown', reason, sentCount: 0, receivedCount: 0 };
}

/** Each group of hops may take its timeout, and a ping some time to start and to end. */
function walkMs({ maxHops = usualMaxHops, timeoutSeconds }: ProbeConfig): number {
  return Math.ceil(maxHops / hopsAtOnce) * (Math.ceil(timeoutSeconds) + 1.5) * 1000;
}
