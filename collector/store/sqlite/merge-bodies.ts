import { deflateSync, inflateSync } from 'node:zlib';
import type { Report } from '../../../shared/report-schema.ts';
import { reportAt, storedReports } from '../report-body.ts';
import { addGrowths, addReport, emptyBucket, type RollupBucket } from '../rollup-bucket.ts';
import { type PlacedRound, roundsOf, type RoundsSource } from '../rounds-of.ts';
import type { LinkDays } from './link-days.ts';
import type { Connection } from './open.ts';

const hourMs = 3_600_000;
/** A call stops at the first body that reaches this; a body is never divided, and holds at most fifty reports. */
const reportsPerCall = 100;
/** A report of an agent at the Pusat Data may hold a thousand rounds. */
const roundsPerCall = 5000;

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
    receivedAt: connection.prepare<[number], { received_at: number }>('SELECT received_at FROM bodies WHERE key = ?'),
    agent: connection.prepare<[number], { pd: string; site: string; roles: string }>(
      'SELECT pd, site, roles FROM agents WHERE key = ?',
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

/** What one call merged, and which bodies it left. */
export interface Merged {
  reportCount: number;
  roundCount: number;
  rest: number[];
}

/**
 * Merges the first of an agent's waiting bodies, as many as one call takes, and moves the agent's mark. To be called
 * inside a transaction.
 */
export function createBodyMerge(connection: Connection, linkDays: LinkDays) {
  const sql = prepareStatements(connection);
  return function mergeBodies(agent: number, bodies: readonly number[]): Merged {
    const buckets = openBuckets(sql, agent);
    const sender = senderOf(sql, agent);
    const rounds: PlacedRound[] = [];
    const parsed = new Map<number, Report[]>();
    const reportOf = ({ body, place }: ReportRow): Report => {
      const reports = parsed.get(body) ?? readBody(sql, body);
      parsed.set(body, reports);
      return reportAt(reports, place);
    };
    let reportCount = 0;
    let bodyCount = 0;
    for (const body of bodies) {
      if (reportCount >= reportsPerCall || bodyCount >= reportsPerCall || rounds.length >= roundsPerCall) break;
      const receivedAtMs = sql.receivedAt.get(body)?.received_at ?? 0;
      const rows = sql.reportsOf.all(body);
      for (const row of rows) mergeReport(row, receivedAtMs);
      reportCount += rows.length;
      bodyCount += 1;
    }
    buckets.save();
    linkDays.add(agent, rounds);
    const last = bodies[bodyCount - 1];
    if (last !== undefined) sql.mark.run(last, agent);
    return { reportCount, roundCount: rounds.length, rest: bodies.slice(bodyCount) };

    // What counters grew by between two reports is added when the second of the two is merged, whichever that is.
    function mergeReport(row: ReportRow, receivedAtMs: number): void {
      const report = reportOf(row);
      addReport(buckets.at(row.taken_at), report, row.taken_at);
      rounds.push(...roundsOf(report, { ...sender, takenAtMs: row.taken_at, receivedAtMs, body: row.body }));
      const before = sql.report.get(row.session, row.seq - 1, row.body);
      if (before !== undefined) addGrowths(buckets.at(row.taken_at), report, reportOf(before));
      const later = sql.report.get(row.session, row.seq + 1, row.body - 1);
      if (later !== undefined) addGrowths(buckets.at(later.taken_at), reportOf(later), report);
    }
  };
}

function senderOf(sql: Statements, agent: number): Pick<RoundsSource, 'pd' | 'site' | 'isVantage'> {
  const row = sql.agent.get(agent);
  if (row === undefined) throw new Error(`agent ${agent} of a report is not there`);
  return { pd: row.pd, site: row.site, isVantage: (JSON.parse(row.roles) as string[]).includes('vantage') };
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
