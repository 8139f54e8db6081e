import type { LinkDay } from '../../store/link-day.ts';
import { filledMs, type Interval, united, without } from './intervals.ts';
import { timelineOf } from './link-timeline.ts';
import { type RoundFigures, roundFiguresOf } from './round-figures.ts';

/** How a link fared in a span of time, in three colours. */
export interface Availability extends RoundFigures {
  upSeconds: number;
  downSeconds: number;
  /** Nobody knows; what was before the link was probed for the first time is not counted, nor what is to come. */
  unknownSeconds: number;
  /** Planned work; what was found in it is in none of the other three. */
  maintenanceSeconds: number;
  /** Up, of the time in which it is known to have been up or down; undefined when there was none. */
  availabilityRatio: number | undefined;
  /** Known, of the time outside planned work. */
  coverageRatio: number | undefined;
}

export interface AvailabilityFacts {
  /** The days of each probe of the link, in order. */
  probes: readonly (readonly LinkDay[])[];
  /** When the link was probed for the first time. */
  sinceMs: number;
  nowMs: number;
  /** Times of planned work. */
  maintenance: readonly Interval[];
}

/** @param spans in order, one right after the other. */
export function availabilityOf(spans: readonly Interval[], facts: AvailabilityFacts): Availability[] {
  const { sinceMs, nowMs } = facts;
  // A round just before now speaks for a while that has not come.
  const past = spans.map(({ fromMs, untilMs }) => ({ fromMs, untilMs: Math.max(fromMs, Math.min(untilMs, nowMs)) }));
  const monitored = [{ fromMs: sinceMs, untilMs: Math.max(sinceMs, nowMs) }];
  const planned = united(facts.maintenance);
  const timeline = timelineOf(facts.probes);
  const monitoredMs = filledMs(monitored, past);
  const workedMs = filledMs(without(monitored, planned), past);
  const upMs = filledMs(without(timeline.up, planned), past);
  const downMs = filledMs(without(timeline.down, planned), past);
  return roundFiguresOf(spans, facts.probes).map((figures, at) => {
    const [worked = 0, up = 0, down = 0] = [workedMs[at], upMs[at], downMs[at]];
    return {
      upSeconds: up / 1000,
      downSeconds: down / 1000,
      unknownSeconds: (worked - up - down) / 1000,
      maintenanceSeconds: ((monitoredMs[at] ?? 0) - worked) / 1000,
      availabilityRatio: up + down === 0 ? undefined : up / (up + down),
      coverageRatio: worked === 0 ? undefined : (up + down) / worked,
      ...figures,
    };
  });
}
