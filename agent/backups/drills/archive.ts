import { AppError } from '../../../shared/errors.ts';
import { missingPath, type BackupFile, withNewestBackup } from '../restoring/newest-backup.ts';
import { formatOf, readHead } from '../restoring/file-format.ts';
import { createSqlEnding, type SqlEnding } from '../restoring/sql-ending.ts';
import { createTarEnding, parseTarLine, type TarEntry, tarListArgs } from '../restoring/tar-listing.ts';
import { complaintOf } from '../restoring/tool-text.ts';
import { unpack, type Unpacked } from '../restoring/unpack.ts';
import { parseZipLine } from '../restoring/zip-listing.ts';
import type { ArchiveDrillSettings } from '../../../shared/backup-settings/drills/archive.schema.ts';
import type { Drill, DrillDeps } from './drill.ts';

/** Only reads: nothing of an archive is written to disk. */
export const archiveDrill = {
  kind: 'archive' as const,
  docs: 'Reads the newest backup file (tar, zip or SQL, also packed) to its last byte.',
  counts: 'entries',
  config: async () => (await import('../../../shared/backup-settings/drills/archive.schema.ts')).ArchiveDrillSchema,
  problem: missingPath,
  run: ({ path }, deps) =>
    withNewestBackup(path, deps, async (file) => {
      const isZip = formatOf(readHead(file.open())) === 'zip';
      return isZip ? testZip(file, deps) : readThrough(file, deps);
    }),
} satisfies Drill<ArchiveDrillSettings>;

async function readThrough(file: BackupFile, deps: DrillDeps): Promise<string[]> {
  const sql = createSqlEnding();
  const tar = createTarEnding();
  const unpacked = await unpack(file, deps, (chunk) => {
    sql.take(chunk);
    tar.take(chunk);
  });
  switch (unpacked.format) {
    case 'tar':
      await listTar(file, unpacked, deps);
      if (!tar.isComplete()) throw damaged(file, 'the end mark of a tar archive is missing, so it was cut off');
      return [`tar read all ${unpacked.unpackedBytes} bytes of it without a complaint.`];
    case 'other':
      await readToEnd(file, unpacked, deps);
      return checkSql(file, unpacked.unpackedBytes, sql.judge());
    case 'pg-custom':
      throw new AppError('wrong-drill', `${file.name} is a PostgreSQL dump; test it with the kind pg-list or postgres`);
    default:
      throw new AppError('unknown-format', `${file.name} is packed more than once (${unpacked.format} inside)`);
  }
}

async function listTar(file: BackupFile, unpacked: Unpacked, { run, tally }: DrillDeps): Promise<void> {
  let unreadCount = 0;
  const onLine = (line: string) => {
    const entry = parseTarLine(line);
    if (entry === undefined) unreadCount++;
    else countEntry(entry, tally);
  };
  const result = await run({ program: 'tar', args: tarListArgs, input: unpacked.content, unprivileged: true, onLine });
  if (result.exitCode !== 0) {
    // What unpacking says is the cause: tar only saw what came of it.
    await unpacked.finish(true);
    throw damaged(file, `tar says: ${complaintOf(result)}`);
  }
  await unpacked.finish();
  if (unreadCount > 0) throw damaged(file, `${unreadCount} lines of its listing cannot be read`);
}

/** Whatever is no archive is read to its end. */
async function readToEnd(file: BackupFile, unpacked: Unpacked, { tally, signal }: DrillDeps): Promise<void> {
  for await (const _ of unpacked.content) signal.throwIfAborted();
  await unpacked.finish();
  if (unpacked.unpackedBytes === 0) throw new AppError('empty-backup', `${file.name} holds nothing`);
  tally.add(Buffer.from(file.name).toString('latin1'), unpacked.unpackedBytes);
}

function checkSql(file: BackupFile, unpackedBytes: number, { tool, isComplete }: SqlEnding): string[] {
  if (!isComplete) throw damaged(file, `the line that ${tool} writes at the end is missing, so the dump was cut off`);
  const read = `All ${unpackedBytes} bytes of it were read.`;
  return tool === undefined ? [read] : [read, `It ends as a complete dump of ${tool} does.`];
}

/** Zip keeps a checksum of each entry, which `unzip -t` compares. */
async function testZip(file: BackupFile, { run, tally }: DrillDeps): Promise<string[]> {
  // Not by its name: unzip takes brackets in it for a pattern.
  const asked = (...options: string[]) => ({ program: 'unzip', args: [...options, '/dev/stdin'], input: file.open() });
  let complaint: string | undefined;
  const onTested = (line: string) => {
    if (!/ OK *$|^Archive: |^No errors detected|^ *$/.test(line)) complaint ??= line.trim().slice(0, 160);
  };
  const tested = await run({ ...asked('-t'), onLine: onTested });
  if (tested.exitCode !== 0) throw damaged(file, `unzip says: ${complaint ?? complaintOf(tested)}`);
  const onListed = (line: string) => {
    const entry = parseZipLine(line);
    if (entry !== undefined) countEntry(entry, tally);
  };
  const listed = await run({ ...asked('-Z', '-l'), onLine: onListed });
  if (listed.exitCode !== 0) throw damaged(file, `unzip says: ${complaintOf(listed)}`);
  return ['unzip compared the checksum of each entry.'];
}

function countEntry({ path, sizeBytes, isFile }: TarEntry, tally: DrillDeps['tally']): void {
  if (isFile) tally.add(path, sizeBytes);
  else tally.see(path);
}

function damaged({ name }: BackupFile, reason: string): AppError {
  return new AppError('damaged-backup', `${name} is damaged; ${reason}`);
}
