import { mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { SourceSettings } from '../backup-source.ts';
import { type BackupFile, withNewestBackup } from './newest-backup.ts';

function bench(settleSeconds?: number) {
  const folder = temporaryFolder();
  const source = {
    kind: 'files',
    path: `${folder}/*.sql`,
    ...(settleSeconds === undefined ? {} : { settleSeconds }),
  } as SourceSettings;
  const deps = {
    source,
    clock: systemClock,
    signal: new AbortController().signal,
    say: () => {},
    identify: () => {},
  };
  return {
    file: (name: string, ageSeconds = 3600, content = name) => {
      writeFileSync(join(folder, name), content);
      const atSeconds = Date.now() / 1000 - ageSeconds;
      utimesSync(join(folder, name), atSeconds, atSeconds);
    },
    folder,
    withNewest: <Result>(use: (file: BackupFile) => Promise<Result>) => withNewestBackup(undefined, deps, use),
  };
}
const nameOf = async ({ name }: BackupFile) => name;

describe('the newest backup file', () => {
  it('is the newest that is complete: one that still changes does not count', async () => {
    const { file, folder, withNewest } = bench();
    file('old.sql');
    file('new.sql', 0);
    const growing = setInterval(() => writeFileSync(join(folder, 'new.sql'), String(performance.now())), 200);
    try {
      expect(await withNewest(nameOf)).toBe('old.sql');
    } finally {
      clearInterval(growing);
    }
  });

  it('counts when it is young but does not change between two looks', async () => {
    const { file, withNewest } = bench();
    file('old.sql');
    file('new.sql', 0);
    expect(await withNewest(nameOf)).toBe('new.sql');
  });

  it('is not waited for longer than a moment, however long the source would watch it', async () => {
    const { file, withNewest } = bench(600);
    file('new.sql', 0);
    await expect(withNewest(nameOf)).rejects.toThrow('the only files that match are still being written');
    file('old.sql');
    expect(await withNewest(nameOf)).toBe('old.sql');
  });

  it('is read from its beginning each time that it is opened', async () => {
    const { file, withNewest } = bench(0);
    file('a.sql', 3600, 'abc');
    expect(await withNewest(async ({ open }) => [readFileSync(open(), 'utf8'), readFileSync(open(), 'utf8')])).toEqual([
      'abc',
      'abc',
    ]);
  });

  it('is refused when another has taken its place meanwhile', async () => {
    const { file, folder, withNewest } = bench(0);
    file('a.sql', 3600, 'abc');
    const open = withNewest(async (newest) => {
      writeFileSync(join(folder, 'other'), 'abcd');
      renameSync(join(folder, 'other'), join(folder, 'a.sql'));
      return newest.open();
    });
    await expect(open).rejects.toMatchObject({ code: 'backup-changed' });
    const link = withNewest(async (newest) => {
      renameSync(join(folder, 'a.sql'), join(folder, 'b'));
      symlinkSync('b', join(folder, 'a.sql'));
      return newest.open();
    });
    await expect(link).rejects.toMatchObject({ code: 'unreadable-backup' });
  });

  it('is missed with the reason of the source', async () => {
    const { file, folder, withNewest } = bench(0);
    await expect(withNewest(nameOf)).rejects.toMatchObject({ code: 'nothing-to-restore' });
    mkdirSync(join(folder, 'folder.sql'));
    await expect(withNewest(nameOf)).rejects.toThrow(`no file matches (${folder}/*.sql)`);
    file('empty.sql', 3600, '');
    await expect(withNewest(nameOf)).rejects.toMatchObject({ code: 'empty-backup' });
  });
});
