import { describe, expect, it } from 'vitest';
import { parseZipLine } from './zip-listing.ts';

describe('a line of a zip listing', () => {
  it.each([
    [
      '-rw-r--r--  3.0 unx        6 tx        6 stor 26-Nov-25 21:59 d/a b.txt',
      { path: 'd/a b.txt', sizeBytes: 6, isFile: true },
    ],
    ['drwxr-xr-x  3.0 unx        0 bx        0 stor 26-Nov-25 21:59 d/', { path: 'd/', sizeBytes: 0, isFile: false }],
    [
      'lrwxrwxrwx  3.0 unx       11 bx       11 stor 26-Nov-25 21:59 d/ln',
      { path: 'd/ln', sizeBytes: 0, isFile: false },
    ],
    [
      '-rw-a--     2.0 fat  1234567 b-   700000 defN 09-Jan-01 08:00 DATA.MDB',
      { path: 'DATA.MDB', sizeBytes: 1_234_567, isFile: true },
    ],
    [
      '-rw-a--     4.5 ntf 5000000000 bx 4000000000 defX 26-Nov-25 21:59 x^Jy',
      { path: 'x^Jy', sizeBytes: 5e9, isFile: true },
    ],
  ])('%s', (line, entry) => {
    expect(parseZipLine(line)).toEqual(entry);
  });

  it.each([
    '',
    'Archive:  /dev/stdin',
    'Zip file size: 1026 bytes, number of entries: 7',
    '7 files, 26 bytes uncompressed, 26 bytes compressed:  0.0%',
  ])('is not %j', (line) => {
    expect(parseZipLine(line)).toBeUndefined();
  });
});
