import type { Judgement, MonthView, Params, ParamSpec } from '../../rule.ts';

/** Ours ("bawaan aplikasi"): no regulation gives a figure of availability. */
export interface MonthTarget {
  targetRatio: number;
  leastCoverageRatio: number;
}

/** A month of something that has a name. */
export interface NamedMonth extends MonthView {
  name: string;
}

/** Months are looked at again so often. */
const againMs = 3_600_000;

export function monthParams(defaults: MonthTarget): Record<keyof MonthTarget, ParamSpec> {
  return {
    targetRatio: {
      default: defaults.targetRatio,
      docs: 'share of the measured time of a month in which it is up',
    },
    leastCoverageRatio: {
      default: defaults.leastCoverageRatio,
      docs: 'share of a month that must be measured before it is judged',
    },
  };
}

/**
 * Whether a target was reached in the last whole month, and is not lost already in this one: `target-met`,
 * `target-missed`, `target-missed-already` or `not-measured`.
 * @param nameArg what the name is called in the sentences; nothing is named where it is absent.
 */
export function judgeMonths(
  months: readonly NamedMonth[],
  params: Params,
  given: { defaults: MonthTarget; nameArg?: string; nowMs: number },
): Judgement {
  const { defaults, nameArg, nowMs } = given;
  const view = {
    target: share(params['targetRatio'], defaults.targetRatio),
    leastCoverage: share(params['leastCoverageRatio'], defaults.leastCoverageRatio),
    nowMs,
    naming: ({ name }: NamedMonth) => (nameArg === undefined ? {} : { [nameArg]: name }),
  };
  const judgement = missedAlready(months, view) ?? judgedByRatio(months, view);
  return { ...judgement, recheckAtMs: nowMs + againMs };
}

interface MonthsJudging {
  target: number;
  leastCoverage: number;
  nowMs: number;
  naming(month: NamedMonth): Record<string, string>;
}

/** What is lost already cannot be made good by the rest of the month. */
function missedAlready(months: readonly NamedMonth[], { target, nowMs, naming }: MonthsJudging): Judgement | undefined {
  const allowedSeconds = ({ fromMs, untilMs }: NamedMonth) => ((untilMs - fromMs) / 1000) * (1 - target);
  const [worst] = months
    .filter((one) => isRunning(one, nowMs) && one.downSeconds > allowedSeconds(one))
    .toSorted((a, b) => b.downSeconds - a.downSeconds || a.name.localeCompare(b.name));
  if (worst === undefined) return undefined;
  const { month, downSeconds } = worst;
  const reasonArgs = {
    ...naming(worst),
    month,
    downHours: hours(downSeconds),
    allowedHours: hours(allowedSeconds(worst)),
    targetPercent: percent(target),
  };
  return { ...breached('target-missed-already', nowMs), reasonArgs, evidence: recordOf(worst) };
}

const notMeasured: Judgement = { status: 'no-evidence', reasonCode: 'not-measured', reasonArgs: {}, evidence: [] };

function judgedByRatio(months: readonly NamedMonth[], view: MonthsJudging): Judgement {
  const { target, leastCoverage, nowMs, naming } = view;
  const judged = months.filter(({ coverageRatio = 0 }) => coverageRatio >= leastCoverage);
  const whole = judged.filter((one) => !isRunning(one, nowMs));
  const worst = lowest(whole.length > 0 ? whole : judged);
  if (worst === undefined) return notMeasured;
  const { month, untilMs } = worst;
  const reasonArgs = {
    ...naming(worst),
    month,
    upPercent: percent(ratioOf(worst)),
    targetPercent: percent(target),
  };
  const evidence = recordOf(worst);
  if (!isRunning(worst, nowMs) && ratioOf(worst) < target) {
    return { ...breached('target-missed', untilMs), reasonArgs, evidence };
  }
  // What nobody measures any more cannot be shown to be so.
  if (ratioOf(worst) < target || evidence.length === 0) return notMeasured;
  return { status: 'compliant', reasonCode: 'target-met', reasonArgs, evidence };
}

function recordOf({ record }: NamedMonth): Judgement['evidence'] {
  return record === undefined ? [] : [record];
}

function breached(reasonCode: string, sinceAtMs: number): Omit<Judgement, 'reasonArgs' | 'evidence'> {
  // Only a number of ours is missed.
  return { status: 'breached', exceeded: 'indication', reasonCode, sinceAtMs };
}

function isRunning({ untilMs }: NamedMonth, nowMs: number): boolean {
  return untilMs > nowMs;
}

function ratioOf({ upSeconds, downSeconds }: NamedMonth): number {
  const knownSeconds = upSeconds + downSeconds;
  return knownSeconds === 0 ? 1 : upSeconds / knownSeconds;
}

function lowest(months: readonly NamedMonth[]): NamedMonth | undefined {
  return months.toSorted((a, b) => ratioOf(a) - ratioOf(b) || a.name.localeCompare(b.name))[0];
}

const percent = (ratio: number) => Math.round(ratio * 10_000) / 100;
const hours = (seconds: number) => Math.round(seconds / 360) / 10;

/** A value that makes no sense is not used: the default is. */
function share(value: Params[string] | undefined, byDefault: number): number {
  return typeof value === 'number' && value > 0 && value <= 1 ? value : byDefault;
}
