import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { findDataFolders } from './databases.ts';
import { createLooker } from './looker.ts';

const needed = needs({ linux: true, tools: ['initdb', 'pg_ctl', 'psql'] });

/** PostgreSQL does not run as root. */
function ownerOfDatabases(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

describe.skipIf(!needed.ok)(`data folders of a real PostgreSQL ${needed.reason}`, () => {
  const owner = ownerOfDatabases();
  const run = (program: string, ...options: string[]) =>
    execFileSync(program, options, { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });

  /** Starts the server on a socket in its own folder, says something to it, and stops it. */
  function tell(folder: string, sql: string): void {
    run('pg_ctl', '-D', folder, '-w', '-l', '/dev/null', '-o', `-k ${folder} -c listen_addresses=''`, 'start');
    try {
      run('psql', '-h', folder, '-d', 'postgres', '-c', sql);
    } finally {
      run('pg_ctl', '-D', folder, '-w', '-m', 'fast', 'stop');
    }
  }

  it.each([
    ['a database of its own', 'CREATE DATABASE simpus'],
    ['a table in the database that every server has', 'CREATE TABLE pasien (nama text)'],
  ])('are nothing of value when new, and are with %s', { timeout: 60_000 }, async (_name, sql) => {
    const root = temporaryFolder();
    const parent = join(root, 'var/lib/postgresql/16');
    const folder = join(parent, 'main');
    mkdirSync(parent, { recursive: true });
    chmodSync(root, 0o755);
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(parent, owner.uid, owner.gid);
    run('initdb', '-D', folder, '-A', 'trust', '--no-sync');
    const names = async () => {
      const found = await findDataFolders(
        createLooker(root, '/', () => false),
        false,
      );
      return found.map(({ engine, path, names }) => [engine.name, path, names]);
    };

    expect(await names()).toEqual([['PostgreSQL', '/var/lib/postgresql/16/main', []]]);
    tell(folder, sql);
    expect(await names()).toEqual([['PostgreSQL', '/var/lib/postgresql/16/main', ['']]]);
  });
});
