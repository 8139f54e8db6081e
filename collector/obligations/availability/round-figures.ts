import { type HourFigures, hourSeconds, type LinkDay, type RoundRun } from '../../store/link-day.ts';
import type { Interval } from './intervals.ts';

/** What the rounds of a span add up to; rounds in planned work are among them. */
export interface RoundFigures {
  upRoundCount: number;
  downRoundCount: number;
  unknownRoundCount: number;
  /** Of the packets that were sent; undefined when there were none. */
  lossRatio: number | undefined;
  /** Mean over the rounds that had an answer. */
  roundTripMeanSeconds: number | undefined;
  roundTripMaxSeconds: number | undefined;
  /** How often hours of the span were changed after they were complete. */
  revision: number;
  restatedAtMs: number | undefined;
}

interface Sum {
  roundCounts: [number, number, number];
  sentCount: number;
  receivedCount: number;
  answeredCount: number;
  roundTripMicros: number;
  longestMicros: number;
  /** By the beginning of the hour. */
  revisions: Map<number, number>;
  restatedAtMs: number;
}

const hourMs = hourSeconds * 1000;

/**
 * Rounds are counted to the second. Packets, round trips and revisions are known by the hour: an hour belongs to the
 * span in which it begins, or to the first one when it began before.
 * @param spans in order, one right after the other.
 * @param probes the days of each probe, in order.
 */
export function roundFiguresOf(spans: readonly Interval[], probes: readonly (readonly LinkDay[])[]): RoundFigures[] {
  const sums = spans.map(newSum);
  for (const days of probes) {
    let at = 0;
    for (const { startsAtMs, runs } of days) {
      for (const run of runs) {
        while ((spans[at]?.untilMs ?? Infinity) <= startsAtMs + run[0] * 1000) at += 1;
        for (let next = at; next < spans.length; next += 1) {
          if (!countRounds(run, startsAtMs, spans[next], sums[next])) break;
        }
      }
    }
    for (const { startsAtMs, hours } of days) addHours(startsAtMs, hours, spans, sums);
  }
  return sums.map(resultOf);
}

function newSum(): Sum {
  const packets = { sentCount: 0, receivedCount: 0 };
  const roundTrips = { answeredCount: 0, roundTripMicros: 0, longestMicros: 0 };
  return { roundCounts: [0, 0, 0], ...packets, ...roundTrips, revisions: new Map(), restatedAtMs: 0 };
}

/** @returns whether the run reaches into the span. */
function countRounds(run: RoundRun, dayMs: number, span: Interval | undefined, sum: Sum | undefined): boolean {
  const [first, step, count, code] = run;
  const firstMs = dayMs + first * 1000;
  const lastMs = firstMs + step * (count - 1) * 1000;
  if (span === undefined || sum === undefined || lastMs < span.fromMs || firstMs >= span.untilMs) return false;
  const countBefore = (atMs: number) => {
    if (atMs <= firstMs) return 0;
    return atMs > lastMs ? count : Math.ceil((atMs - firstMs) / (step * 1000));
  };
  sum.roundCounts[code] += countBefore(span.untilMs) - countBefore(span.fromMs);
  return true;
}

function addHours(dayMs: number, hours: LinkDay['hours'], spans: readonly Interval[], sums: readonly Sum[]): void {
  for (const [hour, figures] of Object.entries(hours)) {
    const hourAtMs = dayMs + Number(hour) * hourMs;
    const at = spanOf(spans, hourAtMs);
    const sum = at === undefined ? undefined : sums[at];
    if (sum !== undefined) addHour(sum, figures, hourAtMs);
  }
}

function spanOf(spans: readonly Interval[], hourAtMs: number): number | undefined {
  const [first] = spans;
  if (first !== undefined && hourAtMs < first.fromMs) return hourAtMs + hourMs > first.fromMs ? 0 : undefined;
  let before = 0;
  let after = spans.length;
  while (before < after) {
    const middle = Math.floor((before + after) / 2);
    if ((spans[middle]?.untilMs ?? Infinity) <= hourAtMs) before = middle + 1;
    else after = middle;
  }
  return before < spans.length ? before : undefined;
}

function addHour(sum: Sum, figures: HourFigures, hourAtMs: number): void {
  const [sent, received, answered, micros, longest, revision, restatedAtMs] = figures;
  sum.sentCount += sent;
  sum.receivedCount += received;
  sum.answeredCount += answered;
  sum.roundTripMicros += micros;
  sum.longestMicros = Math.max(sum.longestMicros, longest);
  // Several probes of one agent come together: that is one change, not several.
  sum.revisions.set(hourAtMs, Math.max(sum.revisions.get(hourAtMs) ?? 0, revision));
  sum.restatedAtMs = Math.max(sum.restatedAtMs, restatedAtMs);
}

function resultOf(sum: Sum): RoundFigures {
  const { roundCounts, sentCount, receivedCount, answeredCount } = sum;
  return {
    upRoundCount: roundCounts[0],
    downRoundCount: roundCounts[1],
    unknownRoundCount: roundCounts[2],
    lossRatio: sentCount === 0 ? undefined : 1 - receivedCount / sentCount,
    roundTripMeanSeconds: answeredCount === 0 ? undefined : sum.roundTripMicros / answeredCount / 1e6,
    roundTripMaxSeconds: answeredCount === 0 ? undefined : sum.longestMicros / 1e6,
    revision: [...sum.revisions.values()].reduce((total, revision) => total + revision, 0),
    restatedAtMs: sum.restatedAtMs === 0 ? undefined : sum.restatedAtMs,
  };
}
