import type { DepartmentRule, Judgement } from '../rule.ts';
import { lookedAtAgain, namesOf, notApplicable, unknown, websiteReasons } from './measured/say.ts';
import { judgeMonths, monthParams } from './months/judge-months.ts';

const defaults = { targetRatio: 0.98, leastCoverageRatio: 0.5 };

/**
 * The websites of the department answered for our share of the last whole month, and are not lost for this one already.
 * They are looked at from the Pusat Data; from elsewhere on the internet they may look otherwise.
 */
export const websiteAvailable: DepartmentRule = {
  name: 'website-available',
  docs: 'The websites of the department answered for our share of the month, as seen from the Pusat Data.',
  subject: 'department',
  readsMonths: 'website',
  incidentKind: 'service',
  severity: 'warning',
  params: monthParams(defaults),
  evidence: {
    id: 'Pemeriksaan situs web yang didaftarkan (website) tiap lima menit oleh agen di Pusat Data (peran vantage).',
    en: 'Looks at the registered websites (website) every five minutes by an agent at the Pusat Data (role vantage).',
  },
  headlines: {
    'target-missed-already': {
      id: 'Ketersediaan situs web bulan ini di bawah target',
      en: 'A website misses its target this month',
    },
    'target-missed': { id: 'Ketersediaan situs web di bawah target', en: 'A website missed its target' },
  },
  reasons: {
    'target-missed-already': {
      id: 'Situs web {host} sudah tidak menjawab {downHours} jam pada bulan {month}, melebihi {allowedHours} jam yang disisakan target {targetPercent}% (bawaan aplikasi).',
      en: 'The website {host} has not answered for {downHours} hours in {month}, more than the {allowedHours} hours that the target of {targetPercent}% leaves (a default of the application).',
    },
    'target-missed': {
      id: 'Situs web {host} tersedia {upPercent}% pada bulan {month}, di bawah target {targetPercent}% (bawaan aplikasi).',
      en: 'The website {host} was available for {upPercent}% of {month}, below the target of {targetPercent}% (a default of the application).',
    },
    'target-met': {
      id: 'Situs web yang diperiksa memenuhi target {targetPercent}% pada bulan {month}; terendah {host} dengan {upPercent}%.',
      en: 'The websites that are looked at reached the target of {targetPercent}% in {month}; the lowest is {host} with {upPercent}%.',
    },
    'not-measured': {
      id: 'Situs web belum cukup lama diperiksa untuk dinilai per bulan.',
      en: 'The websites have not been looked at for long enough to be judged by the month.',
    },
    'no-website': {
      id: 'Perangkat Daerah ini menyatakan tidak memiliki situs web.',
      en: 'This department says that it has no website.',
    },
    ...websiteReasons,
  },
  judge({ measured, months = [] }, params, nowMs): Judgement {
    const { websites, vantageCount } = measured;
    if (websites === 'none') return notApplicable('no-website');
    if (websites.length === 0) return unknown('not-registered');
    if (vantageCount === 0) return lookedAtAgain(unknown('nobody-looks'), nowMs);
    const unseen = websites.filter(({ seen }) => seen === undefined);
    if (unseen.length === websites.length) {
      return lookedAtAgain(unknown('not-looked-at', { hosts: namesOf(unseen.map(({ host }) => host)) }), nowMs);
    }
    const hostOf = new Map(websites.map(({ host, place }) => [place, host]));
    const named = months.flatMap((month) => {
      const name = hostOf.get(month.site);
      return name === undefined ? [] : [{ ...month, name }];
    });
    return judgeMonths(named, params, { defaults, nameArg: 'host', nowMs });
  },
};
