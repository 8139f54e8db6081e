import { AppError } from '../../shared/errors.ts';
import type { Probe, ProbeResult } from './probe.ts';
import { type ConnectOutcome, connectSeveralTimes } from './tcp-connects.ts';

export const tcpProbe = {
  kind: 'tcp' as const,
  docs: 'TCP connections to a port: share that is accepted and mean time to connect; any accepted one counts as up.',
  needsPort: true,
  async probe(target, { signal }) {
    const { host, port, packetCount, timeoutSeconds } = target;
    if (port === undefined) {
      throw new AppError('port-missing', `The probe "${target.name}" needs a port.`, { field: 'port' });
    }
    const outcomes = await connectSeveralTimes({
      host: host.replace(/^\[(.*)\]$/, '$1'),
      port,
      attemptCount: packetCount,
      timeoutMs: timeoutSeconds * 1000,
      signal,
    });
    return summarizeConnects(outcomes, { refusedCounts: false });
  },
} satisfies Probe;

/**
 * @param options.refusedCounts a refused connection shows that the host is there, though not the service.
 */
export function summarizeConnects(outcomes: ConnectOutcome[], options: { refusedCounts: boolean }): ProbeResult {
  const timesMs: number[] = [];
  const reasons: string[] = [];
  for (const one of outcomes) {
    if (one.outcome === 'connected' || (one.outcome === 'refused' && options.refusedCounts)) {
      timesMs.push(one.roundTripMs);
    } else reasons.push(one.outcome === 'failed' ? one.reason : 'connection-refused');
  }
  const counts = { sentCount: outcomes.length, receivedCount: timesMs.length };
  if (timesMs.length > 0) {
    const meanMs = timesMs.reduce((sum, timeMs) => sum + timeMs, 0) / timesMs.length;
    return { state: 'up', ...counts, roundTripSeconds: Math.round(meanMs * 1000) / 1e6 };
  }
  // What failed on this machine (no sockets left, say) says nothing about the target.
  const remote = reasons.filter((reason) => reason !== 'local-error');
  if (remote.length === 0) return { state: 'unknown', reason: 'local-error', ...counts };
  return { state: 'down', reason: remote.at(-1) ?? 'timeout', ...counts };
}
