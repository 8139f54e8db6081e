import { deflateSync, inflateSync } from 'node:zlib';
import type { Report } from '../../../shared/report-schema.ts';
import { storedReport } from '../report-body.ts';
import { addGrowths, addReport, emptyBucket, type RollupBucket } from '../rollup-bucket.ts';
import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

const hourMs = 3_600_000;

interface RawRow {
  seq: number;
  taken_at: number;
  place: number;
  encoding: string;
  body: Buffer;
}

interface SessionRow {
  key: number;
  rolled_through: number;
}

function prepareStatements(connection: Connection) {
  return {
    newestBefore: connection.prepare<[number, number], { key: number | null }>(
      'SELECT max(key) AS key FROM bodies WHERE key > ? AND received_at < ?',
    ),
    agentsIn: connection.prepare<[number, number], { agent: number }>(
      'SELECT DISTINCT agent FROM bodies WHERE key > ? AND key <= ?',
    ),
    sessions: connection.prepare<[number, number], SessionRow>(
      'SELECT key, rolled_through FROM sessions WHERE agent = ? AND rolled_through < ?',
    ),
    rows: connection.prepare<[number, number, number], RawRow>(`
    SELECT r.seq, r.taken_at, r.place, b.encoding, b.body FROM reports r JOIN bodies b ON b.key = r.body
    WHERE r.session = ? AND r.body > ? AND r.body <= ? ORDER BY r.seq`),
    /** One report, when its body is merged up to a mark. */
    merged: connection.prepare<[number, number, number], RawRow>(`
    SELECT r.seq, r.taken_at, r.place, b.encoding, b.body FROM reports r JOIN bodies b ON b.key = r.body
    WHERE r.session = ? AND r.seq = ? AND r.body <= ?`),
    mark: connection.prepare('UPDATE sessions SET rolled_through = ? WHERE key = ?'),
    kept: connection.prepare<[number, number], { body: Buffer }>(
      'SELECT body FROM rollups WHERE agent = ? AND resolution_seconds = 3600 AND starts_at = ?',
    ),
    save: connection.prepare(`
    INSERT INTO rollups (agent, resolution_seconds, starts_at, body) VALUES (?, 3600, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body`),
  };
}

/**
 * Hourly buckets from raw reports. Two marks make it exact: each session's own, moved in the transaction that merges,
 * and a common one below which every body is merged.
 */
export function createRollUp(connection: Connection) {
  const sql = prepareStatements(connection);
  const progress = createProgress(connection, 'rolled-through');

  /** The agents still to do below `target`; memory of one process, rebuilt from the marks after a restart. */
  let target = 0;
  let waiting: number[] = [];

  const mergeSession = createSessionMerge(sql);

  const rollUpOne = connection.transaction((receivedBeforeMs: number): number | undefined => {
    if (waiting.length === 0) {
      if (target > progress.get()) progress.set(target);
      target = sql.newestBefore.get(progress.get(), receivedBeforeMs)?.key ?? 0;
      if (target === 0) return undefined;
      waiting = sql.agentsIn.all(progress.get(), target).map((row) => row.agent);
    }
    const agent = waiting.pop();
    if (agent === undefined) return 0;
    let mergedCount = 0;
    for (const session of sql.sessions.all(agent, target)) mergedCount += mergeSession(agent, session, target);
    return mergedCount;
  }).immediate;

  return (receivedBeforeMs: number): number | undefined => {
    try {
      return rollUpOne(receivedBeforeMs);
    } catch (error) {
      // What was rolled back is still to do: start again from the marks.
      target = 0;
      waiting = [];
      throw error;
    }
  };
}

/** Merges what one session has between its mark and `target` into the buckets of its agent, and moves the mark. */
function createSessionMerge(sql: ReturnType<typeof prepareStatements>) {
  const reportOf = (row: RawRow): Report => storedReport(row.encoding, row.body, row.place);

  function bucketOf(agent: number, startsAtMs: number): RollupBucket {
    const row = sql.kept.get(agent, startsAtMs);
    return row === undefined ? emptyBucket() : (JSON.parse(inflateSync(row.body).toString()) as RollupBucket);
  }

  return function mergeSession(agent: number, session: SessionRow, target: number): number {
    const raw = sql.rows.all(session.key, session.rolled_through, target);
    const buckets = new Map<number, RollupBucket>();
    const bucketAt = (takenAtMs: number): RollupBucket => {
      const startsAtMs = Math.floor(takenAtMs / hourMs) * hourMs;
      const bucket = buckets.get(startsAtMs) ?? bucketOf(agent, startsAtMs);
      buckets.set(startsAtMs, bucket);
      return bucket;
    };
    // What counters grew by between two reports is added when the second of the two is merged, whichever that is.
    const mergedBefore = (seq: number) => sql.merged.get(session.key, seq, session.rolled_through);
    let previous: { seq: number; report: Report } | undefined;
    for (const [index, row] of raw.entries()) {
      const report = reportOf(row);
      addReport(bucketAt(row.taken_at), report, row.taken_at);
      const follows = previous?.seq === row.seq - 1;
      const earlier = follows ? undefined : mergedBefore(row.seq - 1);
      const before = follows ? previous?.report : earlier && reportOf(earlier);
      if (before !== undefined) addGrowths(bucketAt(row.taken_at), report, before);
      const later = raw[index + 1]?.seq === row.seq + 1 ? undefined : mergedBefore(row.seq + 1);
      if (later !== undefined) addGrowths(bucketAt(later.taken_at), reportOf(later), report);
      previous = { seq: row.seq, report };
    }
    for (const [startsAtMs, bucket] of buckets) sql.save.run(agent, startsAtMs, deflateSync(JSON.stringify(bucket)));
    sql.mark.run(target, session.key);
    return raw.length;
  };
}
