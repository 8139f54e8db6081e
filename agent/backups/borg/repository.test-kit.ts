import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { SourceSettings } from '../backup-source.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';

export const borgPassphrase = 'kalimat sandi dinas';

export interface BorgBench {
  folder: string;
  repository: string;
  passphraseFile: string;
  settings: SourceSettings;
  /** The environment of the department's own backup job. */
  env: Record<string, string>;
  /** Runs the real borg against this repository. @returns its standard output. */
  borg: (...args: string[]) => string;
}

/** An empty repository of this test alone, and a folder with two files in it. @param more variables for the backup job. */
export function borgBench(more: Record<string, string> = {}): BorgBench {
  const folder = temporaryFolder();
  const repository = join(folder, 'repository');
  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, `${borgPassphrase}\n`, { mode: 0o600 });
  mkdirSync(join(folder, 'source'));
  writeFileSync(join(folder, 'source', 'simda.sql'), 'x'.repeat(3000));
  writeFileSync(join(folder, 'source', 'log.txt'), 'y'.repeat(200));
  const env = {
    PATH: systemPath,
    HOME: folder,
    BORG_BASE_DIR: join(folder, 'job'),
    BORG_REPO: repository,
    BORG_PASSPHRASE: borgPassphrase,
    ...more,
  };
  const borg = (...args: string[]) =>
    execFileSync('borg', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env });
  borg('init', '--encryption=repokey');
  const settings = { kind: 'borg', repository, passphraseFile } as SourceSettings;
  return { folder, repository, passphraseFile, settings, env, borg };
}
