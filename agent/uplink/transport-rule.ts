import { AppError } from '../../shared/errors.ts';

export interface Transport {
  /** Base URL of the collector. */
  url: string;
  /** SHA-256 of the certificate that it must show, lower-case hex. */
  fingerprint?: string | undefined;
  allowPlainHttp: boolean;
}

/**
 * Reports never leave the machine unencrypted unless somebody said so in words, and never to a certificate that
 * nobody named.
 * @throws AppError `plain-http-refused` or `fingerprint-missing`.
 */
export function checkTransport({ url, fingerprint, allowPlainHttp }: Transport): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') {
    if (fingerprint !== undefined) return;
    throw new AppError(
      'fingerprint-missing',
      `No certificate fingerprint is known for ${url}. Enrol with a new token.`,
    );
  }
  if (protocol === 'http:' && (allowPlainHttp || isLoopback(hostname))) return;
  throw new AppError(
    'plain-http-refused',
    `The collector ${url} does not encrypt. Give it TLS, or accept that others on the network can read along with --allow-plain-http.`,
  );
}

/** @param hostname as URL gives it, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
