import { type BackupFile, missingPath, withNewestBackup } from '../restoring/newest-backup.ts';
import { listDump, unreadableDump } from '../restoring/pg-dump.ts';
import { addTable, requireTables } from '../restoring/pg-listing.ts';
import { findPgPrograms } from '../restoring/pg-programs.ts';
import { createSqlEnding } from '../restoring/sql-ending.ts';
import { complaintOf } from '../restoring/tool-text.ts';
import type { Drill, DrillDeps } from './drill.ts';
import type { PgListDrillSettings } from '../../../shared/backup-settings/drills/pg-list.schema.ts';

/**
 * The table of contents stands at the beginning of a dump, so one that was cut off still has it: the dump is also read
 * to its end, which unpacks each table's data.
 */
export const pgListDrill = {
  kind: 'pg-list' as const,
  docs: 'Reads the newest PostgreSQL dump (custom or tar format) to its end; needs no server.',
  counts: 'tables',
  config: async () => (await import('../../../shared/backup-settings/drills/pg-list.schema.ts')).PgListDrillSchema,
  problem: missingPath,
  run: ({ path, tables }, deps) =>
    withNewestBackup(path, deps, async (file) => {
      const program = findPgPrograms(['pg_restore'], deps.environment).path('pg_restore');
      const listing = await listDump(program, file, deps);
      for (const table of listing.tables) addTable(deps.tally, table, 0);
      deps.tally.weigh(await readDump(program, file, deps));
      const found = tables === undefined ? [] : [requireTables(tables, listing.tables)];
      return [`pg_restore listed ${listing.entryCount} entries and read the dump to its end.`, ...found];
    }),
} satisfies Drill<PgListDrillSettings>;

/** @returns how many bytes of SQL the dump holds. */
async function readDump(program: string, file: BackupFile, { start, say }: DrillDeps): Promise<number> {
  say('Reading the dump to its end.');
  const reading = start({ program, args: ['--file=-'], input: file.open(), unprivileged: true });
  const ending = createSqlEnding();
  let readBytes = 0;
  for await (const chunk of reading.stdout) {
    readBytes += (chunk as Buffer).length;
    ending.take(chunk as Buffer);
  }
  const result = await reading.ended;
  if (result.exitCode !== 0 || !ending.judge().isComplete) throw unreadableDump(file, complaintOf(result));
  return readBytes;
}
