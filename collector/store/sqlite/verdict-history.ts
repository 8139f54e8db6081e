import type { CaseFilter, ChangesFilter, VerdictChange, VerdictHistoryPort } from '../verdict-history-port.ts';
import type { VerdictRow } from '../rows.ts';
import { type Connection, openToRead } from './open.ts';

interface ChangeRecord {
  key: number;
  at: number;
  body: string;
  removed: number;
}

const toChange = ({ key, at, body, removed }: ChangeRecord): VerdictChange => ({
  key,
  atMs: at,
  verdict: JSON.parse(body) as VerdictRow,
  removed: removed === 1,
});

/** What is asked for as a condition and its values; only the columns that are named are compared, so that indexes serve. */
function conditionOf({ obligation, subject, pd }: CaseFilter): { sql: string; values: string[] } {
  const asked = Object.entries({ obligation, subject, pd }).filter(([, value]) => value !== undefined);
  return {
    sql: asked.map(([name]) => ` AND ${name} = ?`).join(''),
    values: asked.map(([, value]) => value as string),
  };
}

/** Reading only: on a connection of its own it serves beside a running collector, too. */
export function createVerdictHistory(connection: Connection): VerdictHistoryPort {
  return {
    async changes({ fromMs, untilMs, afterKey = 0, limit = -1, offset = 0, ...cases }: ChangesFilter) {
      const { sql, values } = conditionOf(cases);
      return connection
        .prepare<unknown[], ChangeRecord>(
          `SELECT key, at, body, removed FROM verdict_changes WHERE at >= ? AND at < ? AND key > ?${sql} ORDER BY key LIMIT ? OFFSET ?`,
        )
        .all(fromMs, untilMs, afterKey, ...values, limit, offset)
        .map(toChange);
    },
    async count({ fromMs, untilMs, ...cases }: ChangesFilter) {
      const { sql, values } = conditionOf(cases);
      const counted = connection
        .prepare<unknown[], { count: number }>(
          `SELECT count(*) AS count FROM verdict_changes WHERE at >= ? AND at < ?${sql}`,
        )
        .get(fromMs, untilMs, ...values);
      return counted?.count ?? 0;
    },
    async at(atMs: number, cases: CaseFilter = {}) {
      const { sql, values } = conditionOf(cases);
      // The last that was written, not the one with the latest time: a clock that was ahead must not hide what came after.
      return connection
        .prepare<unknown[], ChangeRecord>(
          `SELECT key, at, body, removed FROM verdict_changes WHERE removed = 0 AND key IN (
             SELECT max(key) FROM verdict_changes WHERE at <= ?${sql} GROUP BY obligation, subject) ORDER BY key`,
        )
        .all(atMs, ...values)
        .map(toChange);
    },
  };
}

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openVerdictHistory(path: string): VerdictHistoryPort & { close(): void } {
  const connection = openToRead(path);
  return { ...createVerdictHistory(connection), close: () => void connection.close() };
}
