import { nextDueMs } from '../../shared/cron-grace.ts';
import type { ProofLevel, VerdictStatus } from '../../shared/states.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { VerdictRow } from '../store/rows.ts';
import { datasetFacts } from './case-facts.ts';
import { subjectName } from './subjects.ts';

/** One dataset's backup as the API and the metrics show it. */
export interface BackupStatus {
  pd: string;
  dataset: string;
  proof: ProofLevel;
  lastClaimAtMs: number | undefined;
  lastSuccessAtMs: number | undefined;
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
    if (view.judging.caseOf(verdict)?.rule.name === 'backup-in-pusat-data') verdicts.set(verdict.subject, verdict);
  }
  return view.config.perangkatDaerah.flatMap((pd) =>
    pd.datasets.map((dataset) => {
      const facts = datasetFacts({ ...view, startedAtMs: -Infinity }, pd.id, dataset, 0);
      const minSizeBytes = Math.max(1, dataset.minSize ?? 1);
      const last = facts.successes.find((success) => (success.sizeBytes ?? minSizeBytes) >= minSizeBytes);
      const verdict = verdicts.get(subjectName(pd.id, dataset.id));
      const schedule = facts.dataset?.schedule;
      return {
        pd: pd.id,
        dataset: dataset.id,
        proof: last === undefined ? ('none' as const) : ('claimed' as const),
        lastClaimAtMs: facts.lastLook?.observedAtMs,
        lastSuccessAtMs: last?.completedAtMs,
        nextDueAtMs: schedule === undefined ? undefined : nextDueMs(schedule, last?.completedAtMs ?? view.nowMs),
        sizeBytes: last?.sizeBytes,
        status: verdict?.status ?? 'no-evidence',
        verdict,
      };
    }),
  );
}
