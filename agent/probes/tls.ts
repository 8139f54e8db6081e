import { attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { bareHost, openConnection } from './attempts/open-connection.ts';
import { startTls } from './attempts/start-tls.ts';
import type { Probe } from './probe.ts';

const usualPort = 443;

export const tlsProbe = {
  kind: 'tls' as const,
  docs: 'TLS handshakes with a port (443 unless told): the end of the certificate, and whether this machine trusts it for the host or serverName.',
  needsPort: false,
  probe({ host, port = usualPort, serverName, packetCount, timeoutSeconds }, { signal }) {
    const timeoutMs = timeoutSeconds * 1000;
    return attemptSeveralTimes({ attemptCount: packetCount, timeoutMs, signal }, async (attempt) => {
      const address = { host: bareHost(host), port };
      const socket = await openConnection(attempt, address, timeoutMs);
      try {
        const secure = await startTls(attempt, socket, bareHost(serverName ?? host));
        secure.end();
      } finally {
        socket.destroy();
      }
    });
  },
} satisfies Probe;
