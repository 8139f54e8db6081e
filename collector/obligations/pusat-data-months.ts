import type { ReportReference } from '../../shared/evidence.ts';
import { maintenanceSpans } from '../config/maintenance.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { LinkDay } from '../store/link-day.ts';
import type { MonitoredLink, Store } from '../store/store.ts';
import { availabilityOf } from './availability/availability.ts';
import { spanAt } from './availability/spans-per.ts';
import { referenceTo } from './case-view.ts';
import type { MonthView } from './register-facts.ts';

/** How the Pusat Data fared by the month, as the machines of the departments found it. */
export interface PusatDataView {
  /** The last whole month and this one; up while any of the sites reached it. */
  months: MonthView[];
  /** Sites whose machines look at it, as many as were asked. */
  siteCount: number;
}

interface PusatDataContext {
  config: PantauConfig;
  store: Pick<Store, 'history'>;
  fleet: Pick<Fleet, 'vantages' | 'agentsOf'>;
  nowMs: number;
}

export interface PusatDataMonths {
  of(view: PusatDataContext): Promise<PusatDataView>;
}

/** Months change slowly, and reading them is not free: once an hour is enough. */
const readEveryMs = 3_600_000;
/** When none of so many sites reaches it, no other would; and reading them takes milliseconds. */
const mostSites = 24;
/** What agents call their look at the collector (agent/probes/discover-targets.ts). */
const ownWanProbe = 'wan';

/** What it tells is an hour old at most. */
export function createPusatDataMonths(): PusatDataMonths {
  let known: { readAtMs: number; config: PantauConfig; found: PusatDataView } | undefined;
  return {
    async of(view) {
      const { config, nowMs } = view;
      const ageMs = known === undefined ? Infinity : Math.abs(nowMs - known.readAtMs);
      if (known !== undefined && ageMs < readEveryMs && known.config === config) return known.found;
      const found = await readMonths(view);
      known = { readAtMs: nowMs, config, found };
      return found;
    },
  };
}

async function readMonths(view: PusatDataContext): Promise<PusatDataView> {
  const { config, store, nowMs } = view;
  const present = spanAt('month', nowMs, config.timezone);
  const spans = [spanAt('month', present.fromMs - 1, config.timezone), present];
  const fromMs = spans[0]?.fromMs ?? present.fromMs;
  const probes: LinkDay[][] = [];
  const lookers: MonitoredLink[] = [];
  for (const link of spread(await sitesThatLook(view), mostSites)) {
    const days = (await store.history.linkDays(link, fromMs, present.untilMs)).filter(
      ({ probe }) => probe === ownWanProbe,
    );
    if (days.length > 0) lookers.push(link);
    probes.push(...Map.groupBy(days, ({ prober }) => prober).values());
  }
  if (lookers.length === 0) return { months: [], siteCount: 0 };
  const maintenance = maintenanceSpans(config, { pd: config.pemda.diskominfo.pd }, fromMs, present.untilMs);
  const sinceMs = Math.min(...lookers.map((link) => link.sinceMs));
  const figures = availabilityOf(spans, { probes, sinceMs, nowMs, maintenance });
  const record = newestRecord(lookers, view);
  return {
    siteCount: lookers.length,
    months: spans.flatMap((span, at) => {
      const found = figures[at];
      if (found === undefined) return [];
      const { upSeconds, downSeconds, coverageRatio } = found;
      return [
        {
          month: span.name,
          fromMs: span.fromMs,
          untilMs: span.untilMs,
          upSeconds,
          downSeconds,
          coverageRatio,
          record,
        },
      ];
    }),
  };
}

/** At the site of the Pusat Data itself nothing shows whether others reach it. */
async function sitesThatLook({ config, store, fleet }: PusatDataContext): Promise<MonitoredLink[]> {
  const own = new Set(fleet.vantages().map(({ row }) => `${row.pd}/${row.site}`));
  const registered = new Set(config.perangkatDaerah.flatMap((pd) => pd.sites.map(({ id }) => `${pd.id}/${id}`)));
  const isAsked = ({ pd, site, layer }: MonitoredLink) =>
    layer === 'wan' && registered.has(`${pd}/${site}`) && !own.has(`${pd}/${site}`);
  return (await store.history.monitoredLinks()).filter(isAsked);
}

/** As many as asked for, from all over the list: neighbours in it share a department, and often a line. */
function spread<Item>(all: readonly Item[], count: number): Item[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]).filter(
    (item): item is NonNullable<typeof item> => item !== undefined,
  );
}

/** Months are made of thousands of reports: the newest of whoever looks stands for them. */
function newestRecord(lookers: readonly MonitoredLink[], { fleet }: PusatDataContext): ReportReference | undefined {
  const sites = new Set(lookers.map(({ pd, site }) => `${pd}/${site}`));
  const [newest] = [...new Set(lookers.map(({ pd }) => pd))]
    .flatMap((pd) => fleet.agentsOf(pd))
    .filter(({ row, present }) => present !== undefined && sites.has(`${row.pd}/${row.site}`))
    .toSorted((a, b) => (b.present?.receivedAtMs ?? 0) - (a.present?.receivedAtMs ?? 0));
  return newest && referenceTo(newest);
}
