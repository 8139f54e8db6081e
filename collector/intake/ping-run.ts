import { claimTimeMs } from '../facts/claim-identity.ts';
import type { DatasetFacts } from '../facts/dataset-facts.ts';
import type { ClaimRow, PingRow } from '../store/rows.ts';

/** The source of what is heard at a ping address. */
export const heartbeatSource = 'heartbeat';

/** An end so long after a beginning belongs to another run, as in Healthchecks. */
const longestRunMs = 72 * 3_600_000;
/** For so long a client sends again what it got no answer to. */
const retryMs = 30_000;

type Event = Pick<PingRow, 'kind' | 'atMs' | 'rid'>;

/**
 * The run that a ping belongs to, by the id that the caller gave it. Some scripts give the same id each night; then
 * each night is a run of its own nevertheless, and gets its time beside the id.
 */
export function runIdOf({ kind, atMs, rid }: Event, facts: DatasetFacts | undefined): string | undefined {
  if (rid === undefined) return undefined;
  const own = pingsOf(facts).filter(({ runId }) => runId === rid || runId?.startsWith(`${rid}:`) === true);
  const distance = (claim: ClaimRow) => Math.abs(atMs - claimTimeMs(claim));
  const [nearest] = own.toSorted((a, b) => distance(a) - distance(b));
  if (nearest === undefined || isSameRun(nearest, kind, atMs)) return nearest?.runId ?? rid;
  return `${rid}:${atMs.toString(36)}`;
}

function isSameRun(known: ClaimRow, kind: PingRow['kind'], atMs: number): boolean {
  const afterMs = atMs - claimTimeMs(known);
  const isStart = kind === 'start';
  if ((known.outcome === 'running') === isStart) return Math.abs(afterMs) <= retryMs;
  const runMs = isStart ? -afterMs : afterMs;
  return runMs >= 0 && runMs <= longestRunMs;
}

/** When the run began whose end this is: by its id, else the last run that began and has not ended. */
export function startOfRun(
  { atMs, runId }: { atMs: number; runId: string | undefined },
  facts: DatasetFacts | undefined,
): number | undefined {
  const began = (facts?.starts ?? [])
    .filter(({ source }) => source === heartbeatSource)
    .map((start) => ({ start, startedAtMs: claimTimeMs(start) }))
    .filter(({ startedAtMs }) => startedAtMs <= atMs && atMs - startedAtMs <= longestRunMs)
    .toSorted((a, b) => b.startedAtMs - a.startedAtMs);
  if (runId !== undefined) return began.find(({ start }) => start.runId === runId)?.startedAtMs;
  const [newest] = began;
  const hasEnded = pingsOf(facts).some((claim) => newest !== undefined && isBetween(claim, newest, atMs));
  return hasEnded ? undefined : newest?.startedAtMs;
}

/** A success of another id ends nothing; a failure, or an end without an id, ends whatever goes on. */
function isBetween(claim: ClaimRow, { start, startedAtMs }: { start: ClaimRow; startedAtMs: number }, atMs: number) {
  if (claim.outcome === 'running') return false;
  const endedAtMs = claimTimeMs(claim);
  const isItsEnd = claim.outcome === 'failed' || claim.runId === undefined || claim.runId === start.runId;
  return isItsEnd && endedAtMs >= startedAtMs && endedAtMs < atMs;
}

function pingsOf(facts: DatasetFacts | undefined): ClaimRow[] {
  if (facts === undefined) return [];
  return [...facts.starts, ...facts.successes, ...facts.failures].filter(({ source }) => source === heartbeatSource);
}
