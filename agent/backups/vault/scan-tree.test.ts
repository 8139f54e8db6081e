import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { states, vaultBench } from './vault-reader.test-kit.ts';

describe('what belongs to whom', () => {
  it('is the innermost dataset, and what belongs to none is listed and not guessed', async () => {
    const { write, look } = vaultBench(['dinkes', 'dinkes/arsip/lama', 'rsud/simrs']);
    write('dinkes/a.sql', 'a');
    write('dinkes/arsip/b.sql', 'b');
    write('dinkes/arsip/lama/c.sql', 'c');
    write('rsud/old-dump.sql', 'd');
    write('rsud/simrs/e.sql', 'e');
    write('pd-x/deep/f.sql', 'f');
    write('top.sql', 'g');
    const { vaultScans } = await look();
    expect(vaultScans[0]).toMatchObject({ unownedCount: 3, unowned: ['pd-x', 'rsud/old-dump.sql', 'top.sql'] });
  });

  it('shows in the names of the arrivals', async () => {
    const { write, look } = vaultBench(['dinkes', 'dinkes/arsip/lama']);
    write('dinkes/a.sql', 'a');
    write('dinkes/arsip/b.sql', 'b');
    write('dinkes/arsip/lama/c.sql', 'c');
    const { arrivals } = await look();
    expect(arrivals.map(({ dataset, objectName }) => `${dataset}: ${objectName}`).toSorted()).toEqual([
      'dinkes-arsip-lama: c.sql',
      'dinkes: a.sql',
      'dinkes: arsip/b.sql',
    ]);
  });

  it('says why a dataset holds nothing', async () => {
    const { root, write, look } = vaultBench(['none', 'void', 'file', 'same/x', 'same//x/']);
    mkdirSync(join(root, 'void/inner'), { recursive: true });
    write('file', 'x');
    write('same/x/a.sql', 'a');
    const { holdings } = await look();
    expect(holdings.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['empty', 'no-folder'],
      ['empty', 'nothing-in-it'],
      ['unreadable', 'not-a-folder'],
      ['files', undefined],
      ['unreadable', 'same-folder-as: dinkes/same-x'],
    ]);
  });

  it('names a repository that lies inside a dataset of files', async () => {
    const { root, write, look } = vaultBench(['a']);
    for (const part of ['data', 'index', 'keys', 'snapshots'])
      mkdirSync(join(root, 'a/repo', part), { recursive: true });
    write('a/repo/config', 'x');
    expect((await look()).vaultScans[0]?.problems).toEqual([{ path: 'a/repo', reason: 'repository-inside-a-dataset' }]);
  });
});

