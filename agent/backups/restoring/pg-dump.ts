import { AppError } from '../../../shared/errors.ts';
import type { DrillDeps } from '../drills/drill.ts';
import { formatOf, readHead } from './file-format.ts';
import type { BackupFile } from './newest-backup.ts';
import { parsePgListing, type PgListing } from './pg-listing.ts';
import { complaintOf } from './tool-text.ts';

/** More entries than any database has; the rest of a longer list is not looked at. */
const maxLineCount = 500_000;

/**
 * The table of contents of a dump in PostgreSQL's custom or tar format.
 * @param program pg_restore.
 * @throws AppError `unknown-format`, `damaged-backup` or `empty-backup`.
 */
export async function listDump(program: string, file: BackupFile, { run }: DrillDeps): Promise<PgListing> {
  const format = formatOf(readHead(file.open()));
  if (format !== 'pg-custom' && format !== 'tar') {
    const hint = 'make it with "pg_dump -Fc", or test it with the kind archive or postgres';
    throw new AppError('unknown-format', `${file.name} is no dump in PostgreSQL's custom format; ${hint}`);
  }
  const lines: string[] = [];
  const onLine = (line: string) => {
    if (lines.length < maxLineCount) lines.push(Buffer.from(line, 'latin1').toString('utf8'));
  };
  const result = await run({ program, args: ['--list'], input: file.open(), unprivileged: true, onLine });
  if (result.exitCode !== 0) throw unreadableDump(file, complaintOf(result));
  const listing = parsePgListing(lines.join('\n'));
  if (listing.entryCount === 0) throw new AppError('empty-backup', `${file.name} holds nothing`);
  return listing;
}

export function unreadableDump({ name }: BackupFile, complaint: string): AppError {
  return new AppError('damaged-backup', `${name} cannot be read to its end; ${complaint}`);
}
