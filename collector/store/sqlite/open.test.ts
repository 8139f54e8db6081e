import { join } from 'node:path';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { migrations } from './migrations.ts';
import { openConnection } from './open.ts';
import { openSqliteStore } from './sqlite-store.ts';

function problem(path: string): { code: string; message: string } {
  try {
    openConnection(path).close();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it was opened');
}

describe('opening the database', () => {
  it('makes it durable: write-ahead log, full synchronisation, newest version', () => {
    const connection = openConnection(join(temporaryFolder(), 'pantau.db'));
    const pragma = (name: string) => connection.pragma(name, { simple: true });

    expect([pragma('journal_mode'), pragma('synchronous'), pragma('user_version')]).toEqual([
      'wal',
      2,
      migrations.length,
    ]);
    connection.close();
  });

  it('leaves an up-to-date database as it is', async () => {
    const path = join(temporaryFolder(), 'pantau.db');
    const store = openSqliteStore(path);
    expect(await store.firstSeenMs('dataset', 'dinkes/simpus', 1234)).toBe(1234);
    await store.close();

    const again = openSqliteStore(path);
    expect(await again.firstSeenMs('dataset', 'dinkes/simpus', 9999)).toBe(1234);
    await again.close();
  });

  it('refuses a database of a newer Pantau and says what to do', () => {
    const path = join(temporaryFolder(), 'pantau.db');
    const connection = openConnection(path);
    connection.pragma(`user_version = ${migrations.length + 1}`);
    connection.close();

    expect(problem(path)).toEqual({
      code: 'store-too-new',
      message: `The database was written by a newer Pantau (version ${migrations.length + 1}, this one knows ${migrations.length}). Install that version again.`,
    });
  });

  it('names the file that is no database', () => {
    const path = join(temporaryFolder(), 'pantau.db');
    writeFileSync(path, 'this is a letter, not a database. '.repeat(100));

    expect(problem(path)).toEqual({
      code: 'store-unusable',
      message: `The database ${path} cannot be opened (file is not a database); see that it is a database of Pantau, that its disk has room, and that this user may write it.`,
    });
  });

  it('names the path that is a folder, and the one in a folder that is not there', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    chmodSync(join(folder, 'taken'), 0o500);

    expect(problem(join(folder, 'taken'))).toMatchObject({ code: 'store-unusable' });
    expect(problem(join(folder, 'missing', 'pantau.db')).message).toContain(join(folder, 'missing', 'pantau.db'));
  });
});
