import type { Report } from '../../shared/report-schema.ts';
import type { PathRow, SeenList } from '../store/path-rows.ts';
import type { AgentRow, ReportBatch } from '../store/rows.ts';
import type { AcceptedPlace } from '../store/store.ts';
import type { ParsedBatch } from './fleet.ts';
import { staleAfterMs, type Present } from './node-facts.ts';
import { looksOf, networkGapMs, recordOf } from './path-looks.ts';
import { type Look, looked, mergedLists, nothingSeen } from './seen-list.ts';

/** Which way the reports of an agent take now, and what it tells of its network. */
export interface PathFacts extends PathRow {
  /** When the store last had it. */
  savedAtMs: number;
}

export interface PathBook {
  /** @param agent its id. */
  of(agent: string): PathFacts | undefined;
  restore(rows: readonly PathRow[], agents: Iterable<{ row: AgentRow; present: Present | undefined }>): void;
  stage(given: {
    batches: readonly ParsedBatch[];
    /** In order of time. */
    accepted: readonly AcceptedPlace[];
    agentOf(id: string): AgentRow | undefined;
  }): StagedPaths;
}

export interface StagedPaths {
  /** What must be kept now. */
  rows: PathRow[];
  /** `<pd>/<site>` of which something new was learnt. */
  sites: Set<string>;
  apply(): void;
}

/** A way that stays as it is, is written so often: after a crash its last moment may be older by this. */
export const saveEveryMs = 10 * 60_000;
/** A restart of the collector, or a short outage, does not begin a new time on the same way. */
const shortGapMs = 15 * 60_000;
const clockStepMs = 60_000;
const keptKnownSources = 16;

/** @param dayOf names the day of the Pemda's zone. */
export function createPathBook(dayOf: (atMs: number) => string): PathBook {
  const held = new Map<string, PathFacts>();
  return {
    of: (agent) => held.get(agent),
    restore(rows, agents) {
      const byKey = new Map(rows.map((row) => [row.agentKey, row]));
      for (const { row, present } of agents) {
        const kept = byKey.get(row.key);
        if (kept !== undefined) held.set(row.id, restored(kept, row, present));
      }
    },
    stage: (given) => new Staging(held, dayOf).take(given),
  };
}

/** The row may be some minutes old; the newest body tells where the newest report came from. */
function restored(kept: PathRow, agent: AgentRow, present: Present | undefined): PathFacts {
  const facts = { ...kept, savedAtMs: kept.sources.lookedAtMs };
  if (present?.remoteAddress === undefined || present.receivedAtMs <= kept.sources.lookedAtMs) return facts;
  const { report, receivedAtMs: atMs, remoteAddress } = present;
  return { ...facts, sources: looked(kept.sources, sourceLook(agent, report, facts, { atMs, remoteAddress })).list };
}

function sourceLook(
  agent: AgentRow,
  report: Report,
  { fromMs }: PathRow,
  { atMs, remoteAddress }: { atMs: number; remoteAddress: string },
): Look {
  const longestGapMs = Math.max(staleAfterMs(report.intervalSeconds), shortGapMs);
  return { addresses: [remoteAddress], atMs, record: recordOf(agent, report), longestGapMs, dayFromMs: fromMs };
}

/** Works out the ways for one commit that is not yet on disk. */
class Staging {
  readonly #held: Map<string, PathFacts>;
  readonly #dayOf: (atMs: number) => string;
  readonly #staged = new Map<string, { facts: PathFacts; isNew: boolean }>();
  /** What late reports tell of earlier days, by agent and day. */
  readonly #earlier = new Map<string, PathRow>();
  readonly #finished: PathRow[] = [];
  readonly #sites = new Set<string>();

  constructor(held: Map<string, PathFacts>, dayOf: (atMs: number) => string) {
    this.#held = held;
    this.#dayOf = dayOf;
  }

  take({ batches, accepted, agentOf }: Parameters<PathBook['stage']>[0]): StagedPaths {
    const reportsOf = Map.groupBy(accepted, (place) => place.batch);
    // A request counts for the moment of its receipt, however old the reports in it are.
    for (const [index, parsed] of batches.entries()) {
      const report = parsed.reports[reportsOf.get(index)?.at(-1)?.place ?? -1];
      const agent = agentOf(parsed.batch.agent);
      if (report !== undefined && agent !== undefined) this.#noteSource(agent, parsed.batch, report);
    }
    for (const { batch, place } of accepted) {
      const parsed = batches[batch];
      const report = parsed?.reports[place];
      const timing = parsed?.batch.reports[place];
      const agent = parsed && agentOf(parsed.batch.agent);
      if (report !== undefined && timing !== undefined && agent !== undefined) {
        this.#noteNetwork(agent, report, { ...timing, receivedAtMs: parsed?.batch.receivedAtMs ?? 0 });
      }
    }
    const rows = this.#rows();
    return { rows, sites: this.#sites, apply: () => this.#apply() };
  }

  #noteSource(agent: AgentRow, { receivedAtMs, remoteAddress }: ReportBatch, report: Report): void {
    const { facts, isNew } = this.#factsAt(agent, receivedAtMs);
    if (remoteAddress === undefined) {
      this.#staged.set(agent.id, { facts, isNew });
      return;
    }
    const before = facts.sources.lookedAtMs > receivedAtMs + clockStepMs ? nothingSeen : facts.sources;
    const found = looked(before, sourceLook(agent, report, facts, { atMs: receivedAtMs, remoteAddress }));
    this.#staged.set(agent.id, { facts: { ...facts, sources: found.list }, isNew: isNew || found.isNew });
    if (facts.sources.seen[0]?.address !== remoteAddress) this.#sites.add(`${agent.pd}/${agent.site}`);
  }

