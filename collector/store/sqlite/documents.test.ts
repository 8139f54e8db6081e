import { expect, it } from 'vitest';
import { storeFile } from '../../../test/kit/store-file.ts';
import { registerDocument } from './documents.ts';
import { openConnection } from './open.ts';

it('holds the lock of the database for nothing but the row: what is kept is put together before', async () => {
  const { path, store } = storeFile();
  const collector = openConnection(path);
  collector.pragma('busy_timeout = 0');
  const files = [{ file: 'laporan.html', sha256: 'a'.repeat(64), sizeBytes: 1 }];
  const canWrite = () => collector.transaction(() => true).immediate();
  let couldWrite = false;
  // Asked for when the row is put together.
  Object.assign(files, {
    toJSON() {
      couldWrite = canWrite();
      return [...files];
    },
  });

  try {
    registerDocument(
      path,
      {
        name: 'laporan-bulanan-2026-10',
        month: '2026-10',
        pd: undefined,
        revision: 1,
        figuresHash: 'b'.repeat(64),
        madeAtMs: 1,
        madeBy: 'admin',
        checkpoint: undefined,
        changeCount: 0,
        files,
        folder: undefined,
      },
      '{}',
    );
  } finally {
    collector.close();
  }

  expect(couldWrite).toBe(true);
  expect((await store.documents.list()).map(({ name }) => name)).toEqual(['laporan-bulanan-2026-10']);
});
