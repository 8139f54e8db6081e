import type { VerdictStatus } from '../../shared/states.ts';
import type { Indicator, IndicatorSet } from './indicator-set.ts';

/** What is counted of a verdict. */
export interface CountedVerdict {
  pd: string;
  obligation: string;
  subject: string;
  status: VerdictStatus;
  /** The rule that judged it. */
  rule: string;
}

/**
 * `counted`: every verdict is met. `not-counted`: at least one is a breach. `waived`: one is lifted, and none broken.
 * `unknown`: nothing shows the one or the other, or nothing is judged at all.
 */
export type CoverageState = 'counted' | 'not-counted' | 'waived' | 'unknown';

export interface DepartmentCoverage {
  pd: string;
  state: CoverageState;
  /** What the state rests on. */
  verdicts: Omit<CountedVerdict, 'pd'>[];
}

export interface IndicatorCoverage {
  indicator: Indicator;
  /** N: every department of the configuration. */
  totalCount: number;
  /** n */
  countedCount: number;
  departments: DepartmentCoverage[];
}

export interface Coverage {
  set: IndicatorSet;
  indicators: IndicatorCoverage[];
}

/** How many departments do what each indicator asks, "n dari N PD"; pure. */
export function coverageOf(set: IndicatorSet, pds: readonly string[], verdicts: readonly CountedVerdict[]): Coverage {
  const byPd = Map.groupBy(verdicts, ({ pd }) => pd);
  const indicators = set.indicators.map((indicator): IndicatorCoverage => {
    const departments = pds.map((pd) => departmentCoverage(pd, indicator, byPd.get(pd) ?? []));
    const countedCount = departments.filter(({ state }) => state === 'counted').length;
    return { indicator, totalCount: pds.length, countedCount, departments };
  });
  return { set, indicators };
}

function departmentCoverage(pd: string, indicator: Indicator, verdicts: readonly CountedVerdict[]): DepartmentCoverage {
  const own = verdicts.filter(({ rule }) => indicator.rules.includes(rule));
  const inOrder = own.toSorted((a, b) => compare(a.obligation, b.obligation) || compare(a.subject, b.subject));
  return { pd, state: stateOf(own), verdicts: inOrder.map(({ pd: _, ...verdict }) => verdict) };
}

function stateOf(verdicts: readonly CountedVerdict[]): CoverageState {
  const has = (status: VerdictStatus) => verdicts.some((verdict) => verdict.status === status);
  if (has('breached')) return 'not-counted';
  if (has('waived')) return 'waived';
  if (has('no-evidence')) return 'unknown';
  return has('compliant') ? 'counted' : 'unknown';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
