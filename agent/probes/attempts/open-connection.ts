import { createConnection, isIP, type Socket } from 'node:net';
import { systemClock } from '../../../shared/clock.ts';
import type { ProbePhases } from '../../../shared/probe-schema.ts';
import { type Attempt, secondsOf } from './attempt-several-times.ts';

export interface Address {
  host: string;
  port: number;
}

/** Without the brackets that an IPv6 address may stand in. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** Adds to a phase: a round that follows a redirection goes through each of them again. */
export function addPhase(attempt: Attempt, phase: keyof ProbePhases, timeMs: number): void {
  const phases = (attempt.details.phases ??= {});
  phases[phase] = secondsOf((phases[phase] ?? 0) * 1000 + timeMs);
}

/**
 * Opens a TCP connection and notes how long the name and the connecting took. The socket is destroyed with the attempt's
 * signal, and never throws an error that nobody listens to.
 * @param attemptTimeoutMs how long the whole attempt may take: a name's first address gets half of it.
 */
export function openConnection(attempt: Attempt, { host, port }: Address, attemptTimeoutMs: number): Promise<Socket> {
  const { signal, timeoutReason } = attempt;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    let sinceMs = systemClock.monotonicMs();
    let isResolved = isIP(host) !== 0;
    const lap = () => {
      const nowMs = systemClock.monotonicMs();
      const tookMs = nowMs - sinceMs;
      sinceMs = nowMs;
      return tookMs;
    };
    if (!isResolved) attempt.timeoutReason = 'name-not-resolved';
    const socket = createConnection({
      host,
      port,
      noDelay: true,
      // The default gives an address a quarter of a second, which a link by satellite does not answer in.
      autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(attemptTimeoutMs / 2)),
    });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.on('lookup', (error: Error | null) => {
      if (isResolved || error !== null) return;
      isResolved = true;
      attempt.timeoutReason = timeoutReason;
      addPhase(attempt, 'resolveSeconds', lap());
    });
    socket.on('error', reject);
    socket.once('connect', () => {
      addPhase(attempt, 'connectSeconds', lap());
      resolve(socket);
    });
  });
}
