import { createHash, type X509Certificate } from 'node:crypto';
import type { ProbeCertificate } from '../../../shared/probe-schema.ts';
import { cleanText } from '../../sensors/clean-text.ts';

/** Longer chains are not shown by anybody who means well. */
const maxChainLength = 16;
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59);

const trusts: Record<string, string> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  CERT_REVOKED: 'revoked',
};

/** @param problem code of the first thing that the check of the chain and the name found; undefined when nothing. */
export function certificateFacts(certificate: X509Certificate, problem: string | undefined): ProbeCertificate {
  return {
    notAfter: new Date(earliestEndMs(certificate)).toISOString(),
    subject: nameOf(certificate.subject ?? certificate.subjectAltName),
    issuer: nameOf(certificate.issuer),
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    trust: problem === undefined ? 'trusted' : (trusts[problem] ?? 'untrusted'),
  };
}

function earliestEndMs(certificate: X509Certificate): number {
  let earliestMs = latestMs;
  let one: X509Certificate | undefined = certificate;
  for (let depth = 0; one !== undefined && depth < maxChainLength; depth++) {
    const endMs = one.validToDate.getTime();
    if (endMs < earliestMs) earliestMs = endMs;
    one = one.issuerCertificate;
  }
  return Math.max(0, earliestMs);
}

/** A distinguished name comes with one part a line. */
function nameOf(text: string | undefined): string {
  return cleanText((text ?? '').replaceAll('\n', ', '), 256) ?? '?';
}
