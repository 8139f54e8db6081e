import type { DatasetRule, DatasetSubjectFacts, VaultView } from '../rule.ts';
import { backupFaults, backupWords, judgeBackups } from './backup/judge-backups.ts';
import { backupParams } from './backup/params.ts';
import { backupReasons } from './backup/reasons.ts';

/**
 * Each dataset has a backup no older than its schedule and grace allow, wherever it is kept: of the five regulations
 * only Lebong's Pasal 19 ayat (1) names a destination. Having no copy in the Pusat Data is therefore no breach by itself.
 */
export const backupRecent: DatasetRule = {
  name: 'backup-recent',
  docs: 'A backup of the dataset is there, of a sane size, and no older than schedule and grace allow.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'critical',
  params: backupParams,
  evidence: {
    id: 'Klaim pekerjaan pencadangan yang berhasil sesuai jadwal, dengan tingkat bukti yang diminta himpunan datanya.',
    en: 'The claim of a backup job that succeeded on schedule, at the level of proof that its dataset demands.',
  },
  reasons: backupReasons,
  faults: backupFaults,
  words: backupWords,
  judge: (facts, params, nowMs) => judgeBackups(withoutDestination(facts), params, nowMs),
};

/** Where no vault is configured nothing demands an arrival: the claim is all that the regulation lets one ask for. */
export function withoutDestination(facts: DatasetSubjectFacts): DatasetSubjectFacts {
  const { dataset, pusatData, drc } = facts;
  if (dataset === undefined || isConfigured(pusatData) || isConfigured(drc)) return facts;
  return { ...facts, dataset: { ...dataset, demandedProof: 'claimed' } };
}

function isConfigured({ state }: VaultView): boolean {
  return state !== 'none';
}
