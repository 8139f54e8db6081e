import type { ReportReference } from '../../../shared/evidence.ts';
import { claimTimeMs } from '../../facts/claim-identity.ts';
import type { ArrivalRow, ClaimRow } from '../../store/rows.ts';
import type { BackupView } from '../rule.ts';
import { clockToleranceMs, joinBackups, type JoinClaim } from '../rules/backup/join.ts';
import { mergeRuns } from '../rules/backup/merge-runs.ts';
import { createArrivalsNear } from './arrivals-near.ts';

/** One run of a backup, or one backup that was found: what is said of it, and what the Pusat Data saw of it. */
export interface HistoryRun {
  /** `running` began and never ended. */
  outcome: 'ok' | 'warning' | 'failed' | 'running';
  /** When it was completed or failed; when it began where nothing else is known. */
  atMs: number;
  startedAtMs: number | undefined;
  completedAtMs: number | undefined;
  source: string;
  objectName: string | undefined;
  sizeBytes: number | undefined;
  exitCode: number | undefined;
  reason: string | undefined;
  lastLines: string[];
  arrival: BackupView['arrival'];
  mismatch: BackupView['mismatch'];
  record: ReportReference;
}

/** Ours, as in judging: so long after its completion a backup may take to arrive, when only time tells. */
const arrivalWindowMs = 86_400_000;

/**
 * @param claims of one dataset, from every source that speaks of it.
 * @param arrivals in the Pusat Data; one that is gone by now did arrive.
 * @param isClaimless nobody claims anything of this dataset: what arrived is what was made.
 * @returns oldest first.
 */
export function runsOf(
  claims: readonly ClaimRow[],
  arrivals: readonly ArrivalRow[],
  isClaimless: boolean,
): HistoryRun[] {
  const seen = arrivals.map((arrival) =>
    arrival.state === 'gone' ? { ...arrival, state: 'present' as const } : arrival,
  );
  const made = isClaimless ? seen.map(claimOfArrival) : claims.flatMap(joinClaim);
  const near = createArrivalsNear(seen, arrivalWindowMs);
  const options = { arrivalWindowMs, nowMs: 0, wholeUntilMs: new Map<string, number>(), isRestorable: false };
  const backups = clustersOf(made)
    .flatMap(mergeRuns)
    .flatMap((claim) => joinBackups([claim], near(claim), options).map(backupRun));
  const others = isClaimless ? [] : [...failedRuns(claims), ...unendedRuns(claims)];
  return [...backups, ...others].toSorted((a, b) => a.atMs - b.atMs);
}

function joinClaim(claim: ClaimRow): JoinClaim[] {
  const { outcome, completedAtMs } = claim;
  if (completedAtMs === undefined || (outcome !== 'ok' && outcome !== 'warning')) return [];
  return [{ ...claim, outcome, completedAtMs }];
}

/** Parts of one backup lie together in time: what lies apart need not be compared. */
function clustersOf(made: readonly JoinClaim[]): JoinClaim[][] {
  const beginOf = ({ startedAtMs, completedAtMs }: JoinClaim) => Math.min(startedAtMs ?? completedAtMs, completedAtMs);
  const clusters: JoinClaim[][] = [];
  let endsAtMs = -Infinity;
  for (const claim of made.toSorted((a, b) => beginOf(a) - beginOf(b))) {
    if (beginOf(claim) > endsAtMs + 3 * clockToleranceMs) clusters.push([]);
    clusters.at(-1)?.push(claim);
    endsAtMs = Math.max(endsAtMs, claim.completedAtMs);
  }
  return clusters;
}

function claimOfArrival(arrival: ArrivalRow): JoinClaim {
  const { objectName, objectId, repositoryId, sizeBytes, sha256, record } = arrival;
  const completedAtMs = Math.min(arrival.modifiedAtMs, arrival.arrivedAtMs);
  const what = { objectName, objectId, repositoryId, sizeBytes, sha256, record };
  const unsaid = { startedAtMs: undefined, exitCode: undefined, reason: undefined };
  return { outcome: 'ok', source: 'vault', completedAtMs, ...what, ...unsaid };
}

function backupRun({ proof: _, ...backup }: BackupView): HistoryRun {
  return { ...backup, atMs: backup.completedAtMs, lastLines: [] };
}

function failedRuns(claims: readonly ClaimRow[]): HistoryRun[] {
  return claims.flatMap((claim) => (claim.outcome === 'failed' ? [plainRun(claim, 'failed')] : []));
}

function plainRun(claim: ClaimRow, outcome: 'failed' | 'running'): HistoryRun {
  const { startedAtMs, completedAtMs, source, objectName, sizeBytes, exitCode, reason, lastLines, record } = claim;
  const what = { startedAtMs, completedAtMs, source, objectName, sizeBytes, exitCode, reason, lastLines, record };
  return { outcome, atMs: claimTimeMs(claim), ...what, arrival: undefined, mismatch: undefined };
}

/**
 * Runs that began and of which no end was heard: none that names the run, and where runs are not named, none of the
 * same source before the next one began.
 */
function unendedRuns(claims: readonly ClaimRow[]): HistoryRun[] {
  const isStart = ({ outcome }: ClaimRow) => outcome === 'running';
  const isEnd = ({ outcome }: ClaimRow) => outcome === 'ok' || outcome === 'warning' || outcome === 'failed';
  const endedRuns = new Set(claims.filter(isEnd).map(({ source, runId }) => `${source}/${runId}`));
  const unended: HistoryRun[] = [];
  const open = new Map<string, ClaimRow>();
  for (const claim of claims.toSorted(
    (a, b) => claimTimeMs(a) - claimTimeMs(b) || Number(isEnd(a)) - Number(isEnd(b)),
  )) {
    const { source, runId } = claim;
    const before = open.get(source);
    if (isStart(claim) && (runId === undefined || !endedRuns.has(`${source}/${runId}`))) {
      if (before !== undefined) unended.push(plainRun(before, 'running'));
      open.set(source, claim);
    } else if (isEnd(claim) && before !== undefined && (before.runId === undefined || runId === undefined)) {
      open.delete(source);
    }
  }
  return [...unended, ...[...open.values()].map((claim) => plainRun(claim, 'running'))];
}
