import { deflateSync, inflateSync } from 'node:zlib';
import type { Report } from '../../../shared/report-schema.ts';
import { reportAt, storedReports } from '../report-body.ts';
import { addGrowths, addReport, emptyBucket, type RollupBucket } from '../rollup-bucket.ts';
import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

const hourMs = 3_600_000;
/** A call stops at the first body that reaches this; a body is never divided, and holds at most fifty reports. */
const reportsPerCall = 100;
/** How far a turn over all agents looks ahead, so that finding whose bodies there are is short too. */
const bodiesPerTurn = 10_000;

interface BodyRow {
  encoding: string;
  body: Buffer;
}

interface ReportRow {
  session: number;
  seq: number;
  taken_at: number;
  body: number;
  place: number;
}

function prepareStatements(connection: Connection) {
  return {
    firstAfter: connection.prepare<[number], { key: number; received_at: number }>(
      'SELECT key, received_at FROM bodies WHERE key > ? ORDER BY key LIMIT 1',
    ),
    newestBefore: connection.prepare<[number], { key: number }>(
      'SELECT key FROM bodies WHERE received_at < ? ORDER BY received_at DESC, key DESC LIMIT 1',
    ),
    bodiesIn: connection.prepare<[number, number, number], { key: number; agent: number }>(
      'SELECT key, agent FROM bodies WHERE key > ? AND key <= ? ORDER BY key LIMIT ?',
    ),
    mergedThrough: connection.prepare<[number], { rolled_through: number }>(
      'SELECT rolled_through FROM agents WHERE key = ?',
    ),
    mark: connection.prepare('UPDATE agents SET rolled_through = ? WHERE key = ?'),
    body: connection.prepare<[number], BodyRow>('SELECT encoding, body FROM bodies WHERE key = ?'),
    reportsOf: connection.prepare<[number], ReportRow>(
      'SELECT session, seq, taken_at, body, place FROM reports WHERE body = ? ORDER BY session, seq',
    ),
    /** One report, when it came in a body up to the given one. */
    report: connection.prepare<[number, number, number], ReportRow>(
      'SELECT session, seq, taken_at, body, place FROM reports WHERE session = ? AND seq = ? AND body <= ?',
    ),
    kept: connection.prepare<[number, number], { body: Buffer }>(
      'SELECT body FROM rollups WHERE agent = ? AND resolution_seconds = 3600 AND starts_at = ?',
    ),
    save: connection.prepare(`
    INSERT INTO rollups (agent, resolution_seconds, starts_at, body) VALUES (?, 3600, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body`),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

/**
 * Hourly buckets from raw reports. The bodies of an agent are merged in the order in which they came. Two marks make
 * it exact: each agent's own, moved in the transaction that merges, and a common one below which every body is merged.
 */
export function createRollUp(connection: Connection) {
  const sql = prepareStatements(connection);
  const progress = createProgress(connection, 'rolled-through');
  const mergeBodies = createBodyMerge(sql);

  /** What is still to do below `target`, by agent; memory of one process, rebuilt from the marks after a restart. */
  let target = 0;
  let waiting: { agent: number; bodies: number[] }[] = [];

  function startTurn(receivedBeforeMs: number): boolean {
    if (target > progress.get()) progress.set(target);
    target = 0;
    const done = progress.get();
    const first = sql.firstAfter.get(done);
    if (first === undefined) return false;
    // The clock may have been set back: what follows an old body in the order of arrival counts as old too.
    const newest = Math.max(
      sql.newestBefore.get(receivedBeforeMs)?.key ?? 0,
      first.received_at < receivedBeforeMs ? first.key : 0,
    );
    const bodies = sql.bodiesIn.all(done, newest, bodiesPerTurn);
    target = bodies.at(-1)?.key ?? 0;
    waiting = [...Map.groupBy(bodies, (body) => body.agent)]
      .map(([agent, rows]) => {
        const mergedThrough = sql.mergedThrough.get(agent)?.rolled_through ?? 0;
        return { agent, bodies: rows.map((row) => row.key).filter((key) => key > mergedThrough) };
      })
      .filter((each) => each.bodies.length > 0);
    // All of it was merged before a restart.
    if (waiting.length === 0 && target > 0) progress.set(target);
    return target > 0;
  }

  const rollUpOne = connection.transaction((receivedBeforeMs: number): number | undefined => {
    if (waiting.length === 0 && !startTurn(receivedBeforeMs)) return undefined;
    const next = waiting.at(-1);
    if (next === undefined) return 0;
    const { mergedCount, rest } = mergeBodies(next.agent, next.bodies);
    if (rest.length === 0) waiting.pop();
    else next.bodies = rest;
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

/** Merges the first of an agent's waiting bodies, as many as one call takes, and moves the agent's mark. */
function createBodyMerge(sql: Statements) {
  return function mergeBodies(agent: number, bodies: readonly number[]): { mergedCount: number; rest: number[] } {
    const buckets = openBuckets(sql, agent);
    const parsed = new Map<number, Report[]>();
    const reportOf = ({ body, place }: ReportRow): Report => {
      const reports = parsed.get(body) ?? readBody(sql, body);
      parsed.set(body, reports);
      return reportAt(reports, place);
    };
    let mergedCount = 0;
    let bodyCount = 0;
    for (const body of bodies) {
      if (mergedCount >= reportsPerCall || bodyCount >= reportsPerCall) break;
      const rows = sql.reportsOf.all(body);
      for (const row of rows) mergeReport(row);
      mergedCount += rows.length;
      bodyCount += 1;
    }
    buckets.save();
    const last = bodies[bodyCount - 1];
    if (last !== undefined) sql.mark.run(last, agent);
    return { mergedCount, rest: bodies.slice(bodyCount) };

    // What counters grew by between two reports is added when the second of the two is merged, whichever that is.
    function mergeReport(row: ReportRow): void {
      const report = reportOf(row);
      addReport(buckets.at(row.taken_at), report, row.taken_at);
      const before = sql.report.get(row.session, row.seq - 1, row.body);
      if (before !== undefined) addGrowths(buckets.at(row.taken_at), report, reportOf(before));
      const later = sql.report.get(row.session, row.seq + 1, row.body - 1);
      if (later !== undefined) addGrowths(buckets.at(later.taken_at), reportOf(later), report);
    }
  };
}

function readBody(sql: Statements, key: number): Report[] {
  const row = sql.body.get(key);
  if (row === undefined) throw new Error(`body ${key} of a report is not there`);
  return storedReports(row.encoding, row.body);
}

/** The hourly buckets of an agent that one call changes, each read once and written once. */
function openBuckets(sql: Statements, agent: number) {
  const changed = new Map<number, RollupBucket>();
  return {
    at(takenAtMs: number): RollupBucket {
      const startsAtMs = Math.floor(takenAtMs / hourMs) * hourMs;
      const known = changed.get(startsAtMs);
      if (known !== undefined) return known;
      const row = sql.kept.get(agent, startsAtMs);
      const bucket = row === undefined ? emptyBucket() : (JSON.parse(inflateSync(row.body).toString()) as RollupBucket);
      changed.set(startsAtMs, bucket);
      return bucket;
    },
    save(): void {
      for (const [startsAtMs, bucket] of changed) sql.save.run(agent, startsAtMs, deflateSync(JSON.stringify(bucket)));
    },
  };
}
