import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { SourceSettings } from '../backup-source.ts';
import { cheapenKey } from './cheap-key.test-kit.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';

export const resticPassword = 'rahasia-dinas-kesehatan';

export interface ResticBench {
  folder: string;
  repository: string;
  passwordFile: string;
  settings: SourceSettings;
  /** Runs the real restic against this repository. @returns its standard output. */
  restic: (...args: string[]) => string;
}

let template: string | undefined;
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true });
});

/**
 * A repository of this test alone with two snapshots in it, or an empty one. Making one costs seconds of key
 * derivation, so both are made once for a test file and copied.
 */
export function resticBench({ isEmpty = false }: { isEmpty?: boolean } = {}): ResticBench {
  template ??= makeTemplate();
  const folder = temporaryFolder();
  cpSync(join(template, isEmpty ? 'empty' : 'full'), join(folder, 'repository'), {
    recursive: true,
    preserveTimestamps: true,
  });
  cpSync(join(template, 'source'), join(folder, 'source'), { recursive: true });
  return benchIn(folder, 'repository');
}

function benchIn(folder: string, name: string): ResticBench {
  const repository = join(folder, name);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${resticPassword}\n`, { mode: 0o600 });
  return {
    folder,
    repository,
    passwordFile,
    settings: { kind: 'restic', repository, passwordFile } as SourceSettings,
    restic: (...args) =>
      execFileSync('restic', [...args, '--no-cache'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        cwd: folder,
        env: { PATH: systemPath, HOME: folder, RESTIC_REPOSITORY: repository, RESTIC_PASSWORD_FILE: passwordFile },
      }),
  };
}

function makeTemplate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pantau-restic-'));
  mkdirSync(join(folder, 'source'));
  writeFileSync(join(folder, 'source', 'simda.sql'), 'x'.repeat(3000));
  benchIn(folder, 'empty').restic('init');
  cheapenKey(join(folder, 'empty'), resticPassword);
  cpSync(join(folder, 'empty'), join(folder, 'full'), { recursive: true });
  const full = benchIn(folder, 'full');
  full.restic('backup', 'source', '--tag=malam', '--host=server-simda', '--time=2026-11-20 23:00:00');
  writeFileSync(join(folder, 'source', 'log.txt'), 'y'.repeat(200));
  full.restic('backup', 'source', '--host=server-simda', '--time=2026-11-21 23:00:00');
  return folder;
}
