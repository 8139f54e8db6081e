import type { PantauConfig } from '../config/schema.ts';
import type { Store } from '../store/store.ts';
import { readAvailability } from './availability/read-availability.ts';
import { spanAt } from './availability/spans-per.ts';
import type { SiteMonthView } from './rule.ts';

/** Months change slowly, and reading them is not free: once an hour is enough. */
const readEveryMs = 3_600_000;

export interface WanMonths {
  /** How the WAN of each site of a department fared in the last month and in this one, an hour old at most. */
  of(
    pd: string,
    view: { config: PantauConfig; store: Pick<Store, 'history'>; nowMs: number },
  ): Promise<SiteMonthView[]>;
}

export function createWanMonths(): WanMonths {
  const known = new Map<string, { readAtMs: number; timezone: string; months: SiteMonthView[] }>();
  return {
    async of(pd, view) {
      const { config, nowMs } = view;
      const before = known.get(pd);
      const ageMs = before === undefined ? Infinity : Math.abs(nowMs - before.readAtMs);
      if (before !== undefined && ageMs < readEveryMs && before.timezone === config.timezone) return before.months;
      const months = await readMonths(pd, view);
      known.set(pd, { readAtMs: nowMs, timezone: config.timezone, months });
      return months;
    },
  };
}

async function readMonths(
  pd: string,
  view: { config: PantauConfig; store: Pick<Store, 'history'>; nowMs: number },
): Promise<SiteMonthView[]> {
  const { config, store, nowMs } = view;
  const sites = config.perangkatDaerah.find(({ id }) => id === pd)?.sites ?? [];
  const present = spanAt('month', nowMs, config.timezone);
  const spans = [spanAt('month', present.fromMs - 1, config.timezone), present];
  const links = (await store.history.monitoredLinks()).filter(
    (link) => link.pd === pd && link.layer === 'wan' && sites.some(({ id }) => id === link.site),
  );
  const found: SiteMonthView[] = [];
  for (const link of links) {
    for (const [at, figures] of (await readAvailability(view, link, spans)).entries()) {
      const span = spans[at];
      if (span === undefined) continue;
      const { upSeconds, downSeconds, coverageRatio } = figures;
      const { name, fromMs, untilMs } = span;
      found.push({ site: link.site, month: name, fromMs, untilMs, upSeconds, downSeconds, coverageRatio });
    }
  }
  return found;
}
