import { dayNames } from '../facts/day-names.ts';
import type { CaseView } from './case-view.ts';
import { noRegisters } from './register-view.ts';
import type { PemdaSubjectFacts } from './rule.ts';

/** What rules see of the Pemda as a whole. */
export function pemdaFacts({ config, nowMs, registers = noRegisters }: CaseView): PemdaSubjectFacts {
  return { today: dayNames(() => config.timezone)(nowMs), registers };
}
