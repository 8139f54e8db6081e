import type { Report } from '../../../shared/report-schema.ts';
import { reportAt, storedReports } from '../report-body.ts';
import type { TakenReports, TakenTime } from '../store.ts';
import type { Connection } from './open.ts';

interface TakenRow {
  taken_at: number;
  received_at: number;
  body: number;
  place: number;
  seq: number;
  late: number;
}

/** A machine that was restarted often in one outage has a session of each start. */
const sessionsPerAgent = 16;
const rowsPerAgent = 5000;
const sampledCount = 100;

/** Reports of one agent within a time; as many are read as it takes to know how it went. */
export function createReportsTaken(connection: Connection) {
  const newestSessions = connection.prepare<[number, number], { key: number }>(
    'SELECT key FROM sessions WHERE agent = ? ORDER BY key DESC LIMIT ?',
  );
  const taken = connection.prepare<[number, number, number, number], TakenRow>(`
    SELECT r.taken_at, b.received_at, r.body, r.place, r.seq, r.late FROM reports r JOIN bodies b ON b.key = r.body
    WHERE r.session = ? AND r.taken_at >= ? AND r.taken_at <= ? ORDER BY r.seq DESC LIMIT ?`);
  const body = connection.prepare<[number], { encoding: string; body: Buffer }>(
    'SELECT encoding, body FROM bodies WHERE key = ?',
  );

  return (agent: number, fromMs: number, untilMs: number): TakenReports => {
    const rows = newestSessions
      .all(agent, sessionsPerAgent)
      .flatMap(({ key }) => taken.all(key, fromMs, untilMs, rowsPerAgent))
      .toSorted((a, b) => a.taken_at - b.taken_at)
      .slice(-rowsPerAgent);
    const bodies = new Map<number, Report[]>();
    const reportsOf = (key: number): Report[] => {
      const row = body.get(key);
      const reports = bodies.get(key) ?? (row === undefined ? [] : storedReports(row.encoding, row.body));
      bodies.set(key, reports);
      return reports;
    };
    return {
      times: rows.map(timeOf),
      sample: spread(rows, sampledCount).map((row) => ({
        ...timeOf(row),
        report: reportAt(reportsOf(row.body), row.place),
      })),
    };
  };
}

function timeOf({ taken_at, received_at, late, seq }: TakenRow): TakenTime {
  return { takenAtMs: taken_at, receivedAtMs: received_at, isLate: late === 1, isFirst: seq === 1 };
}

/** So many of a list at most, at even distances. */
function spread<Item>(list: readonly Item[], count: number): Item[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, at) => list[Math.floor((at * list.length) / count)] as Item);
}
