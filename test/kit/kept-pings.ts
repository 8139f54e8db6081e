import { join } from 'node:path';
import { openConnection } from '../../collector/store/sqlite/open.ts';

export interface KeptPing {
  number: number;
  pd: string;
  dataset: string;
  kind: string;
  exitStatus: number | null;
  atMs: number;
  userAgent: string;
  remoteAddress: string;
  text: string;
}

/** Every call of a ping address in a collector's database, oldest first, read behind its back. */
export function keptPings(dataFolder: string): KeptPing[] {
  const connection = openConnection(join(dataFolder, 'pantau.db'));
  try {
    return connection
      .prepare<[], KeptPing>(
        `SELECT key AS number, pd, dataset, kind, exit_status AS exitStatus, at AS atMs, user_agent AS userAgent,
           remote_address AS remoteAddress, CAST(body AS TEXT) AS text
         FROM pings ORDER BY key`,
      )
      .all();
  } finally {
    connection.close();
  }
}
