import {
  addRounds,
  daySeconds,
  emptyLinkDay,
  type LinkDay,
  type LinkDayBody,
  type LinkPlace,
  type LinkRound,
  longestCoverMs,
} from '../link-day.ts';
import type { PlacedRound } from '../rounds-of.ts';
import type { MonitoredLink } from '../store.ts';
import type { Connection } from './open.ts';

const dayMs = daySeconds * 1000;
const linksPerCall = 50;

type Place = [pd: string, site: string, layer: string];

interface DayRecord {
  prober: number;
  probe: string;
  startsAtMs: number;
  body: string;
}

/** One day of one probe. */
interface DayGroup {
  place: LinkPlace;
  probe: string;
  startsAtMs: number;
  rounds: LinkRound[];
}

/** The rounds of links by day, one row for each probe of each prober. */
export function createLinkDays(connection: Connection) {
  const kept = connection.prepare<[...Place, number, number, string], { body: string }>(`
    SELECT body FROM link_days WHERE pd = ? AND site = ? AND layer = ? AND starts_at = ? AND prober = ? AND probe = ?`);
  const save = connection.prepare<[...Place, number, number, string, string]>(`
    INSERT INTO link_days (pd, site, layer, starts_at, prober, probe, body) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body`);
  const note = connection.prepare<[...Place, number]>(`
    INSERT INTO monitored_links (pd, site, layer, since) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET since = excluded.since WHERE excluded.since < since`);
  const links = connection.prepare<[], MonitoredLink>(
    'SELECT pd, site, layer, since AS sinceMs FROM monitored_links ORDER BY pd, site, layer',
  );
  const days = connection.prepare<[...Place, number, number], DayRecord>(`
    SELECT starts_at AS startsAtMs, prober, probe, body FROM link_days
    WHERE pd = ? AND site = ? AND layer = ? AND starts_at >= ? AND starts_at < ? ORDER BY starts_at, prober, probe`);
  const withOld = connection.prepare<[number, number], LinkPlace>(`
    SELECT pd, site, layer FROM monitored_links m WHERE EXISTS (SELECT 1 FROM link_days d
      WHERE d.pd = m.pd AND d.site = m.site AND d.layer = m.layer AND d.starts_at <= ?) LIMIT ?`);
  const forget = connection.prepare<[...Place, number]>(
    'DELETE FROM link_days WHERE pd = ? AND site = ? AND layer = ? AND starts_at <= ?',
  );

  return {
    /** Adds rounds that one agent told and that were not added before. */
    add(prober: number, rounds: readonly PlacedRound[]): void {
      for (const { place, probe, startsAtMs, rounds: ofDay } of groupsOf(rounds)) {
        const { pd, site, layer } = place;
        const row = kept.get(pd, site, layer, startsAtMs, prober, probe);
        const day = row === undefined ? emptyLinkDay() : (JSON.parse(row.body) as LinkDayBody);
        addRounds(day, ofDay);
        save.run(pd, site, layer, startsAtMs, prober, probe, JSON.stringify(day));
        note.run(pd, site, layer, startsAtMs + (day.runs[0]?.[0] ?? 0) * 1000);
      }
    },
    monitored: (): MonitoredLink[] => links.all(),
    /** Every day of which a round may speak for a part of the period. */
    read({ pd, site, layer }: LinkPlace, fromMs: number, untilMs: number): LinkDay[] {
      const rows = days.all(pd, site, layer, dayOf(fromMs - longestCoverMs), untilMs);
      return rows.map(({ body, ...row }) => ({ ...row, ...(JSON.parse(body) as LinkDayBody) }));
    },
    /** Removes days that were over before an instant, of some links. @returns how many went. */
    forget(beforeMs: number): number {
      const lastStartMs = beforeMs - dayMs;
      return withOld
        .all(lastStartMs, linksPerCall)
        .reduce((count, { pd, site, layer }) => count + forget.run(pd, site, layer, lastStartMs).changes, 0);
    },
  };
}

export type LinkDays = ReturnType<typeof createLinkDays>;

function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs) * dayMs;
}

function groupsOf(rounds: readonly PlacedRound[]): Iterable<DayGroup> {
  const groups = new Map<string, DayGroup>();
  for (const { place, probe, round } of rounds) {
    const startsAtMs = dayOf(round.atSecond * 1000);
    // Names of departments and sites hold no space; that of a probe may, and comes last.
    const key = `${place.pd} ${place.site} ${place.layer} ${startsAtMs} ${probe}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { place, probe, startsAtMs, rounds: [round] });
    else group.rounds.push(round);
  }
  return groups.values();
}
