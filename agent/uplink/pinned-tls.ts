import { createHash, timingSafeEqual } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { AppError } from '../../shared/errors.ts';

export interface PinnedOptions {
  host: string;
  port: number;
  /** SHA-256 of the certificate's DER bytes, lower-case hex. */
  fingerprint: string;
  /** For the connection and the handshake together. */
  timeoutMs: number;
}

/**
 * Opens a TLS connection to whoever holds the one expected certificate; authorities and names do not matter. The
 * socket is handed out only after the check, so that not a byte goes to anybody else.
 * @throws AppError `certificate-mismatch`, or the system's error.
 */
export function connectPinned({ host, port, fingerprint, timeoutMs }: PinnedOptions): Promise<TLSSocket> {
  // Loaded only where TLS is spoken: it costs the running agent memory.
  const tls = process.getBuiltinModule('node:tls');
  const { isIP } = process.getBuiltinModule('node:net');
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host,
      port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ...patientWithAddresses(timeoutMs),
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const timer = setTimeout(
      () => socket.destroy(new AppError('connect-timeout', `no answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      const shown = socket.getPeerX509Certificate()?.raw;
      if (shown !== undefined && isExpected(shown, fingerprint)) resolve(socket);
      else socket.destroy(mismatch(`${host}:${port}`, shown, fingerprint));
    });
  });
}

/**
 * Options of a connection: how long one of several addresses of a name is waited for. The default is a quarter of a
 * second, in which a link by satellite does not answer; the system's types do not know the option everywhere.
 */
export function patientWithAddresses(timeoutMs: number) {
  return { autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(timeoutMs / 2)) };
}

export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

function isExpected(certificate: Uint8Array, fingerprint: string): boolean {
  const expected = Buffer.from(fingerprint, 'hex');
  return expected.length === 32 && timingSafeEqual(createHash('sha256').update(certificate).digest(), expected);
}

function mismatch(address: string, shown: Uint8Array | undefined, fingerprint: string): AppError {
  const found = shown === undefined ? 'none' : `${fingerprintOf(shown).slice(0, 16)}…`;
  return new AppError(
    'certificate-mismatch',
    `${address} shows another certificate than the collector that this agent enrolled with (expected ` +
      `${fingerprint.slice(0, 16)}…, shown ${found}). Nothing was sent. If the collector has a new certificate, enrol again with a new token.`,
    { retryable: true },
  );
}
