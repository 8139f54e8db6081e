import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TrafficRow } from '../../facts/traffic-facts.ts';
import type { InterfaceGrowth } from '../../facts/traffic-growths.ts';
import { addGrowth, emptyTrafficHour, hourMs, hoursOf, type TrafficHour } from '../../facts/traffic-hour.ts';
import type { Connection } from './open.ts';

interface Kept {
  pd: string;
  site: string;
  starts_at: number;
  reader: number;
  interface: string;
  body: Buffer;
  revision: number;
  restated_at: number | null;
}

/** An hour that has been over for so long is closed: what still comes for it restates what people have read. */
const closedAfterMs = 10 * 60_000;
const rowsPerForget = 2000;
/** What is taken into memory at a start. */
const recentMs = 26 * hourMs;

/** Hours of WAN traffic. What reports tell is added once each, in whatever order it comes. */
export function createTrafficTable(connection: Connection) {
  const sql = {
    one: connection.prepare<[string, string, number, number, string], Kept>(
      'SELECT * FROM traffic_hours WHERE pd = ? AND site = ? AND starts_at = ? AND reader = ? AND interface = ?',
    ),
    save: connection.prepare(`
    INSERT INTO traffic_hours (pd, site, starts_at, reader, interface, body, revision, restated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body, revision = excluded.revision, restated_at = excluded.restated_at`),
    ofSite: connection.prepare<[string, string, number, number], Kept>(
      'SELECT * FROM traffic_hours WHERE pd = ? AND site = ? AND starts_at >= ? AND starts_at < ? ORDER BY starts_at',
    ),
    recent: connection.prepare<[number], Kept>(
      'SELECT * FROM traffic_hours WHERE starts_at > (SELECT max(starts_at) FROM traffic_hours) - ?',
    ),
    forget: connection.prepare(`
    DELETE FROM traffic_hours WHERE (pd, site, starts_at, reader, interface) IN
      (SELECT pd, site, starts_at, reader, interface FROM traffic_hours WHERE starts_at < ? LIMIT ${rowsPerForget})`),
  };

  function addTo(growth: InterfaceGrowth, startsAtMs: number, receivedAtMs: number): void {
    const { pd, site, agentKey, interface: name } = growth;
    const kept = sql.one.get(pd, site, startsAtMs, agentKey, name);
    const hour = kept === undefined ? emptyTrafficHour() : decode(kept.body);
    addGrowth(hour, startsAtMs, growth);
    const isLate = receivedAtMs > startsAtMs + hourMs + closedAfterMs;
    const revision = (kept?.revision ?? 0) + (isLate ? 1 : 0);
    const restatedAtMs = isLate ? receivedAtMs : (kept?.restated_at ?? null);
    sql.save.run(pd, site, startsAtMs, agentKey, name, encode(hour), revision, restatedAtMs);
  }

  return {
    /** Only inside a transaction. */
    keep(growths: readonly InterfaceGrowth[], receivedAtMs: number): void {
      for (const growth of growths) {
        for (const startsAtMs of hoursOf(growth)) addTo(growth, startsAtMs, receivedAtMs);
      }
    },
    ofSite: (pd: string, site: string, fromMs: number, untilMs: number): TrafficRow[] =>
      sql.ofSite.all(pd, site, fromMs, untilMs).map(toRow),
    recent: (): TrafficRow[] => sql.recent.all(recentMs).map(toRow),
    /** @returns how many rows went; 0 when nothing is left. */
    forget: (startedBeforeMs: number): number => sql.forget.run(startedBeforeMs).changes,
  };
}

function encode(hour: TrafficHour): Buffer {
  return deflateRawSync(JSON.stringify(hour));
}

function decode(body: Buffer): TrafficHour {
  return JSON.parse(inflateRawSync(body).toString()) as TrafficHour;
}

function toRow(kept: Kept): TrafficRow {
  return {
    pd: kept.pd,
    site: kept.site,
    agentKey: kept.reader,
    interface: kept.interface,
    startsAtMs: kept.starts_at,
    hour: decode(kept.body),
    revision: kept.revision,
    restatedAtMs: kept.restated_at ?? undefined,
  };
}
