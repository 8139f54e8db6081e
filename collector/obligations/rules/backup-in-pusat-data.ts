import type { DatasetRule } from '../rule.ts';
import { backupFaults, backupWords, judgeBackups } from './backup/judge-backups.ts';
import { backupParams } from './backup/params.ts';
import { backupReasons } from './backup/reasons.ts';

/** Each dataset has a backup in the Pusat Data no older than its schedule and grace allow, proven as far as demanded. */
export const backupInPusatData: DatasetRule = {
  name: 'backup-in-pusat-data',
  docs: 'A backup of the dataset is in the Pusat Data, of a sane size, and no older than schedule and grace allow.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'critical',
  params: backupParams,
  evidence: {
    id: 'Klaim pekerjaan pencadangan yang berhasil, dan pembacaan brankas di Pusat Data yang melihat objeknya tiba dengan ukuran yang wajar.',
    en: 'The claim of a backup job that succeeded, and a reading of the vault in the Pusat Data that sees its object arrive in a sane size.',
  },
  reasons: backupReasons,
  faults: backupFaults,
  words: backupWords,
  judge: judgeBackups,
};
