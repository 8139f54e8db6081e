import { dayAt } from './backup-history/local-days.ts';
import type { CaseView } from './case-view.ts';
import { noRegisters } from './register-view.ts';
import type { PemdaSubjectFacts } from './rule.ts';

/** What rules see of the Pemda as a whole. */
export function pemdaFacts({ config, nowMs, registers = noRegisters }: CaseView): PemdaSubjectFacts {
  const { timezone, pemda } = config;
  return { today: dayAt(nowMs, timezone), timezone, registers, diskominfo: pemda.diskominfo.pd };
}
