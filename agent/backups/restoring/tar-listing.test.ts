import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { parseTarLine, tarListArgs, unescapeName } from './tar-listing.ts';

const tools = needs({ linux: true, tools: ['tar'] });

describe('a line of a tar listing', () => {
  it.each([
    ['-rw-r--r-- 0/0               6 2026-11-25 21:59 d/a b.txt', { path: 'd/a b.txt', sizeBytes: 6, isFile: true }],
    ['-rw-r--r-- 0/0               1 2026-11-25 21:59 d/-> z', { path: 'd/-> z', sizeBytes: 1, isFile: true }],
    [
      '-rw-r--r-- 0/0               1 2026-11-25 21:59 d/x link to y',
      { path: 'd/x link to y', sizeBytes: 1, isFile: true },
    ],
    [
      'lrwxrwxrwx 0/0               0 2026-11-25 21:59 d/ln -> /etc/passwd',
      { path: 'd/ln', sizeBytes: 0, isFile: false },
    ],
    ['hrw-r--r-- 0/0               0 2026-11-25 21:59 d/h link to d/a', { path: 'd/h', sizeBytes: 0, isFile: true }],
    ['drwxr-xr-x 0/0               0 2026-11-25 21:59 d/', { path: 'd/', sizeBytes: 0, isFile: false }],
    ['crw-rw-rw- 0/0             1,3 2026-11-25 21:59 null', { path: 'null', sizeBytes: 0, isFile: false }],
    ['-rw-r--r--+ 1000/1000 12345678901 2026-11-25 21:59:07 x', { path: 'x', sizeBytes: 12_345_678_901, isFile: true }],
  ])('%s', (line, entry) => {
    expect(parseTarLine(line)).toEqual(entry);
  });

  it.each(['', 'tar: x', '-rw-r--r-- 0/0 x 2026-11-25 21:59 d', 'total 5'])('is not %j', (line) => {
    expect(parseTarLine(line)).toBeUndefined();
  });

  it('has the escapes of tar', () => {
    expect(unescapeName(String.raw`a\nb\\n\303\251\t\177`)).toBe('a\nb\\n\u00c3\u00a9\t\u007f');
  });

  it.skipIf(!tools.ok)(`is understood whatever the names are ${tools.reason}`, () => {
    const byte = fc.integer({ min: 1, max: 255 }).filter((each) => each !== 0x2f);
    const name = fc.array(byte, { minLength: 1, maxLength: 40 }).filter((bytes) => bytes[0] !== 0x2e);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8, selector: String }), (names) => {
        const folder = temporaryFolder();
        mkdirSync(join(folder, 'in'));
        const latin1 = names.map((bytes) => Buffer.from(bytes).toString('latin1'));
        for (const each of latin1) writeFileSync(Buffer.from(`${folder}/in/${each}`, 'latin1'), 'xy');
        symlinkSync('x', join(folder, 'in/.link'));
        execFileSync('tar', ['cf', join(folder, 'a.tar'), '-C', join(folder, 'in'), '.']);
        const input = execFileSync('cat', [join(folder, 'a.tar')]);
        const listed = execFileSync('tar', tarListArgs, {
          input,
          env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
        });
        const entries = listed.toString('latin1').replace(/\n$/, '').split('\n').map(parseTarLine);
        const files = entries.filter((entry) => entry?.isFile).map((entry) => entry?.path.slice(2));
        expect(new Set(files)).toEqual(new Set(latin1));
        expect([files.length, entries.length]).toEqual([names.length, names.length + 2]);
      }),
      { numRuns: 30 },
    );
  });
});
