import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../shared/logger.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { RememberedFile } from './file-record.ts';
import { HashIndex } from './hash-index.ts';

const root = '/vault';
const file = (change: Partial<RememberedFile> = {}): RememberedFile => ({
  sizeBytes: 5,
  modifiedAtMs: 1_790_000_000_123.25,
  inode: 42,
  arrivedAtMs: 1_790_000_001_000,
  checkedAtMs: 1_790_000_002_000,
  isVerified: false,
  digest: Buffer.alloc(32, 0xab).toString('latin1'),
  damage: '',
  announcedAs: '',
  ...change,
});
const strange = 'a/baris\nbaru\\"\u0000\xff\xe9';

function bench() {
  const filePath = join(temporaryFolder(), 'vaults', 'utama.index');
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => 0,
  );
  return { filePath, lines, open: (at = root) => new HashIndex(filePath, at, logger) };
}

describe('what is known of a vault', () => {
  it('is there after a restart, the last word about each path', () => {
    const { open, filePath } = bench();
    const index = open();
    index.write('a', file());
    index.write(strange, file({ damage: 'content-changed', announcedAs: 'file', isVerified: true }));
    index.write('a', file({ sizeBytes: 6 }));
    index.write('gone', file());
    index.forget('gone');
    index.close();
    expect(statSync(filePath).mode & 0o777).toBe(0o600);

    const again = open();
    expect([...again.leftovers()].map(([path]) => path)).toEqual(['a', strange]);
    expect(again.recall('a')).toEqual(file({ sizeBytes: 6 }));
    expect(again.recall('a')).toBeUndefined();
    expect(again.recall(strange)).toEqual(file({ damage: 'content-changed', announcedAs: 'file', isVerified: true }));
    expect(again.recall('gone')).toBeUndefined();
  });

  it('of another root is not taken over', () => {
    const { open } = bench();
    const index = open();
    index.write('a', file());
    index.close();
    expect(open('/other').recall('a')).toBeUndefined();
    expect(open('/other').recall('a')).toBeUndefined();
  });

  it('survives a torn end, and goes on behind it', () => {
    const { open, filePath, lines } = bench();
    const index = open();
    index.write('a', file());
    index.write('b', file());
    index.close();
    truncateSync(filePath, statSync(filePath).size - 10);
    const torn = open();
    torn.write('c', file());
    torn.close();
    const again = open();
    expect([...again.leftovers()].map(([path]) => path)).toEqual(['a', 'c']);
    expect(lines.join('')).toContain('damaged in part');
  });

  it.each(['', 'x', '\n\n', '[]', '{"a":1}\n', '00000000 ["a",1]\n'])(
    'begins anew with the foreign content %j',
    (text) => {
      const { open, filePath } = bench();
      mkdirSync(join(filePath, '..'));
      writeFileSync(filePath, text);
      const index = open();
      expect([...index.leftovers()]).toEqual([]);
      index.write('a', file());
      index.close();
      expect(open().recall('a')).toEqual(file());
    },
  );

  it('is written anew when more than half of it is out of date', () => {
    const { open, filePath } = bench();
    const index = open();
    for (let round = 0; round < 3000; round++) index.write('a', file({ checkedAtMs: round }));
    index.flush();
    const before = statSync(filePath).size;
    index.tidy(1, () => [['a', file()]]);
    index.write('b', file());
    index.close();
    expect(statSync(filePath).size).toBeLessThan(before / 100);
    expect([...open().leftovers()].map(([path]) => path)).toEqual(['a', 'b']);
    expect(existsSync(`${filePath}.new`)).toBe(false);
  });

  it('is left as it is while it pays', () => {
    const { open, filePath } = bench();
    const index = open();
    for (let number = 0; number < 3000; number++) index.write(`${number}`, file());
    index.tidy(3000, () => {
      throw new Error('not needed');
    });
    index.close();
    expect(readFileSync(filePath, 'latin1').split('\n')).toHaveLength(3002);
  });

  it('goes on without a file when there can be none', () => {
    const { open, filePath, lines } = bench();
    mkdirSync(filePath, { recursive: true });
    const index = open();
    index.write('a', file());
    index.flush();
    index.tidy(0, () => []);
    index.close();
    index.write('a', file());
    index.close();
    expect(lines.join('')).toContain('cannot be kept');
  });

  it('is what was written, whatever the order', () => {
    const path = fc.constantFrom('a', 'b', 'c', strange);
    const step = fc.oneof(
      fc.record({ path, sizeBytes: fc.nat() }),
      fc.record({ path, isForgotten: fc.constant(true) }),
      fc.constant('restart' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { open } = bench();
        const expected = new Map<string, number>();
        let index = open();
        for (const each of steps) {
          if (each === 'restart') {
            index.close();
            index = open();
          } else if ('sizeBytes' in each) {
            index.write(each.path, file({ sizeBytes: each.sizeBytes }));
            expected.set(each.path, each.sizeBytes);
          } else {
            index.forget(each.path);
            expected.delete(each.path);
          }
        }
        index.close();
        const found = [...open().leftovers()].map(([each, { sizeBytes }]) => [each, sizeBytes] as const);
        expect(new Map(found)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('never holds anything that was not written, whatever happens to the file', () => {
    const { open, filePath } = bench();
    const index = open();
    for (const path of ['a', 'b', 'c']) index.write(path, file());
    index.close();
    const good = readFileSync(filePath);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, endBytes) => {
        const bytes = Buffer.from(good.subarray(0, endBytes));
        if (at < bytes.length) bytes.writeUInt8(value, at);
        writeFileSync(filePath, bytes);
        appendFileSync(filePath, 'junk');
        for (const [path, known] of open().leftovers()) {
          expect(['a', 'b', 'c']).toContain(path);
          expect(known).toEqual(file());
        }
      }),
      { numRuns: 100 },
    );
  });
});
