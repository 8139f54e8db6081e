import type { State } from '../../../shared/states.ts';
import { type Interval, without } from './intervals.ts';
import type { LinkTimeline } from './link-timeline.ts';

/** A stretch of time in which a link was in one state. */
export interface StateSpan extends Interval {
  state: State;
}

/** What a link was in a period, in order, one right after the other; nothing where the period is empty. */
export function statesOf({ up, down }: LinkTimeline, period: Interval): StateSpan[] {
  if (period.untilMs <= period.fromMs) return [];
  const cut = (state: State, intervals: readonly Interval[]): StateSpan[] =>
    intervals
      .map(({ fromMs, untilMs }) => ({
        state,
        fromMs: Math.max(fromMs, period.fromMs),
        untilMs: Math.min(untilMs, period.untilMs),
      }))
      .filter(({ fromMs, untilMs }) => fromMs < untilMs);
  const unknown = without(without([period], up), down);
  return [...cut('up', up), ...cut('down', down), ...cut('unknown', unknown)].toSorted((a, b) => a.fromMs - b.fromMs);
}
