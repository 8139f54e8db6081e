// The library looks for this polyfill while it loads.
import 'reflect-metadata';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const dayMs = 86_400_000;
/** Agents trust the fingerprint, so nothing is gained by a renewal that would lock them out. */
const validDayCount = 3653;

export interface SelfSignedRequest {
  /** DNS names and IP addresses for the subject alternative names. */
  hostNames: readonly string[];
  nowMs: number;
}

export interface SelfSigned {
  certificatePem: string;
  keyPem: string;
}

/** A certificate for the server itself: ECDSA P-256, valid from yesterday (clocks differ) for ten years. */
export async function createSelfSigned({ hostNames, nowMs }: SelfSignedRequest): Promise<SelfSigned> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names = [...new Set(['localhost', '127.0.0.1', '::1', ...hostNames])];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Pantau collector',
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + validDayCount * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
    ],
  });
  return {
    certificatePem: `${certificate.toString('pem').trim()}\n`,
    keyPem: `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY').trim()}\n`,
  };
}
