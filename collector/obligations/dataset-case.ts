import { durationSeconds } from '../../shared/duration.ts';
import { resolveGrace } from '../config/grace.ts';
import { collectorSourceKinds } from '../config/heartbeat-source.ts';
import type { DatasetConfig, PantauConfig } from '../config/schema.ts';
import { claimTimeMs } from '../facts/claim-identity.ts';
import { type DatasetFacts, noDatasetFacts } from '../facts/dataset-facts.ts';
import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import { noVaultFacts } from '../facts/vault-facts.ts';
import type { ArrivalRow, ClaimRow, RestoreTestRow } from '../store/rows.ts';
import { type CaseView, isAwaited } from './case-view.ts';
import { distanceKilometres } from './distance.ts';
import { cachedJoin } from './join-cache.ts';
import type { DatasetSubjectFacts, RestoreTestView, VaultView } from './rule.ts';
import { gonePatienceMs, joinBackups, type JoinClaim, newestUnclaimed } from './rules/backup/join.ts';
import { mergeRuns } from './rules/backup/merge-runs.ts';
import { defaultRestoreTestEverySeconds } from './rules/backup/params.ts';
import { placeFacts, readersAt } from './vault-case.ts';

/** Ours: an object that only its time connects with a claim came within a day. */
const arrivalWindowMs = 86_400_000;

const noVault: VaultView = {
  state: 'none',
  copyCount: undefined,
  wholeUntilMs: undefined,
  coverSeconds: undefined,
  damaged: undefined,
  newest: undefined,
};

/** Everything that rules see of one dataset. */
export function datasetFacts(
  view: CaseView,
  pd: string,
  dataset: DatasetConfig | undefined,
  knownSinceMs: number,
): DatasetSubjectFacts {
  if (dataset === undefined) return withoutDataset(knownSinceMs);
  const name = `${pd}/${dataset.id}`;
  const claims = view.fleet.dataset(name) ?? noDatasetFacts;
  const watchers = watchersOf(view, pd, dataset);
  const isAgentless = collectorSourceKinds.includes(dataset.source.kind);
  const restoreTests = (view.fleet.inVaults(name) ?? noVaultFacts).restoreTests.map(restoreTestView);
  const found = joined(view, { name, dataset, claims, restoreTests });
  return {
    dataset: settingsOf(view.config, dataset),
    knownSinceMs,
    ...found,
    lastFailure: lastFailureOf(claims),
    running: runningOf(claims),
    lastLook: lastLookOf(claims),
    watched: isAgentless || watchers.some((agent) => isFresh(agent, view.nowMs)),
    awaited: isAwaited(watchers, view) || isAwaited(readersAt(view, 'pusat-data'), view),
    clockErrorSeconds: isAgentless ? undefined : clockErrorOf(watchers, view.nowMs),
    drcDistanceKilometres: distanceOf(view.config),
    restoreTests,
  };
}

function withoutDataset(knownSinceMs: number): DatasetSubjectFacts {
  const nothing = { lastFailure: undefined, running: undefined, lastLook: undefined, clockErrorSeconds: undefined };
  return {
    dataset: undefined,
    knownSinceMs,
    backups: [],
    unclaimed: undefined,
    goneCountsAtMs: undefined,
    ...nothing,
    watched: false,
    awaited: false,
    pusatData: noVault,
    drc: noVault,
    drcDistanceKilometres: undefined,
    restoreTests: [],
  };
}

function settingsOf(config: PantauConfig, dataset: DatasetConfig): NonNullable<DatasetSubjectFacts['dataset']> {
  const graceSeconds = resolveGrace(dataset).seconds;
  const { restoreTestEvery, maxDuration } = dataset;
  return {
    id: dataset.id,
    schedule: { cron: dataset.schedule, timezone: dataset.timezone ?? config.timezone, graceSeconds },
    scheduleAdopted: dataset.basis !== undefined,
    minSizeBytes: dataset.minSize ?? 1,
    demandedProof: dataset.proof,
    maxRunSeconds: maxDuration === undefined ? graceSeconds : durationSeconds(maxDuration),
    keepCopies: dataset.keepCopies,
    restoreTestEverySeconds: restoreTestEvery === undefined ? undefined : durationSeconds(restoreTestEvery),
    isClaimless: dataset.source.kind === 'vault',
  };
}

function watchersOf({ fleet }: CaseView, pd: string, { node, source }: DatasetConfig): AgentFacts[] {
  if (collectorSourceKinds.includes(source.kind)) return [];
  const isHere = ({ row }: AgentFacts) => (node === undefined ? row.tokenHash === undefined : row.node === node);
  return fleet.agentsOf(pd).filter(isHere);
}

function joined(
  view: CaseView,
  given: { name: string; dataset: DatasetConfig; claims: DatasetFacts; restoreTests: RestoreTestView[] },
): Pick<DatasetSubjectFacts, 'backups' | 'unclaimed' | 'goneCountsAtMs' | 'pusatData' | 'drc'> {
  const { name, dataset, claims, restoreTests } = given;
  const here = placeFacts(view, name, 'pusat-data');
  const isClaimless = dataset.source.kind === 'vault';
  const made = () => (isClaimless ? here.arrivals.flatMap(claimOfArrival) : claims.successes.flatMap(joinClaim));
  const goneCountsAtMs = goneCountsAt(here.arrivals, view.nowMs);
  const options = {
    arrivalWindowMs,
    changesAtMs: goneCountsAtMs,
    nowMs: view.nowMs,
    wholeUntilMs: here.wholeUntilMs,
    // A test read an older copy; damage that was found since speaks against the place itself.
    isRestorable: here.view.damaged === undefined && isRestorable(restoreTests, dataset, view.nowMs),
  };
  // Datasets without any claim share one empty list, which nothing can be remembered by.
  const isShared = claims === noDatasetFacts;
  const backups = isShared
    ? joinBackups(mergeRuns(made()), here.arrivals, options)
    : cachedJoin(claims, made, here.arrivals, options);
  return {
    backups,
    unclaimed: newestUnclaimed(here.arrivals, backups),
    goneCountsAtMs,
    pusatData: here.view,
    drc: placeFacts(view, name, 'drc').view,
  };
}

