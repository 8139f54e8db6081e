import 'reflect-metadata';
import { webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  BasicConstraintsExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface IssueOptions {
  name: string;
  /** Host names and addresses that it is for. */
  hosts?: string[];
  notBefore?: Date;
  notAfter?: Date;
  isAuthority?: boolean;
  /** Who signs; the certificate itself unless told. */
  by?: Issued;
}

export interface Issued {
  /** PEM. */
  key: string;
  cert: string;
  /** SHA-256, hex. */
  fingerprint: string;
  keys: webcrypto.CryptoKeyPair;
  parsed: X509Certificate;
}

const dayMs = 86_400_000;
export const inDays = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * dayMs);

/** A real certificate, for tests only. */
export async function issue(options: IssueOptions): Promise<Issued> {
  const { name, hosts = [], notBefore = inDays(-30), notAfter = inDays(30), isAuthority = false, by } = options;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const extensions: Extension[] = [new BasicConstraintsExtension(isAuthority, undefined, true)];
  if (hosts.length > 0) {
    const entries = hosts.map((value) => ({
      type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
      value,
    }));
    extensions.push(new SubjectAlternativeNameExtension(entries));
  }
  const parsed = await X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: by?.parsed.subject ?? `CN=${name}`,
      publicKey: keys.publicKey,
      signingKey: by?.keys.privateKey ?? keys.privateKey,
      signingAlgorithm: algorithm,
      notBefore,
      notAfter,
      extensions,
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const cert = parsed.toString('pem');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}/g, '$&\n').trim()}\n-----END PRIVATE KEY-----\n`,
    cert,
    fingerprint: new NodeCertificate(cert).fingerprint256.replaceAll(':', '').toLowerCase(),
    keys,
    parsed,
  };
}

/** Must come before the first probe that speaks TLS, which reads the authorities. */
export function trustInThisProcess(cert: string): void {
  setDefaultCACertificates([...getCACertificates('default'), cert]);
}
