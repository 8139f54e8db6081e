import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../shared/clock.ts';
import type { ProbeDetails, ProbeResult } from '../probe.ts';
import { failureReason, localError, ProbeFailure } from './failure-reasons.ts';

/** One attempt under way. */
export interface Attempt {
  /** What it has learnt so far; told even when it fails later. */
  readonly details: ProbeDetails;
  /** Aborted when the time is over or the whole check ends: whatever the attempt opened must then be freed. */
  readonly signal: AbortSignal;
  /** What running out of time means at this moment. */
  timeoutReason: string;
}

export interface AttemptsOptions {
  attemptCount: number;
  /** For one attempt with everything that belongs to it. */
  timeoutMs: number;
  signal: AbortSignal;
}

interface Outcome {
  roundTripMs: number;
  details: ProbeDetails;
  /** Undefined when it went well. */
  reason: string | undefined;
}

/** Between the beginnings of two attempts, as between the packets of ping. */
const gapMs = 200;

/**
 * Makes several attempts, 200 ms apart and side by side, and adds them up: up when any went well, down when none did,
 * unknown when none got past this machine. The details are those of the last attempt that went well, else of the last.
 * @param attempt throws what `failureReason` understands.
 * @throws the signal's reason when aborted.
 */
export async function attemptSeveralTimes(
  { attemptCount, timeoutMs, signal }: AttemptsOptions,
  attempt: (attempt: Attempt) => Promise<void>,
): Promise<ProbeResult> {
  const running: Promise<Outcome>[] = [];
  for (let index = 0; index < attemptCount; index++) {
    if (index > 0) await pause(gapMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    running.push(attemptOnce(timeoutMs, signal, attempt));
  }
  const outcomes = await Promise.all(running);
  signal.throwIfAborted();
  return addUp(outcomes);
}

async function attemptOnce(
  timeoutMs: number,
  outer: AbortSignal,
  attempt: (attempt: Attempt) => Promise<void>,
): Promise<Outcome> {
  const controller = new AbortController();
  const self: Attempt = { details: {}, signal: controller.signal, timeoutReason: 'timeout' };
  const beganAtMs = systemClock.monotonicMs();
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => {};
  // Not every attempt can be ended, one that waits for the system's name service say: it is left behind then.
  const ended = new Promise<never>((_, reject) => {
    const end = (reason: string) => {
      const failure = new ProbeFailure(reason);
      reject(failure);
      controller.abort(failure);
    };
    stop = () => end('aborted');
    timer = setTimeout(() => end(self.timeoutReason), timeoutMs);
    outer.addEventListener('abort', stop, { once: true });
  });
  let reason: string | undefined;
  try {
    await Promise.race([attempt(self), ended]);
  } catch (error) {
    reason = failureReason(error);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
  return { roundTripMs: systemClock.monotonicMs() - beganAtMs, details: { ...self.details }, reason };
}

function addUp(outcomes: readonly Outcome[]): ProbeResult {
  const good = outcomes.filter(({ reason }) => reason === undefined);
  const counts = { sentCount: outcomes.length, receivedCount: good.length };
  const details = good.at(-1)?.details ?? outcomes.at(-1)?.details ?? {};
  if (good.length > 0) {
    const meanMs = good.reduce((sum, { roundTripMs }) => sum + roundTripMs, 0) / good.length;
    return { state: 'up', ...counts, roundTripSeconds: secondsOf(meanMs), ...details };
  }
  const reason = outcomes.findLast((each) => each.reason !== localError)?.reason;
  if (reason === undefined) return { state: 'unknown', reason: localError, ...counts };
  return { state: 'down', reason, ...counts, ...details };
}

/** To the microsecond. */
export function secondsOf(timeMs: number): number {
  return Math.round(timeMs * 1000) / 1e6;
}
