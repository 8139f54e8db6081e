import type { DatasetRule, Judgement } from '../rule.ts';
import { distantCopyHeadlines, distantCopyReasons, judgeDistantCopy } from './backup/distant-copy.ts';

const defaultMaxAgeHours = 26;

/**
 * The recovery centre holds what it would restore from: its newest copy does not lag behind the backups. No regulation
 * says how far it may; the hours are ours. How far away it is, is another duty's affair (`offsite-distance`).
 */
export const drcReplicaFresh: DatasetRule = {
  name: 'drc-replica-fresh',
  docs: 'The newest copy of the dataset at the DRC does not lag behind its backups.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'warning',
  params: { maxAgeHours: { default: defaultMaxAgeHours, docs: 'hours by which the copy at the DRC may lag behind' } },
  toldBy: { 'offsite-distance': ['no-copy', 'copy-damaged', 'copy-behind'] },
  evidence: {
    id: 'Laporan agen dengan peran vault di pusat pemulihan (drc.vaults) tentang salinan terbaru himpunan data ini.',
    en: 'Reports of an agent with the role vault at the recovery centre (drc.vaults) of the newest copy of this dataset.',
  },
  headlines: distantCopyHeadlines,
  reasons: {
    ...distantCopyReasons,
    'copy-fresh': {
      id: 'Salinan terbaru di pusat pemulihan dari {copyAtMs} dan tidak tertinggal dari cadangan lebih daripada {maxAgeHours} jam (pengaturan aplikasi).',
      en: 'The newest copy at the recovery centre is of {copyAtMs} and does not lag behind the backups by more than {maxAgeHours} hours (setting of the application).',
    },
  },
  judge(facts, { maxAgeHours: given }, nowMs): Judgement {
    const maxAgeHours = typeof given === 'number' && given >= 0 ? given : defaultMaxAgeHours;
    const found = judgeDistantCopy(facts, maxAgeHours, nowMs);
    if ('judgement' in found) return found.judgement;
    const { copyAtMs, record } = found.copy;
    const reasonArgs = { copyAtMs, maxAgeHours };
    return { status: 'compliant', reasonCode: 'copy-fresh', reasonArgs, evidence: [record], ...found.again };
  },
};
