import { AppError } from '../../../shared/errors.ts';
import type { Tally } from './tally.ts';

/** What the table of contents of a PostgreSQL dump says, as `pg_restore --list` shows it. */
export interface PgListing {
  entryCount: number;
  tables: PgName[];
  /** Lines about extensions, for a list of their own. */
  extensions: string;
  /** The same list without what an ordinary user of a database cannot restore; for `pg_restore --use-list`. */
  restorable: string;
  /** How many entries were taken out of it, roles and comments on extensions aside. */
  skipped: string[];
}

export interface PgName {
  schema: string;
  name: string;
}

/** `218; 1259 16553 TABLE public pegawai simda`; what stands for no schema is a dash. */
const entry = /^\d+; \d+ \d+ (.+)$/;
const table = /^(?:FOREIGN )?TABLE (?!DATA |ATTACH )(\S+) (.+) (\S*)$/;
const extension = /^EXTENSION - /;
const schemaEntry = /^SCHEMA - (.+) \S*$/;
/** Only the superuser may create these; the privileges of roles that are not there are left out by pg_restore. */
const superuserOnly = /^(EVENT TRIGGER|PROCEDURAL LANGUAGE|FOREIGN DATA WRAPPER|SERVER|USER MAPPING|FOREIGN TABLE) /;
const madeBefore = /^(EXTENSION -|COMMENT - EXTENSION) /;

export function parsePgListing(text: string): PgListing {
  const listing: PgListing = { entryCount: 0, tables: [], extensions: '', restorable: '', skipped: [] };
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const content = entry.exec(line)?.[1];
    if (content === undefined) continue;
    listing.entryCount++;
    const [, schema, name] = table.exec(content) ?? [];
    if (schema !== undefined && name !== undefined) listing.tables.push({ schema, name });
    if (extension.test(content)) listing.extensions += `${line}\n`;
    if (madeBefore.test(content)) continue;
    if (superuserOnly.test(content)) listing.skipped.push(content);
    else kept.push(line);
  }
  listing.restorable = `${kept.join('\n')}\n`;
  return listing;
}

/** Takes the schemas that are there already out of a list for `pg_restore --use-list`. */
export function withoutSchemas(list: string, made: ReadonlySet<string>): string {
  return list
    .split('\n')
    .filter((line) => !made.has(schemaEntry.exec(entry.exec(line)?.[1] ?? '')?.[1] ?? ''))
    .join('\n');
}

/** Counts a table; `keuangan.spm` and `keuangan/spm` both name it, `spm` too. */
export function addTable(tally: Tally, { schema, name }: PgName, sizeBytes: number): void {
  const path = Buffer.from(`${schema}/${name}`).toString('latin1');
  tally.add(path, sizeBytes);
  tally.see(path.replace('/', '.'));
}

/**
 * @param wanted names with commas between them, with or without their schema.
 * @returns what was compared, as a sentence. @throws AppError `missing-table`.
 */
export function requireTables(wanted: string, tables: readonly PgName[]): string {
  const known = new Set(tables.flatMap(({ schema, name }) => [name, `${schema}.${name}`]));
  const names = wanted
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0) return `These tables are there: ${names.join(', ')}.`;
  throw new AppError('missing-table', `the backup does not hold the table ${missing.join(', ')}`);
}
