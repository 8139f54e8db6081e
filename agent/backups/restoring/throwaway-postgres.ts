import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { DrillDeps } from '../drills/drill.ts';
import type { PgPrograms } from './pg-programs.ts';
import type { ProgramResult } from './start-program.ts';
import { complaintOf } from './tool-text.ts';

/**
 * A PostgreSQL of one drill, in the drill's folder. It listens on a socket in that private folder only, never on the
 * network. What a backup holds is run as an ordinary user of the database, who can neither start programs nor read
 * files: whoever can write a backup must not be able to do more here than in the database itself.
 */
export interface ThrowawayPostgres {
  /** Arguments with which the clients reach the restored database as its owner. */
  ownerArgs: readonly string[];
  /** Runs our own SQL as the superuser. @throws AppError with what the server says. */
  administer(sql: string): Promise<void>;
  /** Runs SQL from outside as the owner: psql's own commands are refused in it. */
  runAsOwner(sql: Readable | string): Promise<ProgramResult>;
  stop(): Promise<void>;
}

const owner = 'pantau_restore';
const database = 'restored';

/** The data is thrown away, so that it need not survive a power cut. */
const settings = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=256MB',
  'autovacuum=off',
  'max_connections=20',
  'logging_collector=off',
  'log_min_messages=fatal',
  'restart_after_crash=off',
  // Shared memory in a file of the folder: nothing stays behind after a crash.
  'dynamic_shared_memory_type=mmap',
  'port=5432',
];

export const serverPrograms = ['initdb', 'postgres', 'psql', 'pg_restore'] as const;

/** @throws AppError `server-failed` with what the programs say. */
export async function startThrowawayPostgres(
  programs: PgPrograms,
  deps: Pick<DrillDeps, 'folder' | 'run' | 'start' | 'signal'>,
): Promise<ThrowawayPostgres> {
  const { folder, run, start, signal } = deps;
  const data = join(folder, 'data');
  const initdb = programs.path('initdb');
  const made = await run({
    program: initdb,
    args: ['-D', data, '-U', 'postgres', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'],
  });
  if (made.exitCode !== 0) throw serverFailed(`initdb says: ${complaintOf(made)}`);
  const options = [...settings, `unix_socket_directories=${folder}`].flatMap((each) => ['-c', each]);
  const server = start({
    ...(await endingWithUs(run, programs.path('postgres'), ['-D', data, ...options])),
    // Ends at once; SIGTERM would wait for those who are connected.
    stopSignal: 'SIGQUIT',
  });
  server.stdout.resume();
  const ended = { result: undefined as ProgramResult | undefined };
  void server.ended.then(
    (result) => void (ended.result = result),
    () => {},
  );
  const psql = (user: string, name: string, sql: Readable | string) =>
    run({
      program: programs.path('psql'),
      args: ['-X', '-q', '-A', '-t', '-F', '\u001f', '-v', 'ON_ERROR_STOP=1', ...reach(folder, user, name), '-f', '-'],
      input: typeof sql === 'string' ? Readable.from([sql], { objectMode: false }) : sql,
    });
  const administer = async (sql: string, name = database) => {
    const result = await psql('postgres', name, sql);
    if (result.exitCode !== 0) throw serverFailed(complaintOf(result));
  };
  const stop = async () => {
    server.stop();
    await server.ended.catch(() => {});
  };
  try {
    await untilReady(() => psql('postgres', 'postgres', 'SELECT 1;\n'), ended, signal);
    await administer(`CREATE ROLE ${owner} LOGIN;\nCREATE DATABASE ${database} OWNER ${owner};\n`, 'postgres');
    await administer(`ALTER SCHEMA public OWNER TO ${owner};\n`);
  } catch (error) {
    await stop();
    throw error;
  }
  const key = randomBytes(24).toString('hex');
  return {
    ownerArgs: reach(folder, owner, database),
    administer: (sql) => administer(sql),
    async runAsOwner(sql) {
      const result = await psql(owner, database, Readable.from(guarded(sql, key), { objectMode: false }));
      if (!/invalid command \\restrict/.test(result.stderr)) return result;
      const remedy = 'update the package postgresql-client, or make dumps with "pg_dump -Fc"';
      throw new AppError('tool-too-old', `psql cannot refuse commands in SQL from outside yet; ${remedy}`);
    },
    stop,
  };
}

/** Where the system can do it, the server ends when we are killed, and not only at the next restore test. */
async function endingWithUs(
  run: DrillDeps['run'],
  program: string,
  args: string[],
): Promise<{ program: string; args: string[] }> {
  const help = await run({ program: 'setpriv', args: ['--help'] }).catch(() => undefined);
  if (help?.stdout.includes('--pdeathsig') !== true) return { program, args };
  return { program: 'setpriv', args: ['--pdeathsig', 'QUIT', '--', program, ...args] };
}

function reach(folder: string, user: string, name: string): string[] {
  return ['-h', folder, '-p', '5432', '-U', user, '-d', name];
}

/** From here on psql refuses its own commands, with which SQL could start programs and read files (CVE-2025-8714). */
async function* guarded(sql: Readable | string, key: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`\\restrict ${key}\n`);
  if (typeof sql === 'string') yield Buffer.from(sql);
  else for await (const chunk of sql) yield chunk as Buffer;
}

async function untilReady(
  ask: () => Promise<ProgramResult>,
  server: { readonly result: ProgramResult | undefined },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    if ((await ask()).exitCode === 0) return;
    if (server.result !== undefined) throw serverFailed(`postgres says: ${complaintOf(server.result)}`);
    await pause(100, undefined, { signal });
  }
}

function serverFailed(reason: string): AppError {
  return new AppError('server-failed', `the server for the restore did not work; ${reason}`);
}
