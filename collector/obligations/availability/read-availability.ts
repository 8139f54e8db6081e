import { maintenanceSpans } from '../../config/maintenance.ts';
import type { PantauConfig } from '../../config/schema.ts';
import type { LinkDay, LinkPlace } from '../../store/link-day.ts';
import type { HistoryPort, MonitoredLink } from '../../store/store.ts';
import { type Availability, availabilityOf } from './availability.ts';
import type { Interval } from './intervals.ts';
import { type LinkTimeline, timelineOf } from './link-timeline.ts';

export interface AvailabilityView {
  config: Pick<PantauConfig, 'maintenance' | 'timezone'>;
  store: { history: Pick<HistoryPort, 'linkDays'> };
  nowMs: number;
}

/**
 * How a link fared in each of some spans, as far as reports are merged (`history.catchUp` merges what has come).
 * @param spans in order, one right after the other.
 */
export async function readAvailability(
  { config, store, nowMs }: AvailabilityView,
  link: MonitoredLink,
  spans: readonly Interval[],
): Promise<Availability[]> {
  const fromMs = spans[0]?.fromMs ?? 0;
  const untilMs = spans.at(-1)?.untilMs ?? fromMs;
  const probes = byProbe(await store.history.linkDays(link, fromMs, untilMs));
  const maintenance = maintenanceSpans(config, link, fromMs, untilMs);
  return availabilityOf(spans, { probes, sinceMs: link.sinceMs, nowMs, maintenance });
}

/** When a link was up and down, as far as reports are merged; it may reach beyond the period. */
export async function readTimeline(
  { store }: Pick<AvailabilityView, 'store'>,
  link: LinkPlace,
  { fromMs, untilMs }: Interval,
): Promise<LinkTimeline> {
  return timelineOf(byProbe(await store.history.linkDays(link, fromMs, untilMs)));
}

/** The days of each probe. */
export function byProbe(days: readonly LinkDay[]): LinkDay[][] {
  return [...Map.groupBy(days, ({ prober, probe }) => `${prober} ${probe}`).values()];
}
