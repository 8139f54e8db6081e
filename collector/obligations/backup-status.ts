import { nextDueMs } from '../../shared/cron-grace.ts';
import type { ProofLevel, VerdictStatus } from '../../shared/states.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { VerdictRow } from '../store/rows.ts';
import { datasetFacts } from './dataset-case.ts';
import { lastGoodBackup } from './rules/backup/assess.ts';
import { backupInPusatData } from './rules/backup-in-pusat-data.ts';
import { backupRecent } from './rules/backup-recent.ts';
import { subjectName } from './subjects.ts';

/** Rules that judge what the backups of a dataset are worth. */
const judgingRules = new Set<string>([backupInPusatData.name, backupRecent.name]);

/** One dataset's backup as the API and the metrics show it. */
export interface BackupStatus {
  pd: string;
  dataset: string;
  proof: ProofLevel;
  /** When the newest backup was completed by the word of the department, whatever is proven of it. */
  lastClaimAtMs: number | undefined;
  /** The newest object of the dataset in the Pusat Data. */
  lastArrivalAtMs: number | undefined;
  /** The newest that counts: large enough, and proven as far as the dataset demands. */
  lastSuccessAtMs: number | undefined;
  /** The newest restore test that passed. */
  lastRestoreTestAtMs: number | undefined;
  /** Backups in the Pusat Data; undefined where they cannot be counted. */
  copyCount: number | undefined;
  nextDueAtMs: number | undefined;
  sizeBytes: number | undefined;
  status: VerdictStatus;
  verdict: VerdictRow | undefined;
}

export function backupStatuses(view: {
  config: PantauConfig;
  fleet: Fleet;
  judging: { verdicts(): VerdictRow[]; caseOf(verdict: VerdictRow): { rule: { name: string } } | undefined };
  nowMs: number;
}): BackupStatus[] {
  const verdicts = new Map<string, VerdictRow>();
  for (const verdict of view.judging.verdicts()) {
    const rule = view.judging.caseOf(verdict)?.rule.name ?? '';
    if (judgingRules.has(rule)) verdicts.set(verdict.subject, verdict);
  }
  return view.config.perangkatDaerah.flatMap((pd) =>
    pd.datasets.map((dataset) => {
      const facts = datasetFacts({ ...view, startedAtMs: -Infinity }, pd.id, dataset, 0);
      const last = lastGoodBackup(facts);
      const [newest] = facts.backups;
      const verdict = verdicts.get(subjectName(pd.id, dataset.id));
      const schedule = facts.dataset?.schedule;
      return {
        pd: pd.id,
        dataset: dataset.id,
        proof: newest?.proof ?? ('none' as const),
        lastClaimAtMs: newest?.completedAtMs,
        lastArrivalAtMs: facts.pusatData.newest?.arrivedAtMs,
        lastRestoreTestAtMs: facts.restoreTests.find(({ outcome }) => outcome === 'ok')?.completedAtMs,
        copyCount: facts.pusatData.copyCount,
        lastSuccessAtMs: last?.completedAtMs,
        nextDueAtMs: schedule === undefined ? undefined : nextDueMs(schedule, last?.completedAtMs ?? view.nowMs),
        sizeBytes: (last ?? newest)?.sizeBytes,
        status: verdict?.status ?? 'no-evidence',
        verdict,
      };
    }),
  );
}
