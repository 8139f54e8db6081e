import { createHash } from 'node:crypto';
import { appendFileSync, lstatSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { planVault } from './dataset.ts';
import { FileRecord } from './file-record.ts';
import { folderIn } from './folder-record.ts';
import { createPace } from './pace.ts';
import { readThrough, type ReadDeps } from './read-file.ts';
import { vaultConfig } from './vault-reader.test-kit.ts';

const megabyte = 1_000_000;

/** A file of a dataset as a scan has seen it. */
function fileIn(root: string, content: string | Buffer): FileRecord {
  mkdirSync(join(root, 'a/inner'), { recursive: true });
  writeFileSync(join(root, 'a/inner/db.sql'), content);
  const [dataset] = planVault(vaultConfig(root, ['a'])).datasets;
  if (dataset === undefined) throw new Error('No dataset was planned.');
  dataset.layout = 'files';
  return new FileRecord(folderIn(dataset.root, 'inner'), 'db.sql', lstatSync(join(root, 'a/inner/db.sql')), 0);
}

function deps(root: string, change: Partial<ReadDeps> = {}): ReadDeps {
  return {
    root,
    pace: createPace(systemClock, 1e9),
    clock: systemClock,
    signal: new AbortController().signal,
    between: () => undefined,
    ...change,
  };
}
const digestOf = (content: string | Buffer) => createHash('sha256').update(content).digest().toString('latin1');

describe('reading a file of a vault', () => {
  it.each([
    ['an empty one', ''],
    ['a small one', 'halo'],
    ['one of several pieces', Buffer.alloc(2_500_001, 'x')],
  ])('gives the hash of %s', async (_, content) => {
    const root = temporaryFolder();
    const file = fileIn(root, content);
    const { changedAtMs } = file;
    expect(await readThrough(file, deps(root))).toEqual({ state: 'whole', digest: digestOf(content), changedAtMs });
  });

  it('keeps to the speed that was set', async () => {
    const root = temporaryFolder();
    const file = fileIn(root, Buffer.alloc(2 * megabyte));
    const beganAtMs = systemClock.monotonicMs();
    await readThrough(file, deps(root, { pace: createPace(systemClock, 4 * megabyte) }));
    expect(systemClock.monotonicMs() - beganAtMs).toBeGreaterThan(450);
  });

  it('keeps many small files to that speed together, and makes up for nothing', () => {
    let nowMs = 0;
    const pace = createPace({ monotonicMs: () => nowMs }, 1000);
    expect([pace.spend(10), pace.spend(10), pace.spend(10)]).toEqual([0, 0, 10]);
    nowMs = 60_000;
    expect([pace.spend(20), pace.spend(1000)]).toEqual([0, 1000]);
  });

  it('lets others through between the pieces', async () => {
    const root = temporaryFolder();
    const file = fileIn(root, Buffer.alloc(megabyte));
    let count = 0;
    const between = async () => void (count += 1);
    await readThrough(file, deps(root, { pace: createPace(systemClock, 5 * megabyte), between }));
    expect(count).toBeGreaterThanOrEqual(2);
  });

  it('stops at once when it is told', async () => {
    const root = temporaryFolder();
    const file = fileIn(root, Buffer.alloc(megabyte));
    const stopping = new AbortController();
    const slow = deps(root, { pace: createPace(systemClock, 1000), signal: stopping.signal });
    const reading = readThrough(file, slow);
    stopping.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });

  it.each([
    ['is not there any more', (root: string) => renameSync(join(root, 'a/inner'), join(root, 'moved'))],
    ['became another version', (root: string) => appendFileSync(join(root, 'a/inner/db.sql'), 'more')],
    [
      'is a link now',
      (root: string) => {
        renameSync(join(root, 'a/inner/db.sql'), join(root, 'elsewhere'));
        symlinkSync(join(root, 'elsewhere'), join(root, 'a/inner/db.sql'));
      },
    ],
    [
      'lies behind a link now',
      (root: string) => {
        renameSync(join(root, 'a/inner'), join(root, 'elsewhere'));
        symlinkSync(join(root, 'elsewhere'), join(root, 'a/inner'));
      },
    ],
    [
      'is a folder now',
      (root: string) => {
        renameSync(join(root, 'a/inner/db.sql'), join(root, 'elsewhere'));
        mkdirSync(join(root, 'a/inner/db.sql'));
      },
    ],
  ])('concludes nothing from one that %s', async (_, happen) => {
    const root = temporaryFolder();
    const file = fileIn(root, 'halo');
    happen(root);
    expect(await readThrough(file, deps(root))).toEqual({ state: 'changed' });
  });

  it.each([
    ['grows', (path: string) => appendFileSync(path, 'x'.repeat(100))],
    ['shrinks', (path: string) => truncateSync(path, 10)],
  ])('concludes nothing from one that %s meanwhile', async (_, happen) => {
    const root = temporaryFolder();
    const file = fileIn(root, Buffer.alloc(megabyte));
    let isDone = false;
    const between = async () => {
      if (!isDone) happen(join(root, 'a/inner/db.sql'));
      isDone = true;
    };
    const reading = await readThrough(file, deps(root, { pace: createPace(systemClock, 5 * megabyte), between }));
    expect([isDone, reading]).toEqual([true, { state: 'changed' }]);
  });
});
