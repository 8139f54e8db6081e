import type { ArchivedBody, ArchiveRange, ReportArchive } from '../report-archive.ts';
import { createAgentsTable } from './agents.ts';
import { type Connection, openToRead } from './open.ts';

const bodiesPerPiece = 200;
/** No report is taken later than this after it came, and neither is any clock set back further. */
const toleranceMs = 3_600_000;

interface BodyRecord {
  key: number;
  agentKey: number;
  encoding: string;
  body: Buffer;
}

function prepareStatements(connection: Connection) {
  return {
    oldest: connection.prepare<[], { at: number | null }>('SELECT min(received_at) AS at FROM bodies'),
    range: connection.prepare<[number], { first: number | null; last: number | null }>(
      'SELECT min(key) AS first, max(key) AS last FROM bodies WHERE received_at >= ?',
    ),
    bodies: connection.prepare<[number, number, number], BodyRecord>(
      'SELECT key, agent AS agentKey, encoding, body FROM bodies WHERE key > ? AND key <= ? ORDER BY key LIMIT ?',
    ),
    reports: connection.prepare<[number, number, number], { place: number; takenAtMs: number }>(
      'SELECT place, taken_at AS takenAtMs FROM reports WHERE body = ? AND taken_at >= ? AND taken_at < ? ORDER BY place',
    ),
  };
}

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openReportArchive(path: string): ReportArchive {
  const connection = openToRead(path);
  const sql = prepareStatements(connection);
  const agents = createAgentsTable(connection);

  function* bodies({ takenFromMs, takenUntilMs }: ArchiveRange): Generator<ArchivedBody> {
    const { first, last } = sql.range.get(takenFromMs - toleranceMs) ?? { first: null, last: null };
    if (first === null || last === null) return;
    for (let after = first - 1; ;) {
      const piece = sql.bodies.all(after, last, bodiesPerPiece);
      for (const record of piece) {
        const reports = sql.reports.all(record.key, takenFromMs, takenUntilMs);
        if (reports.length > 0) yield { ...record, reports };
      }
      const end = piece.at(-1);
      if (end === undefined) return;
      after = end.key;
    }
  }

  return {
    agents: () => agents.load(),
    oldestReceivedMs: () => sql.oldest.get()?.at ?? undefined,
    bodies,
    close: () => void connection.close(),
  };
}
