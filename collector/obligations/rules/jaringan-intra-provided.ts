import type { DepartmentRule, Judgement, Params, SiteMonthView } from '../rule.ts';

const defaults = { targetRatio: 0.99, leastCoverageRatio: 0.5 };
/** Months are looked at again so often. */
const againMs = 3_600_000;

/**
 * The Jaringan Intra was there for the sites of a department: the WAN of each reached our target in the last whole month,
 * and has not yet been down for longer in this one than the target allows. No regulation names a figure.
 */
export const jaringanIntraProvided: DepartmentRule = {
  name: 'jaringan-intra-provided',
  docs: "The WAN of the department's sites was available for our share of the month.",
  subject: 'department',
  readsMonths: 'wan',
  incidentKind: 'link',
  severity: 'warning',
  params: {
    targetRatio: {
      default: defaults.targetRatio,
      docs: 'share of the measured time of a month in which the WAN is up',
    },
    leastCoverageRatio: {
      default: defaults.leastCoverageRatio,
      docs: 'share of a month that must be measured before it is judged',
    },
  },
  headlines: {
    'target-missed-already': {
      id: 'Ketersediaan WAN bulan ini di bawah target',
      en: 'The WAN misses its target this month',
    },
    'target-missed': { id: 'Ketersediaan WAN di bawah target', en: 'The WAN missed its target' },
  },
  reasons: {
    'target-missed-already': {
      id: 'WAN lokasi {site} sudah terputus {downHours} jam pada bulan {month}, melebihi {allowedHours} jam yang disisakan target {targetPercent}% (bawaan aplikasi).',
      en: 'The WAN of the site {site} has been down for {downHours} hours in {month}, more than the {allowedHours} hours that the target of {targetPercent}% leaves (a default of the application).',
    },
    'target-missed': {
      id: 'WAN lokasi {site} tersedia {upPercent}% pada bulan {month}, di bawah target {targetPercent}% (bawaan aplikasi).',
      en: 'The WAN of the site {site} was available for {upPercent}% of {month}, below the target of {targetPercent}% (a default of the application).',
    },
    'target-met': {
      id: 'WAN semua lokasi yang diukur memenuhi target {targetPercent}% pada bulan {month}; terendah {site} dengan {upPercent}%.',
      en: 'The WAN of all sites that are measured reached the target of {targetPercent}% in {month}; the lowest is {site} with {upPercent}%.',
    },
    'not-measured': {
      id: 'Ketersediaan WAN belum cukup lama diukur untuk dinilai per bulan.',
      en: 'The WAN has not been measured for long enough to be judged by the month.',
    },
  },
  judge({ months = [] }, params, nowMs): Judgement {
    const target = share(params, 'targetRatio');
    return {
      ...(missedAlready(months, target, nowMs) ?? judgedByRatio(months, target, params, nowMs)),
      recheckAtMs: nowMs + againMs,
    };
  },
};

/** What is lost already cannot be made good by the rest of the month. */
function missedAlready(months: readonly SiteMonthView[], target: number, nowMs: number): Judgement | undefined {
  const allowedSeconds = ({ fromMs, untilMs }: SiteMonthView) => ((untilMs - fromMs) / 1000) * (1 - target);
  const missed = months
    .filter((one) => isRunning(one, nowMs) && one.downSeconds > allowedSeconds(one))
    .toSorted((a, b) => b.downSeconds - a.downSeconds);
  const [worst] = missed;
  if (worst === undefined) return undefined;
  const { site, month, downSeconds } = worst;
  const reasonArgs = {
    site,
    month,
    downHours: hours(downSeconds),
    allowedHours: hours(allowedSeconds(worst)),
    targetPercent: percent(target),
  };
  return { ...breached('target-missed-already', nowMs), reasonArgs, evidence: recordOf(worst) };
}

function judgedByRatio(months: readonly SiteMonthView[], target: number, params: Params, nowMs: number): Judgement {
  const leastCoverage = share(params, 'leastCoverageRatio');
  const judged = months.filter(({ coverageRatio = 0 }) => coverageRatio >= leastCoverage);
  const whole = judged.filter((one) => !isRunning(one, nowMs));
  const worst = lowest(whole.length > 0 ? whole : judged);
  if (worst === undefined) {
    return { status: 'no-evidence', reasonCode: 'not-measured', reasonArgs: {}, evidence: [] };
  }
  const { site, month, untilMs } = worst;
  const reasonArgs = { site, month, upPercent: percent(ratioOf(worst)), targetPercent: percent(target) };
  const evidence = recordOf(worst);
  if (!isRunning(worst, nowMs) && ratioOf(worst) < target) {
    return { ...breached('target-missed', untilMs), reasonArgs, evidence };
  }
  // What nobody measures any more cannot be shown to be so.
  return ratioOf(worst) < target || evidence.length === 0
    ? { status: 'no-evidence', reasonCode: 'not-measured', reasonArgs: {}, evidence: [] }
    : { status: 'compliant', reasonCode: 'target-met', reasonArgs, evidence };
}

function recordOf({ record }: SiteMonthView): Judgement['evidence'] {
  return record === undefined ? [] : [record];
}

function breached(reasonCode: string, sinceAtMs: number): Omit<Judgement, 'reasonArgs' | 'evidence'> {
  // Only a number of ours is missed.
  return { status: 'breached', exceeded: 'indication', reasonCode, sinceAtMs };
}

function isRunning({ untilMs }: SiteMonthView, nowMs: number): boolean {
  return untilMs > nowMs;
}

function ratioOf({ upSeconds, downSeconds }: SiteMonthView): number {
  const knownSeconds = upSeconds + downSeconds;
  return knownSeconds === 0 ? 1 : upSeconds / knownSeconds;
}

function lowest(months: readonly SiteMonthView[]): SiteMonthView | undefined {
  return months.toSorted((a, b) => ratioOf(a) - ratioOf(b))[0];
}

const percent = (ratio: number) => Math.round(ratio * 10_000) / 100;
const hours = (seconds: number) => Math.round(seconds / 360) / 10;

function share(params: Params, name: keyof typeof defaults): number {
  const value = params[name];
  return typeof value === 'number' && value > 0 && value <= 1 ? value : defaults[name];
}
