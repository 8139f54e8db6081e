import { approvalOf } from '../obligations/bandwidth-approval.ts';
import { trafficView } from '../obligations/traffic-view.ts';
import type { FleetFamily, Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';

const directions = ['down', 'up'] as const;
const labels = ['pd', 'site', 'direction'] as const;

function sample(pd: string, site: string, direction: string, value: number): Sample {
  return { labels: [['pd', pd], ['site', site], ['direction', direction]], value }; // prettier-ignore
}

const approved: FleetFamily = {
  of: 'fleet',
  group: 'link',
  name: 'pantau_link_approved_bytes_per_second',
  type: 'gauge',
  labels,
  help: 'Bandwidth that Diskominfo approved for the site (set in Mbit/s).',
  *samples(view) {
    for (const pd of view.config.perangkatDaerah) {
      for (const site of pd.sites) {
        const approval = approvalOf(pd.id, site, view);
        if (approval === undefined) continue;
        for (const direction of directions) {
          yield sample(pd.id, site.id, direction, approval[`${direction}BytesPerSecond`]);
        }
      }
    }
  },
};

interface Percentiles {
  down: number | undefined;
  up: number | undefined;
  workedOutAtMs: number;
}

/** As often as their slots become whole; the sum of a day is not made anew for each scrape. */
const workedOutEveryMs = 300_000;
const known = new WeakMap<FleetView['fleet'], Map<string, Percentiles>>();

function percentilesOf(view: FleetView, pd: string, site: string): Percentiles {
  const ofFleet = known.get(view.fleet) ?? new Map<string, Percentiles>();
  known.set(view.fleet, ofFleet);
  const before = ofFleet.get(`${pd}/${site}`);
  const ageMs = view.nowMs - (before?.workedOutAtMs ?? -Infinity);
  if (before !== undefined && ageMs >= 0 && ageMs < workedOutEveryMs) return before;
  const totals = trafficView(view, pd, site)?.totals;
  const percentiles = { down: totals?.p95Down, up: totals?.p95Up, workedOutAtMs: view.nowMs };
  // What was not measured yet may be measured the next moment.
  if (totals !== undefined) ofFleet.set(`${pd}/${site}`, percentiles);
  return percentiles;
}

const traffic95: FleetFamily = {
  of: 'fleet',
  group: 'link',
  name: 'pantau_site_traffic_p95_bytes_per_second',
  type: 'gauge',
  labels,
  help: "95th percentile of the five-minute means of the site's WAN in the last 24 hours, by which its use is held against the approval.",
  *samples(view) {
    for (const pd of view.config.perangkatDaerah) {
      for (const site of pd.sites) {
        const percentiles = percentilesOf(view, pd.id, site.id);
        for (const direction of directions) {
          const value = percentiles[direction];
          if (value !== undefined) yield sample(pd.id, site.id, direction, value);
        }
      }
    }
  },
};

export const siteFamilies: readonly FleetFamily[] = [approved, traffic95];
