import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../shared/clock.ts';

/** How one attempt to connect ended: with an answer after so many milliseconds, or with a reason. */
export type ConnectOutcome =
  | { outcome: 'connected' | 'refused'; roundTripMs: number }
  | { outcome: 'failed'; reason: string };

export interface ConnectOptions {
  host: string;
  port: number;
  attemptCount: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Between the beginnings of two attempts, as between the packets of ping. */
const gapMs = 200;

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // A local firewall that rejects answers so.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  EAI_FAIL: 'name-not-resolved',
};

/**
 * Opens several connections, 200 ms apart and each closed at once, and says how each of them ended.
 * @throws the signal's reason when aborted; every connection is closed by then.
 */
export async function connectSeveralTimes(options: ConnectOptions): Promise<ConnectOutcome[]> {
  const attempts: Promise<ConnectOutcome>[] = [];
  for (let index = 0; index < options.attemptCount; index++) {
    if (options.signal.aborted) break;
    if (index > 0) await pause(gapMs, undefined, { signal: options.signal }).catch(() => undefined);
    attempts.push(connectOnce(options));
  }
  const outcomes = await Promise.all(attempts);
  options.signal.throwIfAborted();
  return outcomes;
}

function connectOnce({ host, port, timeoutMs, signal }: ConnectOptions): Promise<ConnectOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ outcome: 'failed', reason: 'aborted' });
      return;
    }
    const beganAtMs = systemClock.monotonicMs();
    const socket = createConnection({ host, port, noDelay: true });
    const finish = (outcome: ConnectOutcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve(outcome);
    };
    const abort = () => finish({ outcome: 'failed', reason: 'aborted' });
    const timer = setTimeout(() => finish({ outcome: 'failed', reason: 'timeout' }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => finish({ outcome: 'connected', roundTripMs: systemClock.monotonicMs() - beganAtMs }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const reason = reasons[codeOf(error)] ?? 'local-error';
      if (reason === 'connection-refused') {
        finish({ outcome: 'refused', roundTripMs: systemClock.monotonicMs() - beganAtMs });
      } else finish({ outcome: 'failed', reason });
    });
  });
}

/** A name with several addresses fails with all their errors in one. */
function codeOf(error: NodeJS.ErrnoException): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return (first as NodeJS.ErrnoException).code ?? '';
}
