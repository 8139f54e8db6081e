import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showPath, toPath } from './byte-path.ts';

describe('byte paths', () => {
  it('give back any bytes, and text as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const path = toPath(Buffer.from(bytes).toString('latin1'));
        expect(Buffer.from(path as string)).toEqual(Buffer.from(bytes));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(showPath(Buffer.from(text).toString('latin1'))).toBe(text);
      }),
    );
  });

  it('need no Buffer for ASCII', () => {
    expect(toPath('/var/backups/db.sql')).toBe('/var/backups/db.sql');
    expect(toPath('/\xff')).toEqual(Buffer.from([0x2f, 0xff]));
    expect(showPath('/\xff')).toBe('/\uFFFD');
  });
});
