import type { DepartmentRule, Judgement } from '../rule.ts';
import { judgeMonths, monthParams } from './months/judge-months.ts';

const defaults = { targetRatio: 0.99, leastCoverageRatio: 0.5 };

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
  params: monthParams(defaults),
  evidence: {
    id: 'Ketersediaan bulanan WAN setiap lokasi, dihitung dari seluruh putaran pemeriksaan agen.',
    en: "The availability of the WAN of each site by the month, out of every round of the agents' probes.",
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
    const named = months.map((month) => ({ ...month, name: month.site }));
    return judgeMonths(named, params, { defaults, nameArg: 'site', nowMs });
  },
};
