import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { findPgPrograms } from './pg-programs.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';

/** Dumps of a small database, made by a real server; removed with the test file. */
export interface PgDumps {
  custom: Buffer;
  tar: Buffer;
  sql: Buffer;
  cluster: Buffer;
}

/** Tables of two schemas, an extension in a schema of its own, and what an ordinary user may not restore as it is. */
const content = String.raw`
CREATE ROLE simda;
CREATE DATABASE simda OWNER simda;
\connect simda
CREATE SCHEMA ext; CREATE EXTENSION hstore WITH SCHEMA ext; CREATE EXTENSION pgcrypto;
CREATE SCHEMA keuangan AUTHORIZATION simda;
CREATE TABLE pegawai (id serial PRIMARY KEY, nama text NOT NULL, catatan ext.hstore);
INSERT INTO pegawai (nama, catatan) SELECT 'Pegawai ' || i, 'gol=>III' FROM generate_series(1, 5000) i;
ALTER TABLE pegawai OWNER TO simda;
GRANT SELECT ON pegawai TO PUBLIC;
CREATE TABLE keuangan.spm (id int, uraian text);
INSERT INTO keuangan.spm VALUES (1, E'baris satu\nbaris dua\\.'), (2, NULL), (3, E'\\restrict abc');
CREATE VIEW keuangan.ringkas AS SELECT count(*) FROM keuangan.spm;
CREATE MATERIALIZED VIEW jumlah AS SELECT count(*) FROM pegawai;
CREATE FUNCTION catat() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER perubahan ON ddl_command_end EXECUTE FUNCTION catat();
COMMENT ON TABLE keuangan.spm IS 'surat perintah membayar';
SELECT lo_create(0);
`;

/** For `needs`: the server itself is found where its package puts it. */
export const pgTools = { linux: true, tools: ['psql', 'pg_restore', 'pg_dump', 'gzip', 'zstd'] };

/** Runs once for a test file, in a hook or in its first test. */
export async function makePgDumps(): Promise<PgDumps> {
  const folder = mkdtempSync(join(tmpdir(), 'pantau-pg-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const programs = findPgPrograms(['initdb', 'postgres', 'psql', 'pg_dump', 'pg_dumpall'], { PATH: systemPath });
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, stdio: 'pipe', maxBuffer: 64e6, env: { PATH: systemPath, LC_ALL: 'C' } } as const;
  const run = (name: string, args: string[], input = '') =>
    execFileSync(programs.path(name), args, { ...options, ...user, input });
  const reach = ['-h', folder, '-U', 'admin'];
  run('initdb', ['-D', data, '-U', 'admin', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync']);
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = spawn(programs.path('postgres'), ['-D', data, ...settings.flatMap((each) => ['-c', each])], {
    ...options,
    ...user,
    stdio: 'ignore',
  });
  try {
    await waitUntil('the server answers', () => run('psql', [...reach, '-d', 'postgres', '-c', 'SELECT 1']).length > 0);
    run('psql', [...reach, '-d', 'postgres', '-q', '-v', 'ON_ERROR_STOP=1', '-f', '-'], content);
    return {
      custom: run('pg_dump', [...reach, '-Fc', 'simda']),
      tar: run('pg_dump', [...reach, '-Ft', 'simda']),
      sql: run('pg_dump', [...reach, 'simda']),
      cluster: run('pg_dumpall', reach),
    };
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGQUIT');
    await ended;
  }
}

/** The processes that restored databases have at the moment, by what they call themselves. */
export function restoringProcesses(): { title: string; uid: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const title = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
        return title.startsWith('postgres: pantau_restore') ? [{ title, uid }] : [];
      } catch {
        return [];
      }
    });
}
