import { type HistorySubject, historySubjects } from '../../obligations/backup-history/subject.ts';
import {
  dayAt,
  daysBetween,
  monthsBetween,
  shiftDay,
  shiftMonth,
  type Span,
} from '../../obligations/backup-history/local-days.ts';
import { badQuery } from '../query.ts';
import type { ApiView, Query, QueryParameter } from '../resource.ts';

/** What the lists of the backups' history can be asked for. */
const years = '(19[7-9]\\d|20\\d\\d)';
export const dayPattern = `^${years}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$`;
const monthPattern = `^${years}-(0[1-9]|1[0-2])$`;

const day = { pattern: dayPattern, form: 'a day such as 2026-11-22' };
const month = { pattern: monthPattern, form: 'a month such as 2026-11' };

const dataset: QueryParameter = {
  name: 'dataset',
  docs: 'only rows of this dataset',
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  form: 'the id of one dataset',
};

export const mostDays = 400;
export const mostMonths = 120;

export function dayParameters(usualDays: number): QueryParameter[] {
  const until = "the last day, in the dataset's zone; today when absent";
  const from = `the first day; ${usualDays} days up to the last one when absent; at most ${mostDays} days`;
  return [dataset, { name: 'from', docs: from, ...day }, { name: 'to', docs: until, ...day }];
}

export function monthParameters(usualMonths: number): QueryParameter[] {
  const until = "the last month, in the dataset's zone; this one when absent";
  const from = `the first month; ${usualMonths} months up to the last one when absent; at most ${mostMonths} months`;
  return [dataset, { name: 'from', docs: from, ...month }, { name: 'to', docs: until, ...month }];
}

/** The days that are asked for. @param lastName what the parameter of the last day is called. @throws AppError `bad-query`. */
export function askedDays(
  query: Query,
  timezone: string,
  options: { nowMs: number; usualDays: number },
  lastName = 'to',
): Span[] {
  const last = realDay(lastName, query['to']) ?? dayAt(options.nowMs, timezone);
  const first = realDay('from', query['from']) ?? shiftDay(last, 1 - options.usualDays);
  requireOrder(first, last, lastName);
  if (shiftDay(first, mostDays - 1) < last) {
    throw badQuery('from', `from and ${lastName} must be at most ${mostDays} days apart.`);
  }
  return daysBetween(first, last, timezone);
}

/** The months that are asked for. @throws AppError `bad-query`. */
export function askedMonths(query: Query, timezone: string, options: { nowMs: number; usualMonths: number }): Span[] {
  const last = query['to'] ?? dayAt(options.nowMs, timezone).slice(0, 7);
  const first = query['from'] ?? shiftMonth(last, 1 - options.usualMonths);
  requireOrder(first, last);
  if (shiftMonth(first, mostMonths - 1) < last) {
    throw badQuery('from', `from and to must be at most ${mostMonths} months apart.`);
  }
  return monthsBetween(first, last, timezone);
}

/** A day such as 30 February is refused: it would be read as another one. */
function realDay(name: string, day: string | undefined): string | undefined {
  if (day !== undefined && shiftDay(day, 0) !== day) throw badQuery(name, `${name} must be a day that exists.`);
  return day;
}

function requireOrder(first: string, last: string, lastName = 'to'): void {
  if (first > last) throw badQuery('from', `from must not be later than ${lastName}.`);
}

/** The datasets that are asked for. */
export function askedSubjects(view: ApiView, { pd, dataset: id }: Query): Promise<HistorySubject[]> {
  return historySubjects(view, { pd, dataset: id });
}