/** When the first object that is gone, and not missed yet, will be. */
function goneCountsAt(arrivals: readonly ArrivalRow[], nowMs: number): number | undefined {
  const moments = arrivals
    .filter(({ state, reason }) => state === 'gone' && reason !== 'replaced')
    .map(({ observedAtMs }) => observedAtMs + gonePatienceMs)
    .filter((atMs) => atMs > nowMs);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function isRestorable([last]: readonly RestoreTestView[], dataset: DatasetConfig, nowMs: number): boolean {
  const { restoreTestEvery } = dataset;
  const everySeconds =
    restoreTestEvery === undefined ? defaultRestoreTestEverySeconds : durationSeconds(restoreTestEvery);
  return last?.outcome === 'ok' && nowMs - last.completedAtMs <= everySeconds * 1000;
}

function joinClaim(claim: ClaimRow): JoinClaim[] {
  const { outcome, completedAtMs } = claim;
  if (completedAtMs === undefined || (outcome !== 'ok' && outcome !== 'warning')) return [];
  return [{ ...claim, outcome, completedAtMs }];
}

/** Where nobody claims anything, what arrived speaks for itself. */
function claimOfArrival(arrival: ArrivalRow): JoinClaim[] {
  // A commit of borg may be of pruning as well: it is no backup by itself.
  if (arrival.state === 'gone' || arrival.kind === 'borg') return [];
  const { objectName, objectId, repositoryId, sizeBytes, sha256, record } = arrival;
  const nothing = { startedAtMs: undefined, exitCode: undefined, reason: undefined };
  const completedAtMs = Math.min(arrival.modifiedAtMs, arrival.arrivedAtMs);
  const what = { objectName, objectId, repositoryId, sizeBytes, sha256, record };
  return [{ outcome: 'ok', source: 'vault', completedAtMs, ...what, ...nothing }];
}

function lastFailureOf({ failures, lastLook, successes }: DatasetFacts): DatasetSubjectFacts['lastFailure'] {
  const [newest] = failures;
  // A check that fails in the same words as long ago is not another failed run, but it fails now.
  const isFailing = lastLook?.outcome === 'failed' && lastLook.observedAtMs > (successes[0]?.completedAtMs ?? 0);
  if (newest?.source === 'nagios' && lastLook?.outcome === 'ok' && isLaterLook(lastLook, newest)) return undefined;
  const failure =
    isFailing && (newest === undefined || claimTimeMs(newest) < claimTimeMs(lastLook)) ? lastLook : newest;
  if (failure === undefined) return undefined;
  const { exitCode, reason, lastLines, record } = failure;
  return { atMs: claimTimeMs(failure), exitCode, reason, lastLine: lastLines.at(-1), record };
}

/** A plugin tells of a state and not of a run: the backup that it finds good again may be older than its complaint. */
function isLaterLook(look: ClaimRow, failure: ClaimRow): boolean {
  return look.source === failure.source && look.observedAtMs > failure.observedAtMs;
}

/**
 * The newest run that began and has not ended. As in Healthchecks, a success that names another run does not end it; a
 * success that names none does, and any failure does.
 */
function runningOf({ starts, successes, failures }: DatasetFacts): DatasetSubjectFacts['running'] {
  const open = starts.find((start) => {
    const startedAtMs = claimTimeMs(start);
    const ends = (claim: ClaimRow) =>
      claim.source === start.source &&
      (start.runId !== undefined && claim.runId === start.runId
        ? true
        : claimTimeMs(claim) >= startedAtMs && (claim.outcome === 'failed' || claim.runId === undefined));
    return ![...successes, ...failures].some(ends);
  });
  const [newest] = successes;
  if (open === undefined || (newest !== undefined && isLaterRun(newest, open))) return undefined;
  return { startedAtMs: claimTimeMs(open), record: open.record };
}

/** A whole later run makes it idle to ask what became of an earlier one. */
function isLaterRun(success: ClaimRow, start: ClaimRow): boolean {
  return success.startedAtMs !== undefined && success.startedAtMs > claimTimeMs(start);
}

function lastLookOf({ lastLook }: DatasetFacts): DatasetSubjectFacts['lastLook'] {
  if (lastLook === undefined || lastLook.outcome === 'running') return undefined;
  const { outcome, reason, observedAtMs, record } = lastLook;
  return { outcome, reason, observedAtMs, record };
}

function clockErrorOf(watchers: readonly AgentFacts[], nowMs: number): number | undefined {
  const errors = watchers.flatMap((agent) =>
    agent.present !== undefined && isFresh(agent, nowMs) ? [-agent.present.clockOffsetSeconds] : [],
  );
  return errors.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
}

function restoreTestView({ outcome, reason, drill, completedAtMs, record }: RestoreTestRow): RestoreTestView {
  return { outcome, reason, drill, completedAtMs, record };
}

function distanceOf({ pusatData, drc }: PantauConfig): number | undefined {
  if (pusatData?.location === undefined || drc?.location === undefined) return undefined;
  return distanceKilometres(pusatData.location, drc.location);
}
