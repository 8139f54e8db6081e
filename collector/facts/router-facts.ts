import type { ReportReference } from '../../shared/evidence.ts';
import type { Report, ReportRouter } from '../../shared/report-schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { AgentFacts } from './node-facts.ts';
import type { FactChanges } from '../store/store.ts';
import { growthsOf } from './traffic-growths.ts';
import { createTrafficFacts, type SiteTraffic, type TrafficRow } from './traffic-facts.ts';

/** What is known now of one router, as one agent read it. */
export interface RouterFacts {
  pd: string;
  site: string;
  /** Who read it. */
  agentKey: number;
  agent: string;
  node: string;
  reading: ReportRouter;
  /** When it was read, on the collector's clock. */
  takenAtMs: number;
  record: ReportReference;
}

/** What reports say of routers; `<pd>/<site>` names a place. */
export interface RouterBook {
  /** Readings of a site's router, one of each agent that reads it. */
  of(place: string): RouterFacts[];
  all(): Iterable<RouterFacts>;
  traffic(place: string): SiteTraffic | undefined;
  /** Puts back what was known: the newest report of each agent, and the hours of traffic that the store kept. */
  restore(agents: Iterable<AgentFacts>, traffic: readonly TrafficRow[]): void;
  /** Begins to work out facts for a commit that is not yet on disk. @param sites takes the places that were spoken of. */
  stage(changes: FactChanges, sites: Set<string>): RouterStaging;
}

export interface RouterStaging {
  /** A reading has its own time: the newest of a router counts, in whatever order reports bring them. */
  add(agent: AgentRow, report: Report, takenAtMs: number): void;
  apply(): void;
}

export function createRouterBook(): RouterBook {
  const places = new Map<string, Map<number, RouterFacts>>();
  const traffic = createTrafficFacts();

  function keep(facts: RouterFacts): void {
    const place = `${facts.pd}/${facts.site}`;
    const known = places.get(place) ?? new Map<number, RouterFacts>();
    if ((known.get(facts.agentKey)?.takenAtMs ?? -Infinity) > facts.takenAtMs) return;
    places.set(place, known.set(facts.agentKey, facts));
  }

  return {
    of: (place) => [...(places.get(place)?.values() ?? [])],
    *all() {
      for (const known of places.values()) yield* known.values();
    },
    traffic: (place) => traffic.of(place),
    restore(agents, rows) {
      for (const { row, present } of agents) {
        if (present === undefined) continue;
        for (const facts of readingsOf(row, present.report, present.takenAtMs)) keep(facts);
      }
      traffic.restore(rows);
    },
    stage(changes, sites) {
      const staged: RouterFacts[] = [];
      const growths: ReturnType<typeof growthsOf> = [];
      return {
        add(agent, report, takenAtMs) {
          for (const facts of readingsOf(agent, report, takenAtMs)) {
            const grown = growthsOf(facts, Date.parse(report.takenAt) - takenAtMs);
            growths.push(...grown);
            changes.traffic.push(...grown);
            staged.push(facts);
            sites.add(`${facts.pd}/${facts.site}`);
          }
        },
        apply() {
          for (const facts of staged) keep(facts);
          for (const growth of growths) traffic.add(growth);
        },
      };
    },
  };
}

/** Only an agent at the Pusat Data speaks for other places; another one's word is about its own. */
export function readingsOf(agent: AgentRow, report: Report, takenAtMs: number): RouterFacts[] {
  const isVantage = agent.roles.includes('vantage');
  const clockErrorMs = Date.parse(report.takenAt) - takenAtMs;
  return (report.routers ?? []).map((reading) => ({
    pd: (isVantage ? reading.pd : undefined) ?? agent.pd,
    site: (isVantage ? reading.site : undefined) ?? agent.site,
    agentKey: agent.key,
    agent: agent.id,
    node: agent.node,
    reading,
    // A reading may be older than the report that carries it, never newer.
    takenAtMs: Math.min(Date.parse(reading.takenAt) - clockErrorMs, takenAtMs),
    record: { agent: agent.id, session: report.session, seq: report.seq },
  }));
}
