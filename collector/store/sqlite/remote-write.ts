import type { KeptBody, KeptPlace, RemoteWritePort } from '../remote-write-port.ts';
import type { Connection } from './open.ts';

type BodyRow = Omit<KeptBody, 'reports'>;

interface ReportRow {
  place: number;
  takenAtMs: number;
  late: number;
}

/** A restarted agent drains its old session beside the new one: a few are looked at. */
const sessionsPerAgent = 4;

const markName = (receiver: string) => `remote-write ${receiver}`;
const placeOf = ({ late, ...row }: ReportRow): KeptPlace => ({ ...row, late: late === 1 });

export function createRemoteWriteTable(connection: Connection): RemoteWritePort {
  const sql = prepareStatements(connection);
  return {
    mark: async (receiver) => sql.mark.get(markName(receiver))?.value,
    setMark: async (receiver, key) => void sql.setMark.run(markName(receiver), key),
    bounds: async () => sql.bounds.get() ?? { firstKey: 0, lastKey: 0 },
    async next(afterKey, limit) {
      const bodies: KeptBody[] = [];
      let reportCount = 0;
      let row = sql.bodyAfter.get(afterKey);
      while (row !== undefined) {
        const reports = sql.reportsOf.all(row.key).map(placeOf);
        bodies.push({ ...row, reports });
        reportCount += reports.length;
        if (bodies.length >= limit.bodyCount || reportCount >= limit.reportCount) break;
        row = sql.bodyAfter.get(row.key);
      }
      return bodies;
    },
    async newestUpTo(agent, throughKey, limit) {
      return sql.sessions
        .all(agent, sessionsPerAgent)
        .flatMap(({ key }) => sql.newest.all(key, throughKey, limit))
        .toSorted((a, b) => b.takenAtMs - a.takenAtMs)
        .slice(0, limit)
        .toReversed()
        .map(({ key, encoding, body, ...report }) => ({ key, agent, encoding, body, reports: [placeOf(report)] }));
    },
  };
}

function prepareStatements(connection: Connection) {
  return {
    mark: connection.prepare<[string], { value: number }>('SELECT value FROM progress WHERE name = ?'),
    setMark: connection.prepare(
      'INSERT INTO progress (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
    // Two look-ups; both in one SELECT would read the whole table.
    bounds: connection.prepare<[], { firstKey: number; lastKey: number }>(`
    SELECT coalesce((SELECT min(key) FROM bodies), 0) AS firstKey,
      coalesce((SELECT max(key) FROM bodies), 0) AS lastKey`),
    bodyAfter: connection.prepare<[number], BodyRow>(`
    SELECT b.key, a.id AS agent, b.encoding, b.body FROM bodies b JOIN agents a ON a.key = b.agent
    WHERE b.key > ? ORDER BY b.key LIMIT 1`),
    reportsOf: connection.prepare<[number], ReportRow>(
      'SELECT place, taken_at AS takenAtMs, late FROM reports WHERE body = ? ORDER BY taken_at',
    ),
    sessions: connection.prepare<[string, number], { key: number }>(
      'SELECT s.key FROM sessions s JOIN agents a ON a.key = s.agent WHERE a.id = ? ORDER BY s.key DESC LIMIT ?',
    ),
    newest: connection.prepare<[number, number, number], Omit<BodyRow, 'agent'> & ReportRow>(`
    SELECT b.key, b.encoding, b.body, r.place, r.taken_at AS takenAtMs, r.late
    FROM reports r JOIN bodies b ON b.key = r.body
    WHERE r.session = ? AND r.late = 0 AND r.body <= ? ORDER BY r.seq DESC LIMIT ?`),
  };
}
