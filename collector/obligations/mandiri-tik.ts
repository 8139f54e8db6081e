import { dayStartMs, shiftDay } from './rules/registers/calendar.ts';
import { recheckOn } from './rules/registers/due.ts';
import { dayIn, entriesOfDepartment, textIn } from './rules/registers/entries.ts';
import { lastEnded, validNow } from './rules/registers/validity.ts';
import type { DepartmentSubjectFacts } from './register-facts.ts';
import type { RegisterEntry } from './register-view.ts';

/** Whether a department is a Perangkat Daerah Mandiri TIK, and what says so. */
export interface MandiriTik {
  /** `recorded`: a decree is valid today; `configured`: only the configuration says so; `ended`: the decree has ended. */
  state: 'recorded' | 'configured' | 'ended' | 'none';
  isMandiriTik: boolean;
  entry: RegisterEntry | undefined;
  number: string;
  untilDay: string;
  endedAtMs: number;
  recheckAtMs: number | undefined;
}

/** The register goes before the configuration as soon as a decree is entered there that has begun. */
export function mandiriTikOf(
  facts: Pick<DepartmentSubjectFacts, 'pd' | 'registers' | 'today' | 'timezone' | 'isMandiriTik'>,
): MandiriTik {
  const entries = entriesOfDepartment(facts, 'mandiri-tik');
  const current = validNow(entries, facts);
  const entry = current ?? lastEnded(entries, facts);
  const untilDay = (entry && dayIn(entry, 'until')) ?? '';
  const days = entries.flatMap((each) => {
    const until = dayIn(each, 'until');
    return [dayIn(each, 'from'), until === undefined ? undefined : shiftDay(until, 1)];
  });
  const state =
    current !== undefined ? 'recorded' : entry !== undefined ? 'ended' : facts.isMandiriTik ? 'configured' : 'none';
  return {
    state,
    isMandiriTik: state === 'recorded' || state === 'configured',
    entry,
    number: (entry && textIn(entry, 'number')) ?? '-',
    untilDay,
    endedAtMs: untilDay === '' ? 0 : dayStartMs(shiftDay(untilDay, 1), facts.timezone),
    recheckAtMs: recheckOn(days, facts).recheckAtMs,
  };
}
