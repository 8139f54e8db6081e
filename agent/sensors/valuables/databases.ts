import { showPath } from '../byte-path.ts';
import type { Entry, Folder, Looker } from './looker.ts';

/** One kind of database server: how its data folders and its program are known. */
export interface Engine {
  name: string;
  port: number;
  /** Name of the server program, as the list of listening services gives it. */
  program: RegExp;
  /** Where its data lies on Linux; one that is locked or a link there counts, because somebody put it there. */
  places: readonly string[];
  windowsPlaces: readonly string[];
  /**
   * What is in a data folder beyond what every new server has.
   * @returns names, one of them empty when it is the folder as a whole; none when there is nothing of value;
   * undefined when it is no data folder of this engine.
   */
  content(folder: Folder, looker: Looker): Promise<string[] | undefined>;
}

/** Object ids below this one belong to PostgreSQL itself (FirstNormalObjectId, access/transam.h). */
const firstUserOid = 16_384;
const mysqlOwn = new Set(['mysql', 'performance_schema', 'information_schema', 'sys', 'phpmyadmin']);
const mysqlTable = /\.(frm|ibd|myd|mad|sdi)$/i;
const sqlServerOwn = new Set([
  'master',
  'model',
  'msdbdata',
  'tempdb',
  'model_msdbdata',
  'model_replicatedmaster',
  'mssqlsystemresource',
]);

const hasEntry = (folder: Folder, name: string): boolean => folder.entries.some((entry) => entry.name === name);
const files = (folder: Folder): Entry[] => folder.entries.filter(({ kind }) => kind === 'file');

const postgresql: Engine = {
  name: 'PostgreSQL',
  port: 5432,
  program: /^(postgres|postmaster)/i,
  places: ['var/lib/postgresql/*/*', 'var/lib/pgsql/data', 'var/lib/pgsql/*/data'],
  windowsPlaces: ['Program Files/PostgreSQL/*/data', 'laragon/data/postgresql*'],
  async content(folder, looker) {
    if (!hasEntry(folder, 'PG_VERSION')) return undefined;
    const tablespaces = await looker.inside(folder, 'pg_tblspc');
    const base = await looker.inside(folder, 'base');
    if ((tablespaces?.entries.length ?? 0) > 0 || base === undefined || base.state !== 'open') return [''];
    if (base.entries.some(({ name }) => isUserOid(name))) return [''];
    // Somebody may keep tables in the database "postgres" itself.
    for (const { name, kind } of base.entries) {
      const database = kind === 'folder' ? await looker.inside(base, name) : undefined;
      if (database?.entries.some((entry) => isUserOid(entry.name))) return [''];
    }
    return [];
  },
};

function isUserOid(name: string): boolean {
  return Number.parseInt(name, 10) >= firstUserOid;
}

const mysql: Engine = {
  name: 'MySQL/MariaDB',
  port: 3306,
  program: /^(mysqld|mariadbd)/i,
  places: ['var/lib/mysql', 'var/lib/mariadb', 'opt/lampp/var/mysql', 'www/server/data'],
  windowsPlaces: [
    'xampp/mysql/data',
    'laragon/data/mysql*',
    'laragon/data/mariadb*',
    'ProgramData/MySQL/*/Data',
    'Program Files/MariaDB */data',
  ],
  async content(folder, looker) {
    if (!hasEntry(folder, 'mysql') && !hasEntry(folder, 'ibdata1')) return undefined;
    const names: string[] = [];
    for (const { name, kind } of folder.entries) {
      if ((kind !== 'folder' && kind !== 'link') || mysqlOwn.has(name) || /^[.#]/.test(name)) continue;
      const database = await looker.inside(folder, name);
      const hasTables = database?.state !== 'open' || files(database).some((entry) => mysqlTable.test(entry.name));
      if (database !== undefined && hasTables) names.push(mysqlName(name));
    }
    return names;
  },
};

/** MySQL writes other characters than letters and digits as `@` and four hex digits in the names of folders. */
function mysqlName(folderName: string): string {
  return showPath(folderName).replaceAll(/@([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

const sqlServer: Engine = {
  name: 'SQL Server',
  port: 1433,
  program: /^sqlservr/i,
  places: ['var/opt/mssql/data'],
  windowsPlaces: ['Program Files/Microsoft SQL Server/MSSQL*/MSSQL/DATA'],
  async content(folder) {
    const databases = files(folder).flatMap(({ name }) => /^(.+)\.mdf$/i.exec(showPath(name))?.[1] ?? []);
    return databases.length === 0 ? undefined : databases.filter((name) => !sqlServerOwn.has(name.toLowerCase()));
  },
};

const mongodb: Engine = {
  name: 'MongoDB',
  port: 27_017,
  program: /^mongod/i,
  places: ['var/lib/mongodb', 'var/lib/mongo'],
  windowsPlaces: ['Program Files/MongoDB/Server/*/data', 'data/db'],
  content: async (folder) => (hasEntry(folder, 'WiredTiger') || hasEntry(folder, 'storage.bson') ? [''] : undefined),
};

const oracle: Engine = {
  name: 'Oracle',
  port: 1521,
  program: /^(tnslsnr|oracle)/i,
  places: ['u01/app/oracle/oradata/*', 'opt/oracle/oradata/*'],
  windowsPlaces: ['app/*/oradata/*', 'oraclexe/app/oracle/oradata/*'],
  content: async (folder) => (files(folder).some(({ name }) => /\.(dbf|ctl)$/i.test(name)) ? [''] : undefined),
};

export const engines: readonly Engine[] = [postgresql, mysql, sqlServer, mongodb, oracle];

/** Volumes of containers: here only a folder that looks like a database is one. */
const volumes = ['var/lib/docker/volumes/*/_data', 'var/lib/containers/storage/volumes/*/_data'];

/** A data folder of an engine and what is in it; no names when it holds only what every new server has. */
export interface DataFolder {
  engine: Engine;
  path: string;
  names: string[];
}

export async function findDataFolders(looker: Looker, isWindows: boolean): Promise<DataFolder[]> {
  const found: DataFolder[] = [];
  for (const engine of engines) {
    for (const place of isWindows ? engine.windowsPlaces : engine.places) {
      for await (const folder of looker.folders(place)) {
        const names = folder.state === 'open' ? await engine.content(folder, looker) : [''];
        if (names !== undefined) found.push({ engine, path: folder.shown, names });
      }
    }
  }
  for (const place of isWindows ? [] : volumes) {
    for await (const folder of looker.folders(place)) found.push(...(await inVolume(folder, looker)));
  }
  return found;
}

async function inVolume(folder: Folder, looker: Looker): Promise<DataFolder[]> {
  if (folder.state !== 'open') return [];
  for (const engine of engines) {
    const names = await engine.content(folder, looker);
    if (names !== undefined) return [{ engine, path: folder.shown, names }];
  }
  return [];
}
