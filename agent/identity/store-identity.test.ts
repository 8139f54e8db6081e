import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { agentIdOf, createKeyPair, exportPublicKey, signBytes, verifyBytes } from '../../shared/signing.ts';
import type { Identity } from './identity.ts';
import { loadIdentity, prepareKeyPair, saveIdentity } from './store-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'identity.json');
function someIdentity(): Identity {
  const pair = createKeyPair();
  return {
    agent: agentIdOf(exportPublicKey(pair.publicKey)),
    ...pair,
    collectorUrl: 'https://10.20.0.5:8420',
    fingerprint: 'ab'.repeat(32),
    collectorPublicKey: createKeyPair().publicKey,
    allowPlainHttp: false,
  };
}
const edit = (change: (stored: Record<string, unknown>) => void) => {
  const stored = JSON.parse(readFileSync(path(), 'utf8')) as Record<string, unknown>;
  change(stored);
  writeFileSync(path(), JSON.stringify(stored));
};

describe('identity', () => {
  it('comes back from disk with keys that still sign and verify', () => {
    const identity = someIdentity();
    saveIdentity(folder, identity);
    const loaded = loadIdentity(folder, silentLogger);

    const bytes = Buffer.from('report');
    const signature = signBytes('report', bytes, loaded.privateKey);
    expect(verifyBytes('report', bytes, identity.publicKey, signature)).toBe(true);
    const plain = ({ agent, collectorUrl, fingerprint, allowPlainHttp, collectorPublicKey }: Identity) => [
      agent,
      collectorUrl,
      fingerprint,
      allowPlainHttp,
      exportPublicKey(collectorPublicKey),
    ];
    expect(plain(loaded)).toEqual(plain(identity));
  });

  it('says what to do when there is none', () => {
    expect(() => loadIdentity(folder, silentLogger)).toThrow(
      expect.objectContaining({
        code: 'not-enrolled',
        message: expect.stringContaining('Run "pantau-agent enroll <token>"') as string,
      }),
    );
  });

  it('closes a file that others can read, and warns', () => {
    saveIdentity(folder, someIdentity());
    chmodSync(path(), 0o644);
    const warnings: string[] = [];
    loadIdentity(folder, { ...silentLogger, warn: (message) => void warnings.push(message) });

    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(warnings).toEqual([expect.stringContaining('its mode is now 600')]);
  });

  it.each<[string, (stored: Record<string, unknown>) => void]>([
    ['the field "agent" does not belong to the private key', (stored) => (stored['agent'] = 'a'.repeat(16))],
    ['the field "collectorUrl" is missing', (stored) => delete stored['collectorUrl']],
    ['the field "collectorUrl" is not a URL', (stored) => (stored['collectorUrl'] = 'nonsense')],
    ['the field "fingerprint" is missing', (stored) => (stored['fingerprint'] = 5)],
  ])('refuses a file where %s', (message, change) => {
    saveIdentity(folder, someIdentity());
    edit(change);

    expect(() => loadIdentity(folder, silentLogger)).toThrow(
      expect.objectContaining({ code: 'damaged-identity', message: expect.stringContaining(message) as string }),
    );
  });

  it.each(['', '{', 'null', '[]', '{"privateKey":"x"}'])('refuses a file that holds %j', (content) => {
    writeFileSync(path(), content, { mode: 0o600 });

    expect(() => loadIdentity(folder, silentLogger)).toThrow(expect.objectContaining({ code: 'damaged-identity' }));
  });

  it('keeps the key of an enrolment that did not finish', () => {
    const nested = join(folder, 'new', 'data');
    const first = prepareKeyPair(nested, silentLogger);

    expect(exportPublicKey(prepareKeyPair(nested, silentLogger).publicKey)).toBe(exportPublicKey(first.publicKey));
    expect(statSync(nested).mode & 0o777).toBe(0o700);
    expect(statSync(join(nested, 'enrolment-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('names a data folder that cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');

    expect(() => prepareKeyPair(join(folder, 'file', 'data'), silentLogger)).toThrow(
      expect.objectContaining({ code: 'data-folder-unusable' }),
    );
  });

  it('says so when a folder stands where the key should be', () => {
    mkdirSync(path());

    expect(() => loadIdentity(folder, silentLogger)).toThrow(expect.objectContaining({ code: 'damaged-identity' }));
  });
});
