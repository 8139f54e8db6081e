import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { needs } from '../../../test/requirements.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';
import { pgTools, restoringProcesses } from './pg-dumps.test-kit.ts';
import { findPgPrograms } from './pg-programs.ts';
import { createRunProgram, createStartProgram } from './start-program.ts';
import { serverPrograms, startThrowawayPostgres } from './throwaway-postgres.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

const tools = needs({ ...pgTools, tools: [...pgTools.tools, 'ss'] });
const environment = { PATH: systemPath, HOME: '/nonexistent' };

async function startServer() {
  const folder = temporaryFolder();
  const user = unprivilegedUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const stopping = new AbortController();
  const context = { environment, folder, signal: stopping.signal, ...(user === undefined ? {} : { user }) };
  const server = await startThrowawayPostgres(findPgPrograms(serverPrograms, environment), {
    folder,
    signal: stopping.signal,
    run: createRunProgram(context),
    start: createStartProgram(context),
  });
  onTestFinished(() => server.stop());
  return { folder, server, stopping };
}

/** Processes that work below a folder. */
function pidsIn(folder: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

describe.skipIf(!tools.ok)(`throw-away PostgreSQL ${tools.reason}`, () => {
  it('lets nothing that a backup may hold reach beyond its database', async () => {
    const { server } = await startServer();
    const place = temporaryFolder();
    chmodSync(place, 0o777);
    const mark = join(place, 'mark');
    const hostile: [sql: string, answer: RegExp][] = [
      [`COPY (SELECT 1) TO PROGRAM 'touch ${mark}';`, /must be superuser|permission denied/],
      [`COPY (SELECT 1) TO '${mark}';`, /must be superuser|permission denied/],
      [`CREATE TABLE t (x text); COPY t FROM '/etc/hostname';`, /must be superuser|permission denied/],
      [`SELECT pg_read_file('/etc/hostname');`, /permission denied for function pg_read_file/],
      [`SELECT lo_export(lo_create(0), '${mark}');`, /permission denied for function lo_export/],
      [`CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc', 'system';`, /permission denied for language c/],
      [`ALTER SYSTEM SET archive_command = 'touch ${mark}';`, /must be superuser|permission denied/],
      ['ALTER ROLE pantau_restore SUPERUSER;', /must be superuser|permission denied/],
      ['SET SESSION AUTHORIZATION postgres;', /permission denied to set session authorization/],
      ['CREATE EXTENSION dblink;', /permission denied to create extension/],
      [String.raw`\! touch ${mark}`, /backslash commands are restricted/],
      [String.raw`SELECT 1 \g | touch ${mark}`, /backslash commands are restricted/],
      [`\\unrestrict abc\n\\! touch ${mark}`, /backslash commands are restricted|wrong key/],
      [`\\set x \`touch ${mark}\``, /backslash commands are restricted/],
      [String.raw`\c - postgres`, /backslash commands are restricted/],
    ];
    for (const [sql, answer] of hostile) {
      const { exitCode, stderr } = await server.runAsOwner(`${sql.replaceAll('${mark}', mark)}\n`);
      expect(stderr).toMatch(answer);
      expect(exitCode).toBe(3);
    }
    expect(readdirSync(place)).toEqual([]);
  });

  it('listens on no network address, is nobody when root started it, and ends at once', async () => {
    const { folder, server, stopping } = await startServer();
    const answer = server.runAsOwner('SELECT pg_sleep(60);\n');
    const asked = await waitUntil('the query runs', () => restoringProcesses()[0]);
    const pids = pidsIn(folder);
    expect(pids.length).toBeGreaterThan(3);
    const listening = execFileSync('ss', ['-Hltnup'], { encoding: 'utf8' });
    expect(pids.filter((pid) => listening.includes(`pid=${pid},`))).toEqual([]);
    expect(asked.uid).toBe(unprivilegedUser()?.uid ?? process.getuid?.());
    const socket = statSync(join(folder, '.s.PGSQL.5432'));
    expect(socket.isSocket()).toBe(true);
    expect(socket.mode & 0o077).toBe(0);
    stopping.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await server.stop();
    // The server is gone; who worked for it is dead too, and the kernel may still be taking it away.
    await waitUntil('nobody works for it', () => (restoringProcesses().length === 0 ? true : undefined));
    expect(readdirSync(folder).filter((name) => name.startsWith('.s.'))).toEqual([]);
  });
});
