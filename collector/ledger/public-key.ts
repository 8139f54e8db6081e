import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { importPublicKey } from '../../shared/signing.ts';

/** SHA-256 of the key in DER, hex; `openssl pkey -pubin -outform der | sha256sum` says the same. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** As `pantau-collector ledger key` prints it, for people, OpenSSL and `pantau-collector verify` alike. */
export function publicKeyText(publicKey: KeyObject): string {
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
  return [
    publicKey.export({ type: 'spki', format: 'pem' }).toString().trimEnd(),
    `Base64: ${raw.toString('base64')}`,
    `SHA-256: ${fingerprintOf(publicKey)}`,
    '',
  ].join('\n');
}

const pem = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]{1,200}-----END PUBLIC KEY-----/;
const base64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Takes what `publicKeyText` gives, a PEM, or the 32 bytes in base64. @returns undefined for anything else. */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const found = pem.exec(text)?.[0];
    if (found !== undefined) {
      const key = createPublicKey(found);
      return key.asymmetricKeyType === 'ed25519' ? key : undefined;
    }
    const raw = text.trim();
    return base64.test(raw) ? importPublicKey(Buffer.from(raw, 'base64').toString('base64url')) : undefined;
  } catch {
    return undefined;
  }
}
