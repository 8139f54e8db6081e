import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A dataset `all` of plain files in folders of 200, as dumps of many years lie about. @returns the vault's root. */
export function makePlainVault(root: string, fileCount: number): string {
  const inFolder = 200;
  for (let number = 0; number < fileCount; number++) {
    const folder = join(root, 'all', `tahun-${Math.floor(number / inFolder)}`);
    if (number % inFolder === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `simpus-${number}.sql.gz`), `content ${number}`);
  }
  return root;
}

/** The same number of packs of a restic repository; only their names and their number matter here. */
export function makeResticVault(root: string, packCount: number): string {
  const repository = join(root, 'all');
  for (const part of ['data', 'index', 'keys', 'snapshots']) mkdirSync(join(repository, part), { recursive: true });
  writeFileSync(join(repository, 'config'), 'sealed');
  for (let byte = 0; byte < 256; byte++) mkdirSync(join(repository, 'data', byte.toString(16).padStart(2, '0')));
  for (let number = 0; number < packCount; number++) {
    const content = `pack ${number}`;
    const name = createHash('sha256').update(content).digest('hex');
    writeFileSync(join(repository, 'data', name.slice(0, 2), name), content);
  }
  return root;
}

/** One file of zeros that takes no space. */
export function makeLargeVault(root: string, sizeBytes: number): string {
  mkdirSync(join(root, 'all'), { recursive: true });
  writeFileSync(join(root, 'all', 'large.img'), '');
  truncateSync(join(root, 'all', 'large.img'), sizeBytes);
  return root;
}
