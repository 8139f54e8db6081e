/** A stretch of time in milliseconds; `untilMs` no longer belongs to it. */
export interface Interval {
  fromMs: number;
  untilMs: number;
}

/** The same time in order, without overlaps. */
export function united(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { fromMs, untilMs } of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (untilMs <= fromMs) continue;
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, untilMs);
    else joined.push({ fromMs, untilMs });
  }
  return joined;
}

/** What is in `intervals` and not in `others`; both in order, without overlaps. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let at = 0;
  for (const { fromMs, untilMs } of intervals) {
    let leftMs = fromMs;
    while ((others[at]?.untilMs ?? Infinity) <= fromMs) at += 1;
    for (let next = at; ; next += 1) {
      const other = others[next];
      if (other === undefined || other.fromMs >= untilMs) break;
      if (other.fromMs > leftMs) rest.push({ fromMs: leftMs, untilMs: other.fromMs });
      leftMs = Math.max(leftMs, other.untilMs);
    }
    if (leftMs < untilMs) rest.push({ fromMs: leftMs, untilMs });
  }
  return rest;
}

/** How much of each span the intervals fill; both in order, without overlaps. */
export function filledMs(intervals: readonly Interval[], spans: readonly Interval[]): number[] {
  let at = 0;
  return spans.map((span) => {
    while ((intervals[at]?.untilMs ?? Infinity) <= span.fromMs) at += 1;
    let filled = 0;
    for (let next = at; ; next += 1) {
      const interval = intervals[next];
      if (interval === undefined || interval.fromMs >= span.untilMs) break;
      filled += Math.min(interval.untilMs, span.untilMs) - Math.max(interval.fromMs, span.fromMs);
    }
    return filled;
  });
}
