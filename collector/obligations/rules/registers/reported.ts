import type { Judgement, Params } from '../../rule.ts';
import type { RegisterFacts } from '../../register-facts.ts';
import { dayStartMs, shiftDay } from './calendar.ts';
import { amount, recheckOn } from './due.ts';
import { type Dated, dayIn, textIn } from './entries.ts';

const defaultDays = 90;

/** Params of the rules that ask whether a result was handed on. */
export const reportedParams = {
  withinDays: { default: defaultDays, docs: 'a result should be reported within so many days after it was found' },
} as const;

/** Whether what was found on a day was reported: `reported`, `not-yet-reported` or `not-reported`. The time is ours. */
export function judgeReported(
  { entry, day }: Dated,
  params: Params,
  facts: Pick<RegisterFacts, 'today' | 'timezone'>,
  args: Judgement['reasonArgs'] = {},
): Judgement {
  const evidence = [entry.reference];
  const reportedDay = dayIn(entry, 'reportedOn');
  if (reportedDay !== undefined && reportedDay <= facts.today) {
    const reportedTo = textIn(entry, 'reportedTo') ?? '-';
    const reasonArgs = { ...args, lastDay: day, reportedDay, reportedTo };
    return { status: 'compliant', reasonCode: 'reported', reasonArgs, evidence };
  }
  const dueDay = shiftDay(day, amount(params['withinDays'], defaultDays));
  const afterDay = shiftDay(dueDay, 1);
  const said = {
    reasonArgs: { ...args, lastDay: day, dueDay },
    evidence,
    ...recheckOn([afterDay, reportedDay], facts),
  };
  if (facts.today <= dueDay)
    return { status: 'no-evidence', reasonCode: 'not-yet-reported', endsBreach: true, ...said };
  return {
    status: 'breached',
    exceeded: 'indication',
    severity: 'info',
    sinceAtMs: dayStartMs(afterDay, facts.timezone),
    reasonCode: 'not-reported',
    ...said,
  };
}