  /** What is known of an agent, moved on to the day of a moment. */
  #factsAt(agent: AgentRow, atMs: number): { facts: PathFacts; isNew: boolean } {
    const day = this.#dayOf(atMs);
    const known = this.#staged.get(agent.id) ?? { facts: this.#held.get(agent.id), isNew: false };
    const { facts } = known;
    if (facts === undefined || facts.pd !== agent.pd || facts.site !== agent.site) {
      return { facts: { ...emptyRow(agent, day, atMs), savedAtMs: 0 }, isNew: true };
    }
    if (facts.day === day) return { facts, isNew: known.isNew };
    this.#finished.push(rowOf(facts));
    const knownSources = [...new Set([...facts.sources.seen.map(({ address }) => address), ...facts.knownSources])];
    return {
      facts: { ...facts, day, fromMs: atMs, knownSources: knownSources.slice(0, keptKnownSources) },
      isNew: true,
    };
  }

  #noteNetwork(
    agent: AgentRow,
    report: Report,
    { takenAtMs, late, receivedAtMs }: { takenAtMs: number; late: boolean; receivedAtMs: number },
  ): void {
    const looks = looksOf(report);
    const known = this.#staged.get(agent.id);
    if (looks.length === 0 || known === undefined) return;
    const day = this.#dayOf(takenAtMs);
    // It was taken a moment before it came in: on the same day that is when the day began for this agent.
    const fromMs = day === known.facts.day ? Math.min(known.facts.fromMs, takenAtMs) : known.facts.fromMs;
    const facts = { ...known.facts, fromMs };
    let { isNew } = known;
    const record = recordOf(agent, report);
    const look = { atMs: takenAtMs, record, longestGapMs: networkGapMs, dayFromMs: facts.fromMs };
    for (const { kind, addresses } of looks) {
      const before = facts[kind].lookedAtMs > receivedAtMs + clockStepMs ? nothingSeen : facts[kind];
      if (takenAtMs <= before.lookedAtMs) continue;
      const found = looked(before, { ...look, addresses });
      facts[kind] = found.list;
      isNew ||= found.isNew;
    }
    this.#staged.set(agent.id, { facts, isNew });
    this.#sites.add(`${agent.pd}/${agent.site}`);
    if (!late && day === facts.day) return;
    const name = `${agent.id}/${day}`;
    const row = this.#earlier.get(name) ?? emptyRow(agent, day, takenAtMs);
    const lists = looks.map(({ kind, addresses }): [string, SeenList] => {
      const { list } = looked(nothingSeen, { ...look, addresses });
      return [kind, mergedLists(row[kind], list)];
    });
    this.#earlier.set(name, { ...row, ...(Object.fromEntries(lists) as Partial<PathRow>) });
  }

  #rows(): PathRow[] {
    const rows: PathRow[] = [...this.#finished];
    for (const [id, { facts, isNew }] of this.#staged) {
      const seenAtMs = facts.sources.lookedAtMs;
      if (!isNew && Math.abs(seenAtMs - facts.savedAtMs) < saveEveryMs) continue;
      rows.push(rowOf(facts));
      this.#staged.set(id, { facts: { ...facts, savedAtMs: seenAtMs }, isNew });
    }
    return [...rows, ...this.#earlier.values()];
  }

  #apply(): void {
    for (const [id, { facts }] of this.#staged) this.#held.set(id, facts);
  }
}

function emptyRow({ key: agentKey, pd, site }: AgentRow, day: string, fromMs: number): PathRow {
  const nothing = { sources: nothingSeen, gateways: nothingSeen, egresses: nothingSeen, hops: nothingSeen };
  return { agentKey, pd, site, day, fromMs, knownSources: [], ...nothing };
}

/** What is kept of a day: what was seen on it. */
export function rowOf({ savedAtMs: _, ...facts }: PathFacts): PathRow {
  const ofDay = ({ lookedAtMs, seen }: SeenList): SeenList => ({
    lookedAtMs,
    seen: seen.filter(({ lastAtMs }) => lastAtMs >= facts.fromMs),
  });
  return {
    ...facts,
    sources: ofDay(facts.sources),
    gateways: ofDay(facts.gateways),
    egresses: ofDay(facts.egresses),
    hops: ofDay(facts.hops),
  };
}

/** Two rows of one agent and day, whichever was made first. */
export function mergedPaths(one: PathRow, other: PathRow): PathRow {
  return {
    ...one,
    fromMs: Math.min(one.fromMs, other.fromMs),
    knownSources: [...new Set([...other.knownSources, ...one.knownSources])].slice(0, keptKnownSources),
    sources: mergedLists(one.sources, other.sources),
    gateways: mergedLists(one.gateways, other.gateways),
    egresses: mergedLists(one.egresses, other.egresses),
    hops: mergedLists(one.hops, other.hops),
  };
}
