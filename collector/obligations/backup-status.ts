import { nextDueMs } from '../../shared/cron-grace.ts';
import type { ProofLevel, VerdictStatus } from '../../shared/states.ts';
import type { DatasetConfig, DemandedProof, PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { VerdictRow } from '../store/rows.ts';
import { datasetFacts } from './dataset-case.ts';
import type { DatasetSubjectFacts } from './rule.ts';
import { isPastDeadline, lastGoodBackup } from './rules/backup/assess.ts';
import { backupInPusatData } from './rules/backup-in-pusat-data.ts';
import { backupRecent, withoutDestination } from './rules/backup-recent.ts';
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
  graceSeconds: number;
  /** Due time and grace are over without a good backup, as the rule sees it; undefined when that is not known. */
  isOverdue: boolean | undefined;
  /** What the newest run said of itself; undefined where no run is known of. */
  lastRunSucceeded: boolean | undefined;
  sizeBytes: number | undefined;
  demandedProof: DemandedProof;
  /** The Pemda's own period of restore tests. */
  restoreTestEverySeconds: number | undefined;
  status: VerdictStatus;
  verdict: VerdictRow | undefined;
}

export interface BackupStatusView {
  config: PantauConfig;
  fleet: Fleet;
  judging: {
    verdicts(): VerdictRow[];
    caseOf(verdict: VerdictRow): { rule: { name: string } } | undefined;
    /** Since when a dataset is known here; undefined before it was first judged. */
    knownSinceMs(subject: string): number | undefined;
  };
  nowMs: number;
}

/** The verdict that tells what a dataset's backups are worth, and the rule that found it. */
interface Judged {
  verdict: VerdictRow;
  rule: string;
}

export function backupStatuses(view: BackupStatusView): BackupStatus[] {
  return [...eachBackupStatus(view)];
}

/** The same one by one, for those who must not be kept from their other work for long. */
export function* eachBackupStatus(view: BackupStatusView): Generator<BackupStatus> {
  const judged = new Map<string, Judged>();
  for (const verdict of view.judging.verdicts()) {
    const rule = view.judging.caseOf(verdict)?.rule.name ?? '';
    if (judgingRules.has(rule)) judged.set(verdict.subject, { verdict, rule });
  }
  for (const pd of view.config.perangkatDaerah) {
    for (const dataset of pd.datasets) {
      yield statusOf(view, pd.id, dataset, judged.get(subjectName(pd.id, dataset.id)));
    }
  }
}

function statusOf(
  view: BackupStatusView,
  pd: string,
  configured: DatasetConfig,
  judged: Judged | undefined,
): BackupStatus {
  const knownSinceMs = view.judging.knownSinceMs(subjectName(pd, configured.id));
  const facts = datasetFacts({ ...view, startedAtMs: -Infinity }, pd, configured, knownSinceMs ?? 0);
  return {
    pd,
    dataset: configured.id,
    ...shownOf(facts, view.nowMs),
    graceSeconds: facts.dataset?.schedule.graceSeconds ?? 0,
    isOverdue: judged && knownSinceMs !== undefined ? isOverdue(facts, judged, view.nowMs) : undefined,
    lastRunSucceeded: lastRunSucceeded(facts),
    demandedProof: configured.proof,
    restoreTestEverySeconds: facts.dataset?.restoreTestEverySeconds,
    status: judged?.verdict.status ?? 'no-evidence',
    verdict: judged?.verdict,
  };
}

type Shown = Pick<
  BackupStatus,
  | 'proof'
  | 'lastClaimAtMs'
  | 'lastArrivalAtMs'
  | 'lastRestoreTestAtMs'
  | 'copyCount'
  | 'lastSuccessAtMs'
  | 'nextDueAtMs'
  | 'sizeBytes'
>;

/** What is known of the backups themselves. */
function shownOf(facts: DatasetSubjectFacts, nowMs: number): Shown {
  const last = lastGoodBackup(facts);
  const [newest] = facts.backups;
  const schedule = facts.dataset?.schedule;
  return {
    proof: newest?.proof ?? 'none',
    lastClaimAtMs: newest?.completedAtMs,
    lastArrivalAtMs: facts.pusatData.newest?.arrivedAtMs,
    lastRestoreTestAtMs: facts.restoreTests.find(({ outcome }) => outcome === 'ok')?.completedAtMs,
    copyCount: facts.pusatData.copyCount,
    lastSuccessAtMs: last?.completedAtMs,
    nextDueAtMs: schedule === undefined ? undefined : nextDueMs(schedule, last?.completedAtMs ?? nowMs),
    sizeBytes: (last ?? newest)?.sizeBytes,
  };
}

/** While a verdict says that there is no evidence, a deadline that is over says nothing either. */
function isOverdue(facts: DatasetSubjectFacts, { verdict, rule }: Judged, nowMs: number): boolean | undefined {
  const seen = rule === backupRecent.name ? withoutDestination(facts) : facts;
  if (!isPastDeadline(seen, nowMs)) return false;
  return verdict.status === 'no-evidence' ? undefined : true;
}

/** Where nobody at the department runs anything, no run has said anything. */
function lastRunSucceeded({ dataset, backups: [newest], lastFailure }: DatasetSubjectFacts): boolean | undefined {
  if (dataset === undefined || dataset.isClaimless || (newest === undefined && lastFailure === undefined)) {
    return undefined;
  }
  return (newest?.completedAtMs ?? -Infinity) >= (lastFailure?.atMs ?? -Infinity);
}
