import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { fingerprintOf } from './pinned-tls.ts';

export interface TestCertificate {
  key: string;
  cert: string;
  fingerprint: string;
}

/** A new self-signed certificate, PEM, as a collector makes one for itself. */
export async function createCertificate(): Promise<TestCertificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=pantau', keys, signingAlgorithm: algorithm, notAfter: new Date('2045-01-01T00:00:00Z') },
    webcrypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const cert = certificate.toString('pem');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${key.replaceAll(/.{64}/g, '$&\n').trim()}\n-----END PRIVATE KEY-----\n`,
    cert,
    fingerprint: fingerprintOf(new X509Certificate(cert).raw),
  };
}
