import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/clock.ts';
import { createLogger } from '../../../shared/logger.ts';
import { createHashCache, type HashCache, type HashCacheOptions } from './hash-cache.ts';

let folder: string;
const caches: HashCache[] = [];
const lines: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hashes-'));
  lines.length = 0;
});
afterEach(async () => {
  for (const cache of caches.splice(0)) await cache.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (more: Partial<HashCacheOptions> = {}) => {
  const logger = createLogger(
    (line) => lines.push(line),
    () => 0,
  );
  const cache = createHashCache({ filePath: join(folder, 'hashes.json'), logger, clock: systemClock, ...more });
  caches.push(cache);
  return cache;
};
const versionOf = (name: string) => {
  const { size, mtimeNs } = statSync(join(folder, name), { bigint: true });
  return { path: join(folder, name), sizeBytes: Number(size), modifiedAtNs: mtimeNs };
};
const put = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return versionOf(name);
};
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

describe('hash cache', () => {
  it('knows the hash of a file once it has read it, also after a restart', async () => {
    const content = Buffer.alloc(700_001, 'backup');
    const file = put('a', content);
    const cache = open();
    expect(cache.find(file)).toBeUndefined();
    await cache.settled();
    expect(cache.find(file)).toBe(sha256(content));

    unlinkSync(join(folder, 'a'));
    expect(open().find(file)).toBe(sha256(content));
  });

  it('hashes an empty file, and several files one after the other', async () => {
    const files = [put('a', ''), put('b', 'b'), put('c', 'c')];
    const cache = open();
    for (const file of files) cache.find(file);
    await cache.settled();
    expect(files.map((file) => cache.find(file))).toEqual([sha256(''), sha256('b'), sha256('c')]);
  });

  it('gives no hash to a file that changes while it is read', async () => {
    // Slow enough that the change falls into the reading.
    const cache = open({ maxBytesPerSecond: 2_000_000 });
    const file = put('a', Buffer.alloc(1_000_000));
    cache.find(file);
    await new Promise((resolve) => setImmediate(resolve));
    appendFileSync(join(folder, 'a'), 'more');
    await cache.settled();

    expect(existsSync(join(folder, 'hashes.json'))).toBe(false);
    expect(lines.join('')).toContain('it changed while it was read');
    const now = versionOf('a');
    cache.find(now);
    await cache.settled();
    expect(cache.find(now)).toBe(sha256(readFileSync(join(folder, 'a'))));
  });

  it('gives no hash to a version that is gone, and says so once', async () => {
    const file = put('a', 'old');
    put('a', 'newer');
    const cache = open();
    for (let round = 0; round < 3; round++) {
      expect(cache.find(file)).toBeUndefined();
      await cache.settled();
    }
    expect(lines).toHaveLength(1);
  });

  it('says why it cannot read a file', async () => {
    const cache = open();
    cache.find({ path: join(folder, 'none'), sizeBytes: 1, modifiedAtNs: 1n });
    await cache.settled();
    expect(lines.join('')).toMatch(/a backup file has no hash .*ENOENT/);
  });

  it('reads no faster than allowed', async () => {
    const cache = open({ maxBytesPerSecond: 5_000_000 });
    cache.find(put('a', Buffer.alloc(1_000_000)));
    const beganAtMs = performance.now();
    await cache.settled();
    expect(performance.now() - beganAtMs).toBeGreaterThan(190);
  });

  it('stops in the middle of a file when it is closed', async () => {
    const cache = open({ maxBytesPerSecond: 100_000 });
    const file = put('a', Buffer.alloc(10_000_000));
    cache.find(file);
    const beganAtMs = performance.now();
    await cache.close();
    expect(performance.now() - beganAtMs).toBeLessThan(2000);
    expect(cache.find(file)).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it('remembers no more than allowed, the newest first', async () => {
    const cache = open({ maxEntries: 2 });
    const files = ['a', 'b', 'c'].map((name) => put(name, name));
    for (const file of files) cache.find(file);
    await cache.settled();
    expect(Object.values(JSON.parse(readFileSync(join(folder, 'hashes.json'), 'utf8')) as object)).toEqual([
      sha256('b'),
      sha256('c'),
    ]);
  });

  it.each(['', '{', '[1,2]', 'null', '{"x":"not a hash","y":5}'])(
    'begins anew with the damaged memory %j',
    async (text) => {
      writeFileSync(join(folder, 'hashes.json'), text);
      const file = put('a', 'a');
      const cache = open();
      cache.find(file);
      await cache.settled();
      expect(cache.find(file)).toBe(sha256('a'));
    },
  );
});
