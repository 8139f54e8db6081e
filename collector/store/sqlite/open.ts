import Database from 'better-sqlite3';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { migrations } from './migrations.ts';

export type Connection = Database.Database;

/**
 * Opens the database and brings it to the newest version. WAL with synchronous=FULL: a transaction that returned
 * survives a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
 * @throws AppError `store-unusable` that names the file.
 */
export function openConnection(path: string): Connection {
  let connection: Connection | undefined;
  try {
    connection = new Database(path, { timeout: 5000 });
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    migrate(connection);
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof AppError) throw cause;
    const remedy = 'see that it is a database of Pantau, that its disk has room, and that this user may write it';
    const message = `The database ${path} cannot be opened (${messageOf(cause)}); ${remedy}.`;
    throw new AppError('store-unusable', message, { cause });
  }
}

/**
 * Opens the database to read, also beside a collector that is running: readers and the writer of a WAL database do not
 * wait for each other.
 * @throws AppError `store-unusable` or `store-too-new`, or `store-too-old` before a newer collector has started on it.
 */
export function openToRead(path: string): Connection {
  let connection: Connection | undefined;
  try {
    connection = new Database(path, { timeout: 5000, readonly: true, fileMustExist: true });
    connection.pragma('trusted_schema = OFF');
    if (versionOf(connection) < migrations.length) {
      const message = `The database ${path} is of an older Pantau; start the collector of this version once.`;
      throw new AppError('store-too-old', message);
    }
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof AppError) throw cause;
    const remedy = 'see that it is a database of Pantau, and that this user may read it';
    const message = `The database ${path} cannot be read (${messageOf(cause)}); ${remedy}.`;
    throw new AppError('store-unusable', message, { cause });
  }
}

function migrate(connection: Connection): void {
  const version = versionOf(connection);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    connection
      .transaction(() => {
        connection.exec(sql);
        connection.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}

/** @throws AppError `store-too-new` for a version that this Pantau does not know. */
function versionOf(connection: Connection): number {
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new AppError(
      'store-too-new',
      `The database was written by a newer Pantau (version ${version}, this one knows ${migrations.length}). Install that version again.`,
    );
  }
  return version;
}
