import { AppError } from '../../shared/errors.ts';
import { attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { bareHost, openConnection } from './attempts/open-connection.ts';
import type { Probe } from './probe.ts';

export const tcpProbe = {
  kind: 'tcp' as const,
  docs: 'TCP connections to a port: share that is accepted and mean time to connect; any accepted one counts as up.',
  needsPort: true,
  async probe(target, { signal }) {
    const { host, port, packetCount, timeoutSeconds } = target;
    if (port === undefined) {
      throw new AppError('port-missing', `The probe "${target.name}" needs a port.`, { field: 'port' });
    }
    const timeoutMs = timeoutSeconds * 1000;
    return attemptSeveralTimes({ attemptCount: packetCount, timeoutMs, signal }, async (attempt) => {
      const socket = await openConnection(attempt, { host: bareHost(host), port }, timeoutMs);
      socket.destroy();
    });
  },
} satisfies Probe;
