import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder } from './list-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'list-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const namesOf = async (maxCount = 100) => (await listFolder(folder, maxCount))?.map(({ name }) => name).sort();

describe('listFolder', () => {
  it('says the same at the first and at later listings', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), '');
    mkdirSync(join(folder, 'sub'));
    const first = await listFolder(folder, 100);
    const later = await listFolder(folder, 100);

    const expected = [
      ['sub', true],
      ['\xff', false],
    ];
    for (const entries of [first, later]) {
      expect(entries?.map((entry) => [entry.name, entry.isDirectory()]).sort()).toEqual(expected);
    }
    writeFileSync(join(folder, 'new'), '');
    expect(await namesOf()).toEqual(['new', 'sub', '\xff']);
  });

  it('gives up at more entries than allowed, at the first and at later listings', async () => {
    writeFileSync(join(folder, 'a'), '');
    expect(await namesOf(1)).toEqual(['a']);
    writeFileSync(join(folder, 'b'), '');
    expect(await namesOf(1)).toBeUndefined();
    expect(await namesOf(2)).toEqual(['a', 'b']);
    expect(await namesOf(0)).toBeUndefined();
  });

  it('says when a folder that it knew is gone', async () => {
    expect(await namesOf()).toEqual([]);
    rmSync(folder, { recursive: true });
    await expect(listFolder(folder, 100)).rejects.toThrow('ENOENT');
  });
});
