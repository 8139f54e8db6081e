import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { chooseBase, possibleBases } from './work-base.ts';

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };

describe.skipIf(process.platform === 'win32')('the place of restore tests', () => {
  it("is a private folder in the agent's own, unless somebody chose another", () => {
    const folder = temporaryFolder();
    expect(chooseBase(folder, undefined, {})).toBe(join(folder, 'restore-work'));
    expect(statSync(join(folder, 'restore-work')).mode & 0o777).toBe(0o700);
    const other = temporaryFolder();
    expect(chooseBase(folder, other, {})).toBe(other);
    expect(possibleBases(folder, other)).toEqual([join(folder, 'restore-work'), '/var/tmp', other]);
  });

  it('is not a place that is not there or no folder', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const choose = (name: string) => () => chooseBase(folder, join(folder, name), {});
    expect(choose('none')).toThrow(expect.objectContaining({ code: 'work-folder-unusable' }));
    expect(choose('none')).toThrow(/cannot be used for restore tests: ENOENT.*Name another folder with --folder\.$/);
    expect(choose('file')).toThrow('it is not a folder');
  });

  it('is elsewhere when the name of a socket would not fit', () => {
    const folder = join(temporaryFolder(), 'x'.repeat(100));
    mkdirSync(folder);
    expect(chooseBase(folder, undefined, { forSocket: true })).toBe('/var/tmp');
    expect(() => chooseBase(folder, folder, { forSocket: true })).toThrow(/leaves no room for a server's socket/);
  });

  it.skipIf(!isRoot)('is elsewhere when the user of a server could not reach it', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    expect(chooseBase(folder, undefined, { user: nobody })).toBe('/var/tmp');
    expect(() => chooseBase(folder, folder, { user: nobody })).toThrow(`user 65534 may not enter ${folder}`);
  });

  it.skipIf(!isRoot)('is never one that others could exchange under the hands of root', () => {
    const folder = temporaryFolder();
    chownSync(folder, nobody.uid, nobody.gid);
    expect(chooseBase(folder, undefined, {})).toBe('/var/tmp');
    expect(() => chooseBase(folder, folder, {})).toThrow(`others than root may change ${folder}`);
    expect(possibleBases(folder, folder)).toEqual(['/var/tmp']);
    const shared = temporaryFolder();
    chmodSync(shared, 0o777);
    expect(() => chooseBase(folder, shared, {})).toThrow(`others than root may change ${shared}`);
    const link = join(temporaryFolder(), 'link');
    symlinkSync(shared, link);
    expect(() => chooseBase(folder, link, {})).toThrow(`others than root may change ${shared}`);
  });
});
