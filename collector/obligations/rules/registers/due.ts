import type { Judgement, Params, ParamSpec } from '../../rule.ts';
import type { RegisterFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';
import { addYears, dayStartMs, nextStartMs, shiftDay } from './calendar.ts';
import { type Dated, newestFirst } from './entries.ts';

/** How often something is due. */
export interface Period {
  /** The day by which it is due again after it was done. */
  after(day: string): string;
  /** The law itself sets it; any other number is ours. */
  isLaw: boolean;
  reminderDays: number;
}

interface PeriodDefaults {
  everyYears?: number;
  everyDays?: number;
  reminderDays: number;
}

/** Params that every rule with a period has beside the period itself. */
export function periodParams(reminderDays: number): Record<'isLawNumber' | 'reminderDays', ParamSpec> {
  return {
    isLawNumber: { default: false, docs: 'the regulation itself sets the period' },
    reminderDays: { default: reminderDays, docs: 'so many days before the due day it is said to be near' },
  };
}

/** @returns undefined when neither a number of years nor of days is set: then nothing is ever due again. */
export function periodOf(params: Params, defaults: PeriodDefaults): Period | undefined {
  const years = amount(params['everyYears'], defaults.everyYears);
  const days = amount(params['everyDays'], defaults.everyDays);
  if (years === 0 && days === 0) return undefined;
  return {
    after: (day) => (years > 0 ? addYears(day, years) : shiftDay(day, days)),
    isLaw: params['isLawNumber'] === true,
    reminderDays: amount(params['reminderDays'], defaults.reminderDays),
  };
}

/** Whole and not negative; what is neither is as if it were not set. */
export function amount(value: Params[string] | undefined, byDefault = 0): number {
  return typeof value === 'number' && value >= 0 && value < 40_000 ? Math.floor(value) : byDefault;
}

/** Words for where the length of a period comes from. */
export const originWords = {
  periodOrigin: {
    law: { id: 'jangka waktu menurut peraturan', en: 'the period is set by the regulation' },
    setting: {
      id: 'jangka waktu bawaan aplikasi atau pengaturan Pemda, bukan ketentuan peraturan',
      en: 'the period is a default of the application or a setting of the Pemda, not of the regulation',
    },
  },
} as const;

/** What was done last, and what is entered for a day to come. */
export function lastDone(
  entries: readonly RegisterEntry[],
  { today }: Pick<RegisterFacts, 'today'>,
  column = 'date',
): { last: Dated | undefined; planned: string | undefined } {
  const dated = newestFirst(entries, column);
  const planned = dated.findLast(({ day }) => day > today)?.day;
  return { last: dated.find(({ day }) => day <= today), planned };
}

/**
 * What was done on a day and is due again after a period: `done`, `due-soon` or `overdue`. Exceeding only a number of
 * ours is an indication.
 * @param given `args`: further values for the sentence; `planned`: a day to come on which an entry begins to count.
 */
export function judgeDue(
  { entry, day }: Dated,
  period: Period,
  facts: Pick<RegisterFacts, 'today' | 'timezone'>,
  given: { args?: Judgement['reasonArgs']; planned?: string | undefined } = {},
): Judgement {
  const dueDay = period.after(day);
  const reminderDay = shiftDay(dueDay, -period.reminderDays);
  const afterDay = shiftDay(dueDay, 1);
  const said = {
    reasonArgs: { ...given.args, lastDay: day, dueDay, periodOrigin: period.isLaw ? 'law' : 'setting' },
    evidence: [entry.reference],
    ...recheckOn([reminderDay, afterDay, given.planned], facts),
  };
  if (facts.today > dueDay) {
    return {
      status: 'breached',
      ...(period.isLaw ? { exceeded: 'violation', severity: 'warning' } : { exceeded: 'indication', severity: 'info' }),
      sinceAtMs: dayStartMs(afterDay, facts.timezone),
      reasonCode: 'overdue',
      ...said,
    };
  }
  return { status: 'compliant', reasonCode: facts.today >= reminderDay ? 'due-soon' : 'done', ...said };
}

/** When one of these days begins the verdict may change although nothing is entered. */
export function recheckOn(
  days: readonly (string | undefined)[],
  facts: Pick<RegisterFacts, 'today' | 'timezone'>,
): Pick<Judgement, 'recheckAtMs'> {
  const recheckAtMs = nextStartMs(days, facts);
  return recheckAtMs === undefined ? {} : { recheckAtMs };
}

/** Nothing that would count is entered: the register says which input is missing, and nobody is accused. */
export function nothingEntered(
  reasonCode: string,
  facts: Pick<RegisterFacts, 'today' | 'timezone'>,
  given: { args?: Judgement['reasonArgs']; planned?: string | undefined } = {},
): Judgement {
  return {
    status: 'no-evidence',
    reasonCode,
    reasonArgs: given.args ?? {},
    evidence: [],
    // What was found before stood on an entry that is not there any more.
    endsBreach: true,
    ...recheckOn([given.planned], facts),
  };
}

const ranks: Record<Judgement['status'], number> = { breached: 0, 'no-evidence': 1, compliant: 2, 'not-applicable': 3 };

/** Of several things that are all due, the one that is worst decides, among equals the first; all of its kind are cited. */
export function worstOf(judgements: readonly Judgement[]): Judgement {
  const [worst, ...others] = judgements.toSorted(
    (a, b) => ranks[a.status] - ranks[b.status] || dueOf(a).localeCompare(dueOf(b)),
  );
  if (worst === undefined) throw new Error('nothing was judged');
  const alike = [worst, ...others.filter(({ status }) => status === worst.status)];
  const rechecks = judgements.flatMap(({ recheckAtMs }) => recheckAtMs ?? []);
  return {
    ...worst,
    evidence: alike.flatMap(({ evidence }) => evidence),
    ...(rechecks.length === 0 ? {} : { recheckAtMs: Math.min(...rechecks) }),
  };
}

function dueOf({ reasonArgs }: Judgement): string {
  return String(reasonArgs['dueDay'] ?? '');
}
