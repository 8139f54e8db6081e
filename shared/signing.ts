import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/**
 * Ed25519 (RFC 8032) over a purpose and the bytes exactly as they travel. The purpose keeps a signature made for one
 * thing from being taken for another.
 */
export type SigningPurpose =
  | 'report'
  | 'enrolment'
  | 'configuration'
  | 'configuration-request'
  | 'ledger-checkpoint'
  | 'ledger-header'
  | 'ledger-closing';

const prefixes: Record<SigningPurpose, Buffer> = {
  report: Buffer.from('pantau/report/1\0'),
  enrolment: Buffer.from('pantau/enrolment/1\0'),
  configuration: Buffer.from('pantau/configuration/1\0'),
  'configuration-request': Buffer.from('pantau/configuration-request/1\0'),
  'ledger-checkpoint': Buffer.from('pantau/ledger-checkpoint/1\0'),
  'ledger-header': Buffer.from('pantau/ledger-header/1\0'),
  'ledger-closing': Buffer.from('pantau/ledger-closing/1\0'),
};

/** @returns the signature in base64url, 86 characters. */
export function signBytes(purpose: SigningPurpose, bytes: Uint8Array, privateKey: KeyObject): string {
  return sign(null, Buffer.concat([prefixes[purpose], bytes]), privateKey).toString('base64url');
}

export function verifyBytes(
  purpose: SigningPurpose,
  bytes: Uint8Array,
  publicKey: KeyObject,
  signature: string | undefined,
): boolean {
  if (signature?.length !== 86) return false;
  const raw = Buffer.from(signature, 'base64url');
  return raw.length === 64 && verify(null, Buffer.concat([prefixes[purpose], bytes]), publicKey, raw);
}

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export function createKeyPair(): KeyPair {
  return generateKeyPairSync('ed25519');
}

/** The 32 raw bytes of an Ed25519 public key in base64url, as it stands on the wire and in the store. */
export function exportPublicKey(publicKey: KeyObject): string {
  return String(publicKey.export({ format: 'jwk' }).x);
}

/** @throws when the text is not 32 bytes of base64url. */
export function importPublicKey(text: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });
}

export function exportPrivateKey(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function importKeyPair(privateKeyPem: string): KeyPair {
  const privateKey = createPrivateKey(privateKeyPem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** An agent's id: the first 80 bits of its public key's SHA-256 in lower-case base32 (RFC 4648), 16 characters. */
export function agentIdOf(publicKeyText: string): string {
  const digest = createHash('sha256').update(publicKeyText).digest();
  let bits = '';
  for (const byte of digest.subarray(0, 10)) bits += byte.toString(2).padStart(8, '0');
  let id = '';
  for (let at = 0; at < 80; at += 5) id += base32Alphabet.charAt(Number.parseInt(bits.slice(at, at + 5), 2));
  return id;
}
