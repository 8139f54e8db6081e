import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { failureReason } from './attempts/failure-reasons.ts';
import { bareHost, openConnection } from './attempts/open-connection.ts';
import type { ProbeOptions, ProbeResult } from './probe.ts';

/** Ports that routers and servers answer on, if only to refuse. */
const commonPorts = [443, 80, 22];

const fallbackReason = 'icmp-unavailable-used-tcp';

/**
 * Stands in for ICMP where ping cannot be used: any answer to a connection, also a refusal, shows that the host is
 * there. On a port that the configuration names, silence means down. On guessed ports silence may as well be a
 * firewall: then the state is unknown.
 */
export async function probeByTcp(target: ProbeConfig, { signal }: ProbeOptions): Promise<ProbeResult> {
  const host = bareHost(target.host);
  const timeoutMs = target.timeoutSeconds * 1000;
  const knock = (port: number, attemptCount: number) =>
    attemptSeveralTimes({ attemptCount, timeoutMs, signal }, async (attempt) => {
      try {
        (await openConnection(attempt, { host, port }, timeoutMs)).destroy();
      } catch (error) {
        if (failureReason(error) !== 'connection-refused') throw error;
      }
    });
  const found = target.port ?? (await findAnswering(knock));
  const result = typeof found === 'number' ? await knock(found, target.packetCount) : found;
  const isGuess = target.port === undefined && result.state === 'down' && result.reason === 'timeout';
  return { ...result, kind: 'tcp', reason: fallbackReason, ...(isGuess ? { state: 'unknown' } : {}) };
}

/** @returns the first common port that answers in any way, or how they failed. */
async function findAnswering(
  knock: (port: number, attemptCount: number) => Promise<ProbeResult>,
): Promise<number | ProbeResult> {
  const tries = await Promise.all(commonPorts.map((port) => knock(port, 1)));
  const answering = commonPorts[tries.findIndex(({ state }) => state === 'up')];
  if (answering !== undefined) return answering;
  const told = tries.findLast(({ state }) => state === 'down');
  const reason = told?.reason ?? tries[0]?.reason ?? 'timeout';
  return { state: told?.state ?? 'unknown', reason, sentCount: tries.length, receivedCount: 0 };
}
