import { localTimeMs } from '../../../shared/local-time.ts';
import { layers } from '../../../shared/states.ts';
import { dayStartMs, type Span } from '../../obligations/backup-history/local-days.ts';
import { type Period, periods, spanAt, spansPer } from '../../obligations/availability/spans-per.ts';
import { badQuery } from '../query.ts';
import type { Query, QueryParameter } from '../resource.ts';

const instant = {
  pattern: '^\\d{4}-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})?)?)?$',
  form: "a month, a day or a time in the Pemda's zone such as 2026-11, 2026-11-22 or 2026-11-22T08:00, or one with its own zone",
};

const dayMs = 86_400_000;
/** How long a question may reach, and how long it does unless told, by what it is answered in. */
const reaches: Readonly<Record<Period, { mostDays: number; usualDays: number }>> = {
  hour: { mostDays: 32, usualDays: 1 },
  day: { mostDays: 400, usualDays: 31 },
  month: { mostDays: 3660, usualDays: 366 },
};

const where: readonly QueryParameter[] = [
  {
    name: 'site',
    docs: 'only rows of sites with this id',
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    form: 'the id of a site',
  },
  {
    name: 'layer',
    docs: `only rows of this layer: ${layers.join(', ')}`,
    pattern: `^(${layers.join('|')})$`,
    form: `one of ${layers.join(', ')}`,
  },
];

const until = 'the end, which no longer belongs to the last row; now when absent';

export const availabilityParameters: readonly QueryParameter[] = [
  ...where,
  {
    name: 'per',
    docs: "one row for each hour, day or month of the Pemda's zone; days when absent",
    pattern: `^(${periods.join('|')})$`,
    form: `one of ${periods.join(', ')}`,
  },
  {
    name: 'from',
    docs: 'where the first row begins; a day, 31 days or a year before the end when absent; hours reach 32 days, days 400',
    ...instant,
  },
  { name: 'until', docs: until, ...instant },
];

export const linkParameters: readonly QueryParameter[] = [
  ...where,
  { name: 'from', docs: 'where the first row begins; a day before the end when absent, at most 32 days', ...instant },
  { name: 'until', docs: until, ...instant },
];

/** The spans that are asked for. @throws AppError `bad-query`. */
export function askedSpans(query: Query, timezone: string, nowMs: number): Span[] {
  const per = periods.find((each) => each === query['per']) ?? 'day';
  const { fromMs, untilMs } = periodOf(per, query, timezone, nowMs);
  return spansPer(per, fromMs, untilMs, timezone);
}

/** The time that is asked for, as long as hours may reach. @throws AppError `bad-query`. */
export function askedPeriod(query: Query, timezone: string, nowMs: number): { fromMs: number; untilMs: number } {
  return periodOf('hour', query, timezone, nowMs);
}

function periodOf(per: Period, query: Query, timezone: string, nowMs: number): { fromMs: number; untilMs: number } {
  const { mostDays, usualDays } = reaches[per];
  const untilMs = asked('until', query['until'], timezone) ?? nowMs;
  const fromMs = asked('from', query['from'], timezone) ?? usualStartMs(per, untilMs - usualDays * dayMs, timezone);
  if (fromMs >= untilMs) throw badQuery('from', 'from must be before until.');
  if (untilMs - fromMs > mostDays * dayMs) {
    throw badQuery('from', `from and until must be at most ${mostDays} days apart for what is told by the ${per}.`);
  }
  return { fromMs, untilMs };
}

/** The first row is whole. */
function usualStartMs(per: Period, nearMs: number, timezone: string): number {
  const { fromMs, untilMs } = spanAt(per, nearMs, timezone);
  return fromMs === nearMs ? fromMs : untilMs;
}

function asked(name: string, text: string | undefined, timezone: string): number | undefined {
  if (text === undefined) return undefined;
  const atMs = instantOf(text, timezone);
  if (atMs !== undefined && atMs >= 0) return atMs;
  throw badQuery(name, `${name} must be ${instant.form}.`);
}

function instantOf(text: string, timezone: string): number | undefined {
  if (!text.includes('T')) {
    const day = text.length === 7 ? `${text}-01` : text;
    return localTimeMs(`${day}T00:00`, timezone) === undefined ? undefined : dayStartMs(day, timezone);
  }
  const [zone] = /(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  if (zone === undefined) return localTimeMs(text, timezone);
  return localTimeMs(text.slice(0, -zone.length), 'UTC') === undefined ? undefined : Date.parse(text);
}
