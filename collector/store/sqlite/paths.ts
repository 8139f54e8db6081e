import { mergedPaths } from '../../facts/path-facts.ts';
import type { PathRow } from '../path-rows.ts';
import type { Connection } from './open.ts';
import { parsed } from './vaults.ts';

const rowsPerCall = 500;

/** A row is kept whole as JSON beside the columns that are asked for. */
export function createPathsTable(connection: Connection) {
  const sql = {
    one: connection.prepare<[string, string, number, string], { body: string }>(
      'SELECT body FROM path_days WHERE pd = ? AND site = ? AND agent = ? AND day = ?',
    ),
    save: connection.prepare(`
    INSERT INTO path_days (pd, site, agent, day, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body`),
    newest: connection.prepare<[], { body: string }>(`
    SELECT p.body FROM agents a JOIN path_days p ON p.pd = a.pd AND p.site = a.site AND p.agent = a.key
    WHERE p.day = (SELECT max(day) FROM path_days WHERE pd = a.pd AND site = a.site AND agent = a.key)`),
    days: connection.prepare<[string, string, string], { body: string }>(
      'SELECT body FROM path_days WHERE pd = ? AND day >= ? AND day <= ? ORDER BY site, agent, day',
    ),
    forget: connection.prepare(`
    DELETE FROM path_days WHERE (pd, site, agent, day) IN
      (SELECT pd, site, agent, day FROM path_days WHERE day < ? LIMIT ${rowsPerCall})`),
  };
  return {
    /** Only inside a transaction. */
    keep(row: PathRow): void {
      const place = [row.pd, row.site, row.agentKey, row.day] as const;
      const kept = sql.one.get(...place);
      const merged = kept === undefined ? row : mergedPaths(JSON.parse(kept.body) as PathRow, row);
      sql.save.run(...place, JSON.stringify(merged));
    },
    newest: () => parsed<PathRow>(sql.newest.all()),
    days: (pd: string, fromDay: string, untilDay: string) => parsed<PathRow>(sql.days.all(pd, fromDay, untilDay)),
    /** @returns how many went. */
    forget: (beforeDay: string): number => sql.forget.run(beforeDay).changes,
    rowsPerCall,
  };
}
