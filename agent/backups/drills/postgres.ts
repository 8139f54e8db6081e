import { AppError } from '../../../shared/errors.ts';
import { checkAnswer } from '../restoring/check-answer.ts';
import { type BackupFile, missingPath, withNewestBackup } from '../restoring/newest-backup.ts';
import { inspectDump, loadDump } from '../restoring/load-dump.ts';
import { addTable, type PgName, requireTables } from '../restoring/pg-listing.ts';
import { findPgPrograms } from '../restoring/pg-programs.ts';
import { serverPrograms, startThrowawayPostgres, type ThrowawayPostgres } from '../restoring/throwaway-postgres.ts';
import { complaintOf } from '../restoring/tool-text.ts';
import type { Drill, DrillDeps } from './drill.ts';
import type { PostgresDrillSettings } from '../../../shared/backup-settings/drills/postgres.schema.ts';

export const postgresDrill = {
  kind: 'postgres' as const,
  docs: 'Restores the newest PostgreSQL dump into a throw-away server and asks it a query.',
  counts: 'tables',
  runsServer: true,
  config: async () => (await import('../../../shared/backup-settings/drills/postgres.schema.ts')).PostgresDrillSchema,
  problem(settings, source) {
    if (settings.expect !== undefined && settings.query === undefined) return 'query: is missing, and expect needs it';
    return missingPath(settings, source);
  },
  run: (settings, deps) => withNewestBackup(settings.path, deps, (file) => restore(file, settings, deps)),
} satisfies Drill<PostgresDrillSettings>;

async function restore(file: BackupFile, settings: PostgresDrillSettings, deps: DrillDeps): Promise<string[]> {
  const programs = findPgPrograms(serverPrograms, deps.environment);
  const dump = await inspectDump(file, programs, deps);
  deps.requireSpace(file.sizeBytes);
  deps.say('Starting a server for the restore.');
  const server = await startThrowawayPostgres(programs, deps);
  try {
    deps.say('Restoring.');
    const loaded = await loadDump(file, dump, { programs, server }, deps);
    const tables = await countTables(server, deps);
    const found = settings.tables === undefined ? [] : [requireTables(settings.tables, tables)];
    const answered = settings.query === undefined ? [] : [await ask(server, settings.query, settings.expect)];
    return [...loaded, ...found, ...answered];
  } finally {
    await server.stop();
  }
}

const tablesQuery = `SELECT translate(n.nspname, E'\\n\\x1f', '  '), translate(c.relname, E'\\n\\x1f', '  '),
  pg_catalog.pg_relation_size(c.oid) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
  ON n.oid OPERATOR(pg_catalog.=) c.relnamespace WHERE c.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema');\n`;

async function countTables(server: ThrowawayPostgres, { tally }: DrillDeps): Promise<PgName[]> {
  const result = await server.runAsOwner(`SET search_path = pg_catalog;\n${tablesQuery}`);
  if (result.exitCode !== 0) throw new AppError('server-failed', `the tables cannot be listed; ${complaintOf(result)}`);
  const rows = result.stdout.split('\n').filter((line) => line !== '');
  return rows.map((line) => {
    const [schema = '', name = '', size] = line.split('\u001f');
    addTable(tally, { schema, name }, Number(size) || 0);
    return { schema, name };
  });
}

async function ask(server: ThrowawayPostgres, query: string, expected: string | undefined): Promise<string> {
  const { exitCode, stdout, ...result } = await server.runAsOwner(`${query}\n;\n`);
  if (exitCode !== 0)
    throw new AppError('query-failed', `the query failed; ${complaintOf({ ...result, exitCode, stdout })}`);
  return checkAnswer(stdout.split('\n')[0]?.split('\u001f')[0] ?? '', expected);
}
