import { zoneOffsetMinutes } from '../../../shared/local-time.ts';
import { dayAt, daysBetween, monthsBetween, type Span } from '../backup-history/local-days.ts';

export const periods = ['hour', 'day', 'month'] as const;
export type Period = (typeof periods)[number];

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The hours, days or months of a zone between two instants, one right after the other, cut at both ends. */
export function spansPer(per: Period, fromMs: number, untilMs: number, timezone: string): Span[] {
  if (untilMs <= fromMs) return [];
  return wholeSpans(per, fromMs, untilMs - 1, timezone).map((span) => ({
    name: span.name,
    fromMs: Math.max(span.fromMs, fromMs),
    untilMs: Math.min(span.untilMs, untilMs),
  }));
}

/** The span in which an instant lies, in full length. */
export function spanAt(per: Period, atMs: number, timezone: string): Span {
  const [span] = wholeSpans(per, atMs, atMs, timezone);
  if (span === undefined) throw new RangeError(`no ${per} at ${atMs}`);
  return span;
}

function wholeSpans(per: Period, firstMs: number, lastMs: number, timezone: string): Span[] {
  const first = dayAt(firstMs, timezone);
  const last = dayAt(lastMs, timezone);
  if (per === 'day') return daysBetween(first, last, timezone);
  if (per === 'month') return monthsBetween(first.slice(0, 7), last.slice(0, 7), timezone);
  return hoursBetween(firstMs, lastMs, timezone);
}

/** Hours as a zone's clocks show them; where they are moved at less than an hour the hours of that day are not whole. */
function hoursBetween(firstMs: number, lastMs: number, timezone: string): Span[] {
  const offsetMs = zoneOffsetMinutes(firstMs, timezone) * minuteMs;
  const spans: Span[] = [];
  let atMs = Math.floor((firstMs + offsetMs) / hourMs) * hourMs - offsetMs;
  for (; atMs <= lastMs; atMs += hourMs) {
    const shown = new Date(atMs + zoneOffsetMinutes(atMs, timezone) * minuteMs).toISOString();
    spans.push({ name: shown.slice(0, 13), fromMs: atMs, untilMs: atMs + hourMs });
  }
  return spans;
}
