import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { systemClock } from '../../../shared/clock.ts';
import type { Attempt } from './attempt-several-times.ts';
import { certificateFacts } from './certificate-facts.ts';
import { ProbeFailure } from './failure-reasons.ts';
import { addPhase } from './open-connection.ts';
import { trustedAuthorities } from './trusted-authorities.ts';

/**
 * The handshake on an open connection. What the server's certificate says is noted before it is judged, so that it is
 * told of a bad one too.
 * @param name what the certificate must be for: a host name or an address.
 * @throws ProbeFailure `certificate-…`, with the word that stands under `trust`.
 */
export function startTls(attempt: Attempt, socket: Socket, name: string): Promise<TLSSocket> {
  const tls = process.getBuiltinModule('node:tls');
  return new Promise((resolve, reject) => {
    const beganAtMs = systemClock.monotonicMs();
    const secure = tls.connect({
      socket,
      host: name,
      secureContext: trustedAuthorities(),
      rejectUnauthorized: false,
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    attempt.signal.addEventListener('abort', () => secure.destroy(), { once: true });
    secure.on('error', reject);
    secure.once('close', () => reject(new ProbeFailure('connection-reset')));
    secure.once('secureConnect', () => {
      addPhase(attempt, 'tlsSeconds', systemClock.monotonicMs() - beganAtMs);
      const shown = secure.getPeerX509Certificate();
      if (shown === undefined) {
        reject(new ProbeFailure('certificate-missing'));
        return;
      }
      // Typed as an error, it is its code.
      const problem = secure.authorized ? undefined : String(secure.authorizationError);
      const certificate = certificateFacts(shown, problem);
      attempt.details.certificate = certificate;
      if (certificate.trust === 'trusted') resolve(secure);
      else reject(new ProbeFailure(`certificate-${certificate.trust}`));
    });
  });
}
