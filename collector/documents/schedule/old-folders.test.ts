import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { removeOldMonths } from './old-folders.ts';

it('keeps so many months with the one that was made, and whatever is no month', () => {
  const folder = temporaryFolder();
  for (const name of ['2025-12', '2026-08', '2026-09', '2026-10', '2027-01', 'arsip'])
    mkdirSync(join(folder, name, 'x'), { recursive: true });

  expect(removeOldMonths(folder, '2026-10', 2).toSorted()).toEqual(['2025-12', '2026-08']);
  expect(readdirSync(folder).toSorted()).toEqual(['2026-09', '2026-10', '2027-01', 'arsip']);
  expect(removeOldMonths(join(folder, 'absent'), '2026-10', 2)).toEqual([]);
});
