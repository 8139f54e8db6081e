import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNewestFile } from './find-newest-file.ts';
import type { FileVersion } from './hash-cache.ts';

const ever = () => true;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newest-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file whose modification time is so many seconds after an arbitrary beginning. */
function file(path: string, atSeconds: number, content = path): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  utimesSync(join(folder, path), 1_700_000_000 + atSeconds, 1_700_000_000 + atSeconds);
}
const newest = async (pattern: string, isSettled: (file: FileVersion) => boolean = ever) => {
  const found = await findNewestFile(`${folder}/${pattern}`, isSettled);
  return found === undefined ? undefined : found.path.slice(folder.length + 1);
};

describe('findNewestFile', () => {
  it('finds the newest of the files that match', async () => {
    file('a.sql', 1);
    file('b.sql', 3, 'four');
    file('c.sql', 2);
    file('d.txt', 9);
    expect(await findNewestFile(`${folder}/*.sql`, ever)).toEqual({
      path: `${folder}/b.sql`,
      sizeBytes: 4,
      modifiedAtNs: 1_700_000_003_000_000_000n,
    });
  });

  it('looks through folders as the pattern says', async () => {
    file('2026/10/x.sql', 1);
    file('2026/11/x.sql', 2);
    file('2026/11/deep/x.sql', 3);
    file('x.sql', 0);
    file('.hidden/x.sql', 9);
    expect(await newest('*/*/*.sql')).toBe('2026/11/x.sql');
    expect(await newest('*/10/x.sql')).toBe('2026/10/x.sql');
    expect(await newest('**/*.sql')).toBe('2026/11/deep/x.sql');
    expect(await newest('**/11/*.sql')).toBe('2026/11/x.sql');
    expect(await newest('**')).toBe('2026/11/deep/x.sql');
    expect(await newest('**/**/deep/**/x.sql')).toBe('2026/11/deep/x.sql');
    expect(await newest('{x,y}.sql')).toBe('x.sql');
    expect(await newest('x.sql')).toBe('x.sql');
    expect(await newest('.hidden/*')).toBe('.hidden/x.sql');
    expect(await newest('**/y.sql')).toBeUndefined();
  });

  it('takes the later name of two files of the same instant', async () => {
    file('db-1.sql', 5);
    file('db-2.sql', 5);
    expect(await newest('*')).toBe('db-2.sql');
  });

  it('leaves out a file that has not settled, folders and links', async () => {
    file('old.sql', 1);
    file('fresh.sql', 60);
    mkdirSync(join(folder, 'folder.sql'));
    symlinkSync(join(folder, 'fresh.sql'), join(folder, 'link.sql'));
    expect(await newest('*.sql', ({ path }) => !path.endsWith('/fresh.sql'))).toBe('old.sql');
    expect(await newest('l*.sql')).toBeUndefined();
  });

  it('follows no link to a folder, outwards or in a circle, except in the fixed beginning', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      writeFileSync(join(outside, 'secret.sql'), 'x');
      file('in/a.sql', 1);
      symlinkSync(outside, join(folder, 'in/out'));
      symlinkSync(folder, join(folder, 'in/circle'));
      expect(await newest('in/**/*.sql')).toBe('in/a.sql');
      expect(await newest('*/*/*.sql')).toBeUndefined();
      expect(await newest('*/out/secret.sql')).toBeUndefined();
      expect(await newest('in/out/*.sql')).toBe('in/out/secret.sql');
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('finds files whose names are not UTF-8', async () => {
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xe9]), Buffer.from('.sql')]);
    writeFileSync(name, 'x');
    expect(basename((await findNewestFile(`${folder}/*.sql`, ever))?.path ?? '')).toBe('\xff\xe9.sql');
  });

  it.skipIf(process.platform === 'win32')('finds files whose names hold anything else', async () => {
    file('naïve é [1]\n.sql', 1);
    const found = await findNewestFile(`${folder}/naïve*.sql`, ever);
    expect(Buffer.from(found?.path ?? '', 'latin1').toString('utf8')).toBe(`${folder}/naïve é [1]\n.sql`);
  });

  it('names the folder that is not there, and what to do', async () => {
    await expect(newest('none/*.sql')).rejects.toMatchObject({
      code: 'folder-unreadable',
      message: `${folder}/none does not exist; create it, mount it, or correct the path of the dataset`,
    });
    await expect(newest('none/x.sql')).rejects.toMatchObject({ code: 'folder-unreadable' });
    file('a.sql', 1);
    await expect(newest('a.sql/*.sql')).rejects.toThrow(`${folder}/a.sql is not a folder`);
  });

  it('stops at too many entries', async () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index <= 20_000; index++) writeFileSync(join(folder, `many/${index}`), '');
    await expect(newest('many/*.sql')).rejects.toMatchObject({
      code: 'too-many-files',
      message: `too-many-files: more than 20000 entries up to ${folder}/many; make the path of the dataset narrower`,
    });
  });
});
