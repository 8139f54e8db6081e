import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';
import type { DrillDeps } from '../drills/drill.ts';
import { formatOf, readHead } from './file-format.ts';
import type { BackupFile } from './newest-backup.ts';
import { listDump, unreadableDump } from './pg-dump.ts';
import { withoutSchemas } from './pg-listing.ts';
import type { PgPrograms } from './pg-programs.ts';
import { createSqlFilter, extensionsIn, type WantedExtension } from './plain-sql.ts';
import { createSqlEnding } from './sql-ending.ts';
import type { ThrowawayPostgres } from './throwaway-postgres.ts';
import { complaintOf } from './tool-text.ts';
import { unpack } from './unpack.ts';

/** What a backup file holds, found out before a server is started for it. */
export type Dump = { extensions: WantedExtension[] } & (
  | { kind: 'archive'; list: string; skippedCount: number }
  | { kind: 'sql' }
);

const headBytes = 1024 * 1024;

/** @throws AppError that says why the file is no dump that can be restored by itself. */
export async function inspectDump(file: BackupFile, programs: PgPrograms, deps: DrillDeps): Promise<Dump> {
  const format = formatOf(readHead(file.open()));
  if (format === 'pg-custom' || format === 'tar') {
    const program = programs.path('pg_restore');
    const { extensions, restorable, skipped } = await listDump(program, file, deps);
    const wanted = extensions === '' ? [] : await extensionsOf(program, extensions, file, deps);
    return { kind: 'archive', extensions: wanted, list: restorable, skippedCount: skipped.length };
  }
  const head = await headOf(file, deps);
  if (!/^-- PostgreSQL database cluster dump/m.test(head)) return { kind: 'sql', extensions: extensionsIn(head) };
  const hint = 'dump each database by itself';
  throw new AppError('wrong-drill', `${file.name} is a dump of a whole server (pg_dumpall); ${hint}`);
}

/**
 * Restores a dump into the server.
 * @returns what was done, one sentence each. @throws AppError that says what does not come back.
 */
export async function loadDump(
  file: BackupFile,
  dump: Dump,
  { programs, server }: { programs: PgPrograms; server: ThrowawayPostgres },
  deps: DrillDeps,
): Promise<string[]> {
  const madeSchemas = await createExtensions(server, dump.extensions);
  if (dump.kind === 'sql') return loadSql(file, madeSchemas, server, deps);
  const list = writeList(deps, 'restore.list', withoutSchemas(dump.list, madeSchemas));
  const result = await deps.run({
    program: programs.path('pg_restore'),
    args: [
      '--exit-on-error',
      '--no-owner',
      '--no-privileges',
      '--no-tablespaces',
      '--no-publications',
      '--no-subscriptions',
      '--no-security-labels',
      `--use-list=${list}`,
      ...server.ownerArgs,
    ],
    input: file.open(),
  });
  if (result.exitCode !== 0) throw notRestored(file, complaintOf(result));
  const left = dump.skippedCount === 0 ? '' : `; entries that need a superuser were left out: ${dump.skippedCount}`;
  return [`pg_restore restored the dump without an error${left}.`];
}

/** The beginning of the SQL; it names the extensions. */
async function headOf(file: BackupFile, deps: DrillDeps): Promise<string> {
  const { format, content } = await unpack(file, deps);
  if (format !== 'other') {
    content.destroy();
    throw new AppError('unknown-format', `${file.name} holds no SQL but ${format} in a packing of its own`);
  }
  let head = '';
  for await (const chunk of content) {
    head += (chunk as Buffer).toString('latin1');
    if (head.length > headBytes) break;
  }
  return head;
}

/** The list does not say in which schema an extension is; the SQL does. */
async function extensionsOf(
  program: string,
  entries: string,
  file: BackupFile,
  deps: DrillDeps,
): Promise<WantedExtension[]> {
  const list = writeList(deps, 'extensions.list', entries);
  const result = await deps.run({ program, args: ['--file=-', `--use-list=${list}`], input: file.open() });
  if (result.exitCode !== 0) throw unreadableDump(file, complaintOf(result));
  return extensionsIn(result.stdout);
}

function writeList({ folder }: DrillDeps, name: string, list: string): string {
  const path = join(folder, name);
  writeFileSync(path, list, { mode: 0o644, flag: 'wx' });
  return path;
}

async function loadSql(
  file: BackupFile,
  madeSchemas: ReadonlySet<string>,
  server: ThrowawayPostgres,
  deps: DrillDeps,
): Promise<string[]> {
  const ending = createSqlEnding();
  const unpacked = await unpack(file, deps, (chunk) => ending.take(chunk));
  const result = await server.runAsOwner(Readable.from(filtered(unpacked.content, madeSchemas), { objectMode: false }));
  await unpacked.finish(result.exitCode !== 0);
  if (result.exitCode !== 0) throw notRestored(file, complaintOf(result));
  const { tool, isComplete } = ending.judge();
  if (!isComplete) throw notRestored(file, `the line that ${tool} writes at the end is missing, so it was cut off`);
  return ['psql ran the dump without an error, owners and privileges left out.'];
}

async function* filtered(content: Readable, madeSchemas: ReadonlySet<string>): AsyncGenerator<Buffer> {
  const filter = createSqlFilter(madeSchemas);
  for await (const chunk of content) yield Buffer.from(filter.take((chunk as Buffer).toString('latin1')), 'latin1');
  yield Buffer.from(filter.end(), 'latin1');
}

/** Extensions come from packages of this machine; only a superuser may create most of them. */
async function createExtensions(server: ThrowawayPostgres, wanted: readonly WantedExtension[]): Promise<Set<string>> {
  const schemas = new Set<string>();
  for (const { name, schema } of wanted) {
    if (!/^[A-Za-z0-9_-]{1,63}$/.test(name)) throw missingExtension(name);
    const isOwn = schema !== undefined && schema !== 'public' && schema !== 'pg_catalog';
    if (isOwn) schemas.add(schema);
    const make = isOwn ? `CREATE SCHEMA IF NOT EXISTS "${schema}" AUTHORIZATION pantau_restore;\n` : '';
    const where = schema === undefined ? '' : ` WITH SCHEMA "${schema}"`;
    try {
      await server.administer(`${make}CREATE EXTENSION IF NOT EXISTS "${name}"${where} CASCADE;\n`);
    } catch (cause) {
      throw missingExtension(name, cause);
    }
  }
  return schemas;
}

function notRestored({ name }: BackupFile, complaint: string): AppError {
  return new AppError('restore-failed', `${name} could not be restored; ${complaint}`);
}

function missingExtension(name: string, cause?: unknown): AppError {
  const remedy = 'install the package of that extension, as on the server that made the dump';
  return new AppError('missing-extension', `the dump needs the extension ${name}, which is not there; ${remedy}`, {
    cause,
  });
}
