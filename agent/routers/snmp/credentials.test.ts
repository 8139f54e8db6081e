import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { credentialsPathOf, readCredential } from './credentials.ts';

const community = { version: '2c', community: 'r4hasia' };
const user = {
  version: '3',
  user: 'pantau',
  authProtocol: 'sha256',
  authKey: 'kunci-otentikasi',
  privProtocol: 'aes',
  privKey: 'kunci-privasi',
};

function folderWith(content: unknown, mode = 0o600): string {
  const folder = temporaryFolder();
  const path = credentialsPathOf(folder);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return folder;
}

describe('snmp.json', () => {
  it('gives the entry that is asked for', () => {
    const folder = folderWith({ lama: community, baru: user });

    expect(readCredential(folder, 'lama')).toEqual(community);
    expect(readCredential(folder, 'baru')).toEqual(user);
  });

  it('counts anew as soon as it is changed', () => {
    const folder = folderWith({ c: community });
    readCredential(folder, 'c');
    writeFileSync(credentialsPathOf(folder), JSON.stringify({ c: { ...community, community: 'baru' } }));

    expect(readCredential(folder, 'c')).toMatchObject({ community: 'baru' });
  });

  it.each([0o644, 0o640, 0o604, 0o660])('is not used while others may read it (mode %o)', (mode) => {
    const folder = folderWith({ c: community }, mode);

    expect(() => readCredential(folder, 'c')).toThrow(
      expect.objectContaining({
        reason: 'credentials-open-to-others',
        message: expect.stringContaining(`mode ${mode.toString(8)}`) as string,
      }),
    );
  });

  it('says when it is missing, or the entry in it', () => {
    expect(() => readCredential(temporaryFolder(), 'c')).toThrow(
      expect.objectContaining({ reason: 'no-such-credential' }),
    );
    for (const name of ['d', '__proto__', 'constructor', 'to-string']) {
      expect(() => readCredential(folderWith({ c: community }), name)).toThrow(
        expect.objectContaining({ reason: 'no-such-credential' }),
      );
    }
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{"c": r4hasia', 'it is not JSON'],
    ['a list', [community], 'it is not an object of entries'],
    ['too much', ' '.repeat(300_000), 'it is larger than'],
    ['an entry that is a text', { c: 'r4hasia' }, '/c: is not an object'],
    ['another version', { c: { ...community, version: '1' } }, '/c/version: is neither "2c" nor "3"'],
    ['no community', { c: { version: '2c' } }, '/c/community: is missing'],
    ['an empty community', { c: { version: '2c', community: '' } }, '/c/community: is not a text of 1 to 255'],
    ['a community with a line end', { c: { version: '2c', community: 'a\nb' } }, '/c/community: is not a text'],
    ['a misspelt field', { c: { ...community, comunity: 'x' } }, '/c/comunity: is not a known field'],
    ['no encryption', { c: { ...user, privProtocol: undefined } }, '/c/privProtocol: is missing'],
    ['an unknown protocol', { c: { ...user, authProtocol: 'sha3' } }, '/c/authProtocol: is not one of md5, sha'],
    ['a short key', { c: { ...user, authKey: 'r4hasia' } }, '/c/authKey: is shorter than 8'],
    ['a number for a key', { c: { ...user, privKey: 12_345_678 } }, '/c/privKey: is not a text'],
  ])('with %s is refused by name, and no secret is said', (_, content, problem) => {
    const folder = folderWith(content);
    const error = (() => {
      try {
        return readCredential(folder, 'c');
      } catch (thrown) {
        return thrown as Error;
      }
    })();

    expect(error).toMatchObject({ reason: 'credentials-damaged', message: expect.stringContaining(problem) as string });
    expect((error as Error).message).not.toMatch(/r4hasia|kunci/);
  });
});
