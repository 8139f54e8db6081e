import type { Judgement, PemdaRule } from '../rule.ts';
import { lookedAtAgain, unknown } from './measured/say.ts';
import { judgeMonths, monthParams } from './months/judge-months.ts';

const defaults = { targetRatio: 0.99, leastCoverageRatio: 0.5 };
const defaultLeastSites = 3;

/**
 * The Pusat Data was there for the departments: in the last whole month, and so far in this one, at least one of their
 * sites reached it for our share of the time. What the collector could not hear while it was cut off itself comes later,
 * from the spools of the agents.
 */
export const pusatDataAvailable: PemdaRule = {
  name: 'pusat-data-available',
  docs: 'Any of the sites of departments reached the Pusat Data for our share of the month.',
  subject: 'pemda',
  readsPusatData: true,
  incidentKind: 'service',
  severity: 'warning',
  params: {
    ...monthParams(defaults),
    leastSites: {
      default: defaultLeastSites,
      docs: 'so many sites must look at it: when one or two do not reach it, their own lines may be at fault',
    },
  },
  evidence: {
    id: 'Pemeriksaan Pusat Data oleh agen di sekurang-kurangnya tiga lokasi Perangkat Daerah (dilakukan agen dengan sendirinya).',
    en: 'Looks at the Pusat Data by agents at three sites of departments at least (agents do so by themselves).',
  },
  headlines: {
    'target-missed-already': {
      id: 'Ketersediaan Pusat Data bulan ini di bawah target',
      en: 'The Pusat Data misses its target this month',
    },
    'target-missed': { id: 'Ketersediaan Pusat Data di bawah target', en: 'The Pusat Data missed its target' },
  },
  reasons: {
    'target-missed-already': {
      id: 'Pusat Data sudah tidak terjangkau dari lokasi mana pun selama {downHours} jam pada bulan {month}, melebihi {allowedHours} jam yang disisakan target {targetPercent}% (bawaan aplikasi).',
      en: 'No site has reached the Pusat Data for {downHours} hours in {month}, more than the {allowedHours} hours that the target of {targetPercent}% leaves (a default of the application).',
    },
    'target-missed': {
      id: 'Pusat Data terjangkau {upPercent}% pada bulan {month}, di bawah target {targetPercent}% (bawaan aplikasi).',
      en: 'The Pusat Data was within reach for {upPercent}% of {month}, below the target of {targetPercent}% (a default of the application).',
    },
    'target-met': {
      id: 'Pusat Data terjangkau {upPercent}% pada bulan {month}, memenuhi target {targetPercent}% (bawaan aplikasi).',
      en: 'The Pusat Data was within reach for {upPercent}% of {month}, which meets the target of {targetPercent}% (a default of the application).',
    },
    'not-measured': {
      id: 'Ketersediaan Pusat Data belum cukup lama diukur untuk dinilai per bulan.',
      en: 'The Pusat Data has not been measured for long enough to be judged by the month.',
    },
    'too-few-sites': {
      id: 'Hanya {siteCount} lokasi yang memeriksa Pusat Data; diperlukan {leastSites} agar gangguan Pusat Data dapat dibedakan dari gangguan lokasi (bawaan aplikasi).',
      en: 'Only {siteCount} sites look at the Pusat Data; {leastSites} are needed to tell its faults from those of a site (a default of the application).',
    },
    'nobody-looks': {
      id: 'Belum ada agen di lokasi Perangkat Daerah yang memeriksa Pusat Data.',
      en: 'No agent at a site of a department looks at the Pusat Data yet.',
    },
  },
  judge({ pusatData }, params, nowMs): Judgement {
    if (pusatData === undefined || pusatData.siteCount === 0) return lookedAtAgain(unknown('nobody-looks'), nowMs);
    const { siteCount, months } = pusatData;
    const leastSites = typeof params['leastSites'] === 'number' ? params['leastSites'] : defaultLeastSites;
    if (siteCount < leastSites) return lookedAtAgain(unknown('too-few-sites', { siteCount, leastSites }), nowMs);
    const named = months.map((month) => ({ ...month, name: '' }));
    return judgeMonths(named, params, { defaults, nowMs });
  },
};
