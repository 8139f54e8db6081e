import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** Where packages put the programs of PostgreSQL, one folder for each version (Debian, Red Hat). */
const versionedFolders = [
  { parent: '/usr/lib/postgresql', name: /^(\d+)$/, bin: 'bin' },
  { parent: '/usr', name: /^pgsql-(\d+)$/, bin: 'bin' },
];

/** A program of PostgreSQL may be a link or Debian's wrapper in PATH; this is the folder of the newest real ones. */
export interface PgPrograms {
  path(name: string): string;
}

/**
 * Finds a folder that holds all of the programs: the newest version that is installed, else what PATH says.
 * @param environment PATH as the tools get it.
 * @throws AppError `tool-missing` with the remedy.
 */
export function findPgPrograms(names: readonly string[], environment: Readonly<Record<string, string>>): PgPrograms {
  const folder = [...installedFolders(), ...pathFolders(names[0] ?? '', environment['PATH'] ?? '')].find((each) =>
    names.every((name) => isProgram(join(each, name))),
  );
  if (folder !== undefined) return { path: (name) => join(folder, name) };
  const what = names.includes('initdb') ? 'a PostgreSQL server' : 'the PostgreSQL client';
  const remedy = names.includes('initdb') ? 'postgresql' : 'postgresql-client';
  throw new AppError(
    'tool-missing',
    `${what} (${names.join(', ')}) is not installed on this machine; install the package ${remedy}, of the version that made the dump or newer`,
  );
}

function installedFolders(): string[] {
  return versionedFolders
    .flatMap(({ parent, name, bin }) =>
      entriesOf(parent).flatMap((entry) => {
        const version = name.exec(entry)?.[1];
        return version === undefined ? [] : [{ version: Number(version), folder: join(parent, entry, bin) }];
      }),
    )
    .toSorted((a, b) => b.version - a.version)
    .map(({ folder }) => folder);
}

function pathFolders(name: string, path: string): string[] {
  return path.split(delimiter).flatMap((folder) => {
    try {
      return folder === '' ? [] : [dirname(realpathSync(join(folder, name)))];
    } catch {
      return [];
    }
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
