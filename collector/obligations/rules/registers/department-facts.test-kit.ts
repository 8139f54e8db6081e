import { nothingMeasured } from '../../measured-facts.ts';
import type { DepartmentSubjectFacts } from '../../rule.ts';
import { register, today, timezone } from './register.test-kit.ts';

/** A department of which nothing is known but what is given. */
export function department(patch: Partial<DepartmentSubjectFacts> = {}): DepartmentSubjectFacts {
  return {
    pd: 'dinkes',
    today,
    timezone,
    registers: register(),
    isMandiriTik: false,
    websites: [],
    lanOperator: undefined,
    measured: nothingMeasured,
    datasetCount: 0,
    nodes: [],
    ...patch,
  };
}
