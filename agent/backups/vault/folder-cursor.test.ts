import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, readdirSync, readSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { FolderCursor } from './folder-cursor.ts';

const linux = needs({ linux: true, tools: ['mkfifo'] });

function cursorIn(root: string): FolderCursor {
  const cursor = new FolderCursor(root);
  onTestFinished(() => cursor.close());
  return cursor;
}
const names = (cursor: FolderCursor) => cursor.list(100)?.map(({ name }) => name);
const openFileCount = () => readdirSync('/proc/self/fd').length;

describe('a cursor', () => {
  it('goes down and up, and leaves the process where it was', () => {
    const home = process.cwd();
    const root = temporaryFolder();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    writeFileSync(join(root, 'a/b/file'), 'halo');
    const cursor = cursorIn(root);
    cursor.enter('a');
    cursor.enter('b');
    expect([cursor.depth, names(cursor), cursor.look('file')?.size]).toEqual([2, ['file'], 4]);
    const file = cursor.open('file');
    const bytes = Buffer.alloc(4);
    readSync(file, bytes);
    closeSync(file);
    expect(bytes.toString()).toBe('halo');
    cursor.leave();
    expect([cursor.depth, names(cursor)]).toEqual([1, ['b']]);
    cursor.close();
    expect(process.cwd()).toBe(home);
  });

  it('follows a link at the root, and none below it', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'real/inner'), { recursive: true });
    symlinkSync('real', join(root, 'link'));
    symlinkSync('/etc', join(root, 'real/out'));
    symlinkSync('inner', join(root, 'real/in'));
    symlinkSync('/etc/passwd', join(root, 'real/file'));
    const cursor = cursorIn(join(root, 'link'));
    expect(names(cursor)).toContain('inner');
    for (const name of ['out', 'in']) expect(() => cursor.enter(name)).toThrow(/ENOTDIR|ELOOP|not a folder/);
    expect(() => cursor.open('file')).toThrow('ELOOP');
    expect(cursor.look('out')?.isSymbolicLink()).toBe(true);
    expect(cursor.depth).toBe(0);
  });

  it('stays in its folder when somebody puts a link in its place', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a/inner'), { recursive: true });
    writeFileSync(join(root, 'a/mine'), '');
    const cursor = cursorIn(root);
    cursor.enter('a');
    renameSync(join(root, 'a'), join(root, 'moved'));
    symlinkSync('/etc', join(root, 'a'));
    expect(names(cursor)?.toSorted()).toEqual(['inner', 'mine']);
    expect(cursor.look('passwd')).toBeUndefined();
    cursor.enter('inner');
    cursor.leave();
    expect(names(cursor)?.toSorted()).toEqual(['inner', 'mine']);
  });

  it('says what is missing', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), '');
    expect(() => new FolderCursor(join(root, 'none'))).toThrow('ENOENT');
    expect(() => new FolderCursor(join(root, 'file'))).toThrow(/ENOTDIR|not a folder/);
    const cursor = cursorIn(root);
    expect(() => cursor.enter('none')).toThrow('ENOENT');
    expect(cursor.look('none')).toBeUndefined();
    rmSync(join(root, 'file'));
    expect(() => cursor.open('file')).toThrow('ENOENT');
  });

  it('lists no more than it may', () => {
    const root = temporaryFolder();
    for (let number = 0; number < 10; number++) writeFileSync(join(root, `${number}`), '');
    const cursor = cursorIn(root);
    expect(cursor.list(10)).toHaveLength(10);
    expect(cursor.list(9)).toBeUndefined();
  });

  it.skipIf(!linux.ok)(`hangs at no pipe, and leaves nothing open ${linux.reason}`, () => {
    const root = temporaryFolder();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const before = openFileCount();
    const cursor = new FolderCursor(root);
    closeSync(cursor.open('pipe'));
    for (const name of ['none', 'pipe']) expect(() => cursor.enter(name)).toThrow(/ENOENT|ENOTDIR/);
    mkdirSync(join(root, 'x/y'), { recursive: true });
    cursor.enter('x');
    cursor.enter('y');
    cursor.close();
    expect(openFileCount()).toBe(before);
  });

  it('takes names that are no text', () => {
    const root = temporaryFolder();
    const name = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x0a, 0xe9])]);
    mkdirSync(name);
    const cursor = cursorIn(root);
    expect(names(cursor)).toEqual(['\xff\n\xe9']);
    cursor.enter('\xff\n\xe9');
    expect([cursor.depth, names(cursor)]).toEqual([1, []]);
    expect(tmpdir()).not.toBe('');
  });
});
