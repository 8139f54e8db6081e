import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface KeyFile {
  kdf: 'scrypt';
  N: number;
  r: number;
  p: number;
  salt: string;
  data: string;
}

/**
 * Makes opening a test's repository cheap. Restic spends half a second on deriving a key from the password, on purpose,
 * and a test opens its repository many times; here the master key is wrapped again with next to no derivation. Source
 * of the format: "Keys, Encryption and MAC" in restic's design document.
 */
export function cheapenKey(repository: string, password: string): void {
  const folder = join(repository, 'keys');
  const [name = ''] = readdirSync(folder);
  const key = JSON.parse(readFileSync(join(folder, name), 'utf8')) as KeyFile;
  const master = open(key, password);
  const cheap: KeyFile = { ...key, N: 2, r: 1, p: 1, salt: randomBytes(64).toString('base64'), data: '' };
  const content = JSON.stringify({ ...cheap, data: seal(cheap, password, master) });
  // Like every file of a repository, a key bears the name of its own hash.
  const path = join(folder, createHash('sha256').update(content).digest('hex'));
  writeFileSync(path, content);
  chmodSync(path, 0o400);
  rmSync(join(folder, name));
}

function derive({ N, r, p, salt }: KeyFile, password: string): { encrypt: Buffer; macKey: Buffer; macR: Buffer } {
  const bytes = scryptSync(password, Buffer.from(salt, 'base64'), 64, { N, r, p, maxmem: 256 * 1024 * 1024 });
  return { encrypt: bytes.subarray(0, 32), macKey: bytes.subarray(32, 48), macR: bytes.subarray(48, 64) };
}

function open(key: KeyFile, password: string): Buffer {
  const data = Buffer.from(key.data, 'base64');
  const decipher = createDecipheriv('aes-256-ctr', derive(key, password).encrypt, data.subarray(0, 16));
  return decipher.update(data.subarray(16, -16));
}

function seal(key: KeyFile, password: string, plain: Buffer): string {
  const { encrypt, macKey, macR } = derive(key, password);
  const nonce = randomBytes(16);
  const text = createCipheriv('aes-256-ctr', encrypt, nonce).update(plain);
  const padded = createCipheriv('aes-128-ecb', macKey, null).update(nonce);
  return Buffer.concat([nonce, text, poly1305(text, macR, padded)]).toString('base64');
}

/** Poly1305 (RFC 8439, section 2.5) with its two halves of the key apart, as Poly1305-AES has them. */
function poly1305(message: Buffer, r: Buffer, s: Buffer): Buffer {
  const little = (bytes: Buffer) => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);
  const factor = little(r) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  const prime = (1n << 130n) - 5n;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = Buffer.concat([message.subarray(at, at + 16), Buffer.from([1])]);
    sum = ((sum + little(block)) * factor) % prime;
  }
  const tag = (sum + little(s)) & ((1n << 128n) - 1n);
  return Buffer.from(Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').toReversed());
}
