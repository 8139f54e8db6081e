import { dayAt, monthsBetween, shiftMonth } from '../backup-history/local-days.ts';
import type { LinkPlace } from '../../store/link-day.ts';
import type { HistoryPort } from '../../store/store.ts';
import type { Availability } from './availability.ts';
import { type AvailabilityView, readAvailability } from './read-availability.ts';

/** How a link of a site fared, by months of the Pemda's zone. */
export interface SiteAvailability {
  lastMonth: Availability;
  /** Up to now. */
  thisMonth: Availability;
}

export interface SiteAvailabilityView extends AvailabilityView {
  store: { history: Pick<HistoryPort, 'linkDays' | 'monitoredLinks'> };
}

/** Facts for a rule about the availability of a link; undefined when the link was never probed. */
export async function siteAvailability(
  view: SiteAvailabilityView,
  { pd, site, layer }: LinkPlace,
): Promise<SiteAvailability | undefined> {
  const links = await view.store.history.monitoredLinks();
  const link = links.find((each) => each.pd === pd && each.site === site && each.layer === layer);
  if (link === undefined) return undefined;
  const { timezone } = view.config;
  const month = dayAt(view.nowMs, timezone).slice(0, 7);
  const spans = monthsBetween(shiftMonth(month, -1), month, timezone);
  const [lastMonth, thisMonth] = await readAvailability(view, link, spans);
  return lastMonth === undefined || thisMonth === undefined ? undefined : { lastMonth, thisMonth };
}
