import type { PingRow } from '../rows.ts';
import type { Connection } from './open.ts';

export function createPingsTable(connection: Connection) {
  const insert = connection.prepare(`
    INSERT INTO pings (pd, dataset, at, received_at, kind, exit_status, rid, body, user_agent, remote_address)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    /** Only inside a transaction. @returns the ping's number. */
    add(row: PingRow): number {
      const { pd, dataset, atMs, receivedAtMs, kind, exitStatus, rid, body, userAgent, remoteAddress } = row;
      const what = [kind, exitStatus ?? null, rid ?? null, body, userAgent, remoteAddress];
      return Number(insert.run(pd, dataset, atMs, receivedAtMs, ...what).lastInsertRowid);
    },
  };
}
