import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { isReadableByAll, readSecretFile, readTrustedFile } from './private-files.ts';

const setting = 'source.passwordFile';
function file(content: string | Buffer, mode = 0o600): string {
  const path = join(temporaryFolder(), 'secret');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

describe('a secret file', () => {
  it.each([
    ['rahasia', 'rahasia'],
    ['rahasia\n', 'rahasia'],
    ['rahasia\r\n', 'rahasia'],
    ['rahasia \n\n', 'rahasia \n'],
  ])('holding %j gives %j', async (content, expected) => {
    expect(await readSecretFile(file(content), setting)).toBe(expected);
  });

  it.each([
    { name: 'nothing', make: () => file('\n'), problem: 'is empty' },
    { name: 'a zero byte', make: () => file('a\0b'), problem: 'holds a zero byte' },
    { name: 'too much', make: () => file(Buffer.alloc(70_000, 'x')), problem: 'is too large' },
    { name: 'a folder', make: () => temporaryFolder(), problem: 'is not a file' },
    { name: 'no path', make: () => join(file('x'), 'below'), problem: 'does not exist' },
    { name: 'nowhere', make: () => join(temporaryFolder(), 'gone'), problem: 'does not exist' },
  ])('that is or holds $name is named with the remedy', async ({ make, problem }) => {
    const path = make();
    await expect(readSecretFile(path, setting)).rejects.toMatchObject({
      code: 'secret-file-unreadable',
      message: `${setting} ${path} ${problem}`,
      remedy: expect.stringMatching(/.{10}/),
    });
  });

  it.skipIf(!needs({ linux: true, tools: ['mkfifo'] }).ok)('that is a pipe holds nobody up', async () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(readSecretFile(path, setting)).rejects.toThrow('is not a file');
  });

  it.skipIf(process.platform === 'win32')('tells when everybody may read it', async () => {
    expect(await isReadableByAll(file('x', 0o604))).toBe(true);
    expect(await isReadableByAll(file('x', 0o640))).toBe(false);
    expect(await isReadableByAll('/nowhere/at/all')).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a file that decides what a tool does', () => {
  it.each([0o600, 0o644, 0o444])('counts with the mode %o', async (mode) => {
    expect(await readTrustedFile(file('x', mode), setting)).toBe('x');
  });

  it.each([0o620, 0o602, 0o666])('does not count with the mode %o', async (mode) => {
    const path = file('x', mode);
    await expect(readTrustedFile(path, setting)).rejects.toMatchObject({
      code: 'secret-file-unsafe',
      message: `${setting} ${path} is not followed: others may change it`,
      remedy: `run "chmod go-w ${path}"`,
    });
  });

  it.skipIf(!needs({ root: true }).ok)(
    'does not count when it is just anybody’s, also behind a link or a way round',
    async () => {
      const path = file('x');
      chownSync(path, 65_534, 65_534);
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'etc'));
      symlinkSync(path, join(folder, 'etc', 'link'));
      for (const way of [path, join(folder, 'etc', 'link'), `/etc/..${path}`]) {
        await expect(readTrustedFile(way, setting)).rejects.toMatchObject({
          code: 'secret-file-unsafe',
          message: `${setting} ${way} is not followed: it belongs to user 65534`,
        });
      }
    },
  );
});