describe('a vault that cannot be read', () => {
  it.each([
    ['is not there', (root: string) => rmSync(root, { recursive: true }), /^root-missing: .*create it, mount it/],
    [
      'is empty all of a sudden',
      (root: string) => rmSync(join(root, 'a'), { recursive: true }),
      /^root-empty: .*is it mounted/,
    ],
  ])('because it %s fails, and nothing is told to be gone', async (_, destroy, reason) => {
    const { root, write, look, restart } = vaultBench(['a']);
    write('a/db.sql', 'x');
    await look();
    destroy(root);
    for (const isRestarted of [false, true]) {
      if (isRestarted) await restart();
      const { arrivals, holdings, vaultScans } = await look();
      expect([arrivals, holdings]).toEqual([[], []]);
      expect(vaultScans).toMatchObject([{ outcome: 'failed' }]);
      expect(vaultScans[0]?.reason).toMatch(reason);
    }
    write('a/db.sql', 'x');
    expect(states(await look())).toContain('present db.sql');
  });

  it('in one folder keeps what it knows of it', async () => {
    const { root, write, look, restart } = vaultBench(['a', 'b']);
    write('a/db.sql', 'x');
    write('a/inner/db.sql', 'x');
    write('b/db.sql', 'x');
    await look();
    for (const path of [root, join(root, '..'), join(root, '../data'), join(root, '../data/vaults')])
      chmodSync(path, 0o755);
    chmodSync(join(root, '../data/vaults/utama.index'), 0o666);
    for (const name of ['a/inner', 'b']) chmodSync(join(root, name), 0);
    const { arrivals, holdings, vaultScans } = await withoutRights(look);
    expect(arrivals).toEqual([]);
    expect(holdings).toMatchObject([
      { kind: 'files', reason: 'partly-unreadable', fileCount: 2 },
      { kind: 'unreadable', reason: 'unreadable-folder: EACCES' },
    ]);
    expect(vaultScans[0]?.problems).toEqual([
      { path: 'a/inner', reason: 'unreadable-folder: EACCES' },
      { path: 'b', reason: 'unreadable-folder: EACCES' },
    ]);
    const restarted = await withoutRights(async () => {
      await restart();
      return look();
    });
    expect(states(restarted)).toEqual(['present db.sql']);
    for (const name of ['a/inner', 'b']) chmodSync(join(root, name), 0o755);
    expect(states(await look())).toEqual(['present db.sql', 'present inner/db.sql']);
  });

  it('because a file may not be opened says so, and reads it when it may', async () => {
    const { root, write, look } = vaultBench(['a']);
    write('a/db.sql', 'x');
    for (const path of [root, join(root, '..')]) chmodSync(path, 0o755);
    chmodSync(join(root, 'a/db.sql'), 0);
    const first = await withoutRights(look);
    expect(first.arrivals).toMatchObject([{ state: 'present', sizeBytes: 1 }]);
    expect(first.arrivals[0]?.sha256).toBeUndefined();
    expect((await withoutRights(look)).vaultScans[0]?.problems).toEqual([
      { path: 'a/db.sql', reason: 'unreadable-file: EACCES' },
    ]);
    chmodSync(join(root, 'a/db.sql'), 0o644);
    expect((await look()).arrivals).toMatchObject([{ sha256: expect.any(String) as string }]);
    expect((await look()).vaultScans[0]?.problems).toEqual([]);
  });
});

describe('a vault with more in it than can be remembered', () => {
  const limits = { ofDataset: 10, ofVault: 40 };
  const fill = (write: (path: string, content: string) => void, folder: string, count: number) => {
    for (let number = 0; number < count; number++) write(`${folder}/${number}.sql`, 'x');
  };

  it('leaves out the dataset that has too much, and no other', async () => {
    const { write, look, root } = vaultBench(['a', 'b/deep', 'c'], {}, { limits });
    fill(write, 'a', 10);
    fill(write, 'b/deep/in', 11);
    fill(write, 'c', 9);
    fill(write, 'unowned', 30);
    const { arrivals, holdings, vaultScans } = await look();
    const datasets = arrivals.map(({ dataset }) => dataset).toSorted();
    expect(datasets.join('')).toBe(`${'a'.repeat(10)}${'c'.repeat(9)}`);
    const tooMany = 'too-many-entries: more than are looked at';
    expect(holdings.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['files', undefined],
      ['unreadable', tooMany],
      ['files', undefined],
    ]);
    expect(vaultScans).toMatchObject([{ outcome: 'ok', problems: [{ path: 'b/deep', reason: tooMany }] }]);
    rmSync(join(root, 'b/deep/in/0.sql'));
    rmSync(join(root, 'b/deep/in/1.sql'));
    expect((await look()).holdings).toMatchObject([{ dataset: 'b-deep', kind: 'files', fileCount: 9 }]);
  });

  it('takes nothing back of a dataset that has become too large', async () => {
    const { write, look } = vaultBench(['a', 'b'], {}, { limits });
    fill(write, 'a', 5);
    await look();
    fill(write, 'a', 11);
    const { arrivals, holdings } = await look();
    expect([arrivals, holdings.map(({ kind }) => kind)]).toEqual([[], ['unreadable']]);
  });

  it('fails when its root alone has too much', async () => {
    const { write, look } = vaultBench(['a'], {}, { limits });
    fill(write, '.', 41);
    expect((await look()).vaultScans).toMatchObject([
      { outcome: 'failed', reason: 'too-many-entries: more than are looked at' },
    ]);
  });
});

/** As a user who may not do everything. */
async function withoutRights<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
