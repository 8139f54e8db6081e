import { websitesOf } from '../config/websites-of.ts';
import type { ReportReference } from '../../shared/evidence.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { LinkPlace } from '../store/link-day.ts';
import type { MonitoredLink, Store } from '../store/store.ts';
import { readAvailability } from './availability/read-availability.ts';
import { spanAt } from './availability/spans-per.ts';
import { referenceTo } from './case-view.ts';
import type { DepartmentRule, SiteMonthView } from './rule.ts';

/** Months change slowly, and reading them is not free: once an hour is enough. */
const readEveryMs = 3_600_000;

type MonthsLayer = NonNullable<DepartmentRule['readsMonths']>;

interface MonthsContext {
  config: PantauConfig;
  store: Pick<Store, 'history'>;
  fleet: Pick<Fleet, 'vantages' | 'agentsOf'>;
  nowMs: number;
}

export interface LinkMonths {
  /** How the WAN of each site of a department, or each of its websites, fared in the last month and in this one. */
  of(pd: string, layer: MonthsLayer, view: MonthsContext): Promise<SiteMonthView[]>;
}

/** Which links there are is the same for all departments of a turn. */
const listEveryMs = 60_000;

/** What it tells is an hour old at most. */
export function createLinkMonths(): LinkMonths {
  const known = new Map<string, { readAtMs: number; config: PantauConfig; months: SiteMonthView[] }>();
  let listed: { readAtMs: number; byPd: ReadonlyMap<string, readonly MonitoredLink[]> } | undefined;
  const linksOf = async (pd: string, { store, nowMs }: MonthsContext) => {
    if (listed === undefined || Math.abs(nowMs - listed.readAtMs) >= listEveryMs) {
      listed = { readAtMs: nowMs, byPd: Map.groupBy(await store.history.monitoredLinks(), (link) => link.pd) };
    }
    return listed.byPd.get(pd) ?? [];
  };
  return {
    async of(pd, layer, view) {
      const { config, nowMs } = view;
      const name = `${layer} ${pd}`;
      const before = known.get(name);
      const ageMs = before === undefined ? Infinity : Math.abs(nowMs - before.readAtMs);
      if (before !== undefined && ageMs < readEveryMs && before.config === config) return before.months;
      const months = await readMonths(await linksOf(pd, view), { pd, layer }, view);
      known.set(name, { readAtMs: nowMs, config, months });
      return months;
    },
  };
}

async function readMonths(
  all: readonly MonitoredLink[],
  { pd, layer }: { pd: string; layer: MonthsLayer },
  view: MonthsContext,
): Promise<SiteMonthView[]> {
  const { config, nowMs } = view;
  const places = placesOf(config, pd, layer);
  const present = spanAt('month', nowMs, config.timezone);
  const spans = [spanAt('month', present.fromMs - 1, config.timezone), present];
  const links = all.filter((link) => link.layer === layer && places.includes(link.site));
  const found: SiteMonthView[] = [];
  for (const link of links) {
    const record = recordOf(link, view.fleet);
    for (const [at, figures] of (await readAvailability(view, link, spans)).entries()) {
      const span = spans[at];
      if (span === undefined) continue;
      const { upSeconds, downSeconds, coverageRatio } = figures;
      const { name, fromMs, untilMs } = span;
      found.push({ site: link.site, month: name, fromMs, untilMs, upSeconds, downSeconds, coverageRatio, record });
    }
  }
  return found;
}

/** Months are made of thousands of reports: the newest of whoever measures the link stands for them. */
function recordOf({ pd, site, layer }: LinkPlace, fleet: MonthsContext['fleet']): ReportReference | undefined {
  const measures = ({ links }: AgentFacts) =>
    [...links.values()].some((link) => link.pd === pd && link.site === site && link.layer === layer);
  const [newest] = [...fleet.vantages(), ...fleet.agentsOf(pd)]
    .filter((agent) => agent.present !== undefined && measures(agent))
    .toSorted((a, b) => (b.present?.receivedAtMs ?? 0) - (a.present?.receivedAtMs ?? 0));
  return newest && referenceTo(newest);
}

/** What is not registered any more is not judged. */
function placesOf(config: PantauConfig, pd: string, layer: MonthsLayer): string[] {
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  if (department === undefined) return [];
  return layer === 'wan' ? department.sites.map(({ id }) => id) : websitesOf(department).map(({ place }) => place);
}
