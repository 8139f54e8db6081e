import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';

export interface Certificate {
  certificatePem: string;
  keyPem: string;
  /** SHA-256 of the certificate's DER bytes, lower-case hex: what an enrolment token carries. */
  fingerprint: string;
}

export interface CertificateRequest {
  dataFolder: string;
  /** Names and addresses under which agents reach the collector; used only when the certificate is made. */
  hostNames: readonly string[];
  clock: Clock;
  /** An own certificate (PEM, chain allowed) and its key; both or neither. */
  certificateFile?: string;
  keyFile?: string;
}

/**
 * The certificate that the collector shows. Without an own one it makes one at the first start, in
 * `<dataFolder>/tls`, and keeps it: agents have its fingerprint, so a new one would lock them all out.
 * @throws AppError `bad-certificate` when files are missing, unreadable or do not belong together.
 */
export async function loadOrCreateCertificate(request: CertificateRequest): Promise<Certificate> {
  const { certificateFile, keyFile } = request;
  if (certificateFile !== undefined && keyFile !== undefined) return readPair(certificateFile, keyFile);
  const folder = join(request.dataFolder, 'tls');
  const own = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  const [hasCertificate, hasKey] = [existsSync(own.certificate), existsSync(own.key)];
  if (hasCertificate && !hasKey) {
    throw bad(`${own.key} is missing beside its certificate; restore it, or remove both and enrol the agents again`);
  }
  if (!hasCertificate) {
    // Only here: the library and what it brings are not needed again after the first start.
    const { createSelfSigned } = await import('./self-signed.ts');
    const made = await createSelfSigned({ hostNames: request.hostNames, nowMs: request.clock.nowMs() });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The certificate last: a crash in between leaves a key without one, which the next start replaces.
    writeFileAtomically(own.key, made.keyPem, 0o600);
    writeFileAtomically(own.certificate, made.certificatePem, 0o644);
    chmodSync(own.certificate, 0o644);
  }
  return readPair(own.certificate, own.key);
}

function readPair(certificateFile: string, keyFile: string): Certificate {
  const certificatePem = readText(certificateFile);
  const keyPem = readText(keyFile);
  const certificate = parse(certificateFile, () => new X509Certificate(certificatePem));
  const key = parse(keyFile, () => createPrivateKey(keyPem));
  if (!certificate.checkPrivateKey(key)) {
    throw bad(`${keyFile} is not the key of ${certificateFile}; name the pair that belongs together`);
  }
  return { certificatePem, keyPem, fingerprint: createHash('sha256').update(certificate.raw).digest('hex') };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw bad(`${file} cannot be read (${messageOf(cause)})`, cause);
  }
}

function parse<Parsed>(file: string, read: () => Parsed): Parsed {
  try {
    return read();
  } catch (cause) {
    throw bad(`${file} holds no PEM that can be used (${messageOf(cause)})`, cause);
  }
}

function bad(reason: string, cause?: unknown): AppError {
  return new AppError('bad-certificate', `The TLS certificate cannot be used: ${reason}.`, { cause });
}
