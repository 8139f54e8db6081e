import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { ProbeOptions, ProbeResult } from './probe.ts';
import { summarizeConnects } from './tcp.ts';
import { type ConnectOutcome, connectSeveralTimes } from './tcp-connects.ts';

/** Ports that routers and servers answer on, if only to refuse. */
const commonPorts = [443, 80, 22];

const fallbackReason = 'icmp-unavailable-used-tcp';

/**
 * Stands in for ICMP where ping cannot be used: any answer to a connection, also a refusal, shows that the host is
 * there. On a port that the configuration names, silence means down. On guessed ports silence may as well be a
 * firewall: then the state is unknown.
 */
export async function probeByTcp(target: ProbeConfig, { signal }: ProbeOptions): Promise<ProbeResult> {
  const connect = (port: number, attemptCount: number) =>
    connectSeveralTimes({
      host: target.host.replace(/^\[(.*)\]$/, '$1'),
      port,
      attemptCount,
      timeoutMs: target.timeoutSeconds * 1000,
      signal,
    });
  const found = target.port ?? (await findAnswering(connect));
  const outcomes = typeof found === 'number' ? await connect(found, target.packetCount) : found;
  const result = summarizeConnects(outcomes, { refusedCounts: true });
  const isGuess = target.port === undefined && result.state === 'down' && result.reason === 'timeout';
  return { ...result, kind: 'tcp', reason: fallbackReason, ...(isGuess ? { state: 'unknown' } : {}) };
}

/** @returns the first common port that answers in any way, or how each of them failed. */
async function findAnswering(
  connect: (port: number, attemptCount: number) => Promise<ConnectOutcome[]>,
): Promise<number | ConnectOutcome[]> {
  const tries = await Promise.all(commonPorts.map((port) => connect(port, 1)));
  const answering = tries.findIndex(([one]) => one !== undefined && one.outcome !== 'failed');
  return commonPorts[answering] ?? tries.flat();
}
