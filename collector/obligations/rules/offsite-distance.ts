import type { DatasetRule, DatasetSubjectFacts, Judgement, Params } from '../rule.ts';
import { type DistantCopy, distantCopyHeadlines, distantCopyReasons, judgeDistantCopy } from './backup/distant-copy.ts';

/**
 * A copy is far from the Pusat Data: the newest one at the DRC is as new as it can be, and the DRC is far enough away.
 * The law says "jauh" without a number, and offers "jauh dari risiko" beside it; how many kilometres and hours are ours.
 * That the backup itself is missing is another duty's affair: here it counts whether the copy lags behind it.
 */
export const offsiteDistance: DatasetRule = {
  name: 'offsite-distance',
  docs: 'A recent copy of the dataset is at the DRC, and the DRC is far from the Pusat Data.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'warning',
  params: {
    maxAgeHours: { default: 26, docs: 'hours by which the copy at the DRC may lag behind' },
    minDistanceKilometres: { default: 30, docs: 'kilometres between the Pusat Data and the DRC' },
  },
  evidence: {
    id: 'Pembacaan brankas di DRC yang melihat salinannya, dan koordinat Pusat Data dan DRC dalam konfigurasi.',
    en: 'A reading of the vault at the DRC that sees the copy, and the coordinates of Pusat Data and DRC in the configuration.',
  },
  headlines: {
    ...distantCopyHeadlines,
    'too-near': { id: 'Pusat pemulihan terlalu dekat', en: 'The recovery centre is too near' },
  },
  reasons: {
    ...distantCopyReasons,
    'distance-unknown': {
      id: 'Salinan terbaru di pusat pemulihan dari {copyAtMs}, tetapi jaraknya belum diketahui: isi koordinat (location: lat, lon) pada pusatData dan drc.',
      en: 'The newest copy at the recovery centre is of {copyAtMs}, but its distance is not known: fill in the coordinates (location: lat, lon) of pusatData and drc.',
    },
    'too-near': {
      id: 'Pusat pemulihan berjarak {distanceKilometres} km dari Pusat Data, di bawah pengaturan aplikasi {minDistanceKilometres} km. Peraturan tidak menyebut angka dan membolehkan tempat yang jauh dari risiko: salinan yang terisolasi dapat dinilai tersendiri dan dicatat sebagai pengecualian.',
      en: 'The recovery centre is {distanceKilometres} km from the Pusat Data, below the setting of the application of {minDistanceKilometres} km. The regulation names no number and allows a place far from risk: an isolated copy can be assessed by hand and recorded as a waiver.',
    },
    'copy-far': {
      id: 'Salinan terbaru dari {copyAtMs} berada di pusat pemulihan, {distanceKilometres} km dari Pusat Data (pengaturan aplikasi: paling sedikit {minDistanceKilometres} km).',
      en: 'The newest copy of {copyAtMs} is at the recovery centre, {distanceKilometres} km from the Pusat Data (setting of the application: at least {minDistanceKilometres} km).',
    },
  },
  judge(facts, params, nowMs): Judgement {
    const settings = settingsOf(params);
    const found = judgeDistantCopy(facts, settings.maxAgeHours, nowMs);
    if ('judgement' in found) return found.judgement;
    return { ...judgeDistance(found.copy, facts, settings, nowMs), ...found.again };
  },
};

interface Settings {
  maxAgeHours: number;
  minDistanceKilometres: number;
}

function settingsOf(params: Params): Settings {
  const numberOf = (name: keyof Settings) => {
    const value = params[name];
    return typeof value === 'number' && value >= 0 ? value : Number(offsiteDistance.params[name]?.default);
  };
  return { maxAgeHours: numberOf('maxAgeHours'), minDistanceKilometres: numberOf('minDistanceKilometres') };
}

function judgeDistance(
  { copyAtMs, record }: DistantCopy,
  facts: DatasetSubjectFacts,
  settings: Settings,
  nowMs: number,
): Judgement {
  if (facts.drcDistanceKilometres === undefined) {
    const reasonArgs = { copyAtMs };
    return { status: 'no-evidence', reasonCode: 'distance-unknown', reasonArgs, evidence: [record] };
  }
  const { minDistanceKilometres } = settings;
  // Rounded down, so that no sentence says "30 km, below 30 km".
  const distanceKilometres = Math.floor(facts.drcDistanceKilometres * 10) / 10;
  const evidence = [record];
  if (facts.drcDistanceKilometres < minDistanceKilometres) {
    const reasonArgs = { distanceKilometres, minDistanceKilometres };
    const said = { reasonCode: 'too-near', reasonArgs, evidence };
    return { status: 'breached', exceeded: 'indication', sinceAtMs: nowMs, ...said };
  }
  const reasonArgs = { copyAtMs, distanceKilometres, minDistanceKilometres };
  return { status: 'compliant', reasonCode: 'copy-far', reasonArgs, evidence };
}
