import type { ClaimRow } from '../store/rows.ts';
import {
  byLook,
  byText,
  claimIdentity,
  claimTimeMs,
  keptFailures,
  keptStarts,
  keptSuccesses,
} from './claim-identity.ts';

/** What is known of one dataset from the claims of its department. */
export interface DatasetFacts {
  /** Backups that were made, in whole or in part; newest completion first, each once. */
  successes: ClaimRow[];
  /** Runs that failed, newest first. */
  failures: ClaimRow[];
  /** Runs that began, whether they ended or not, newest first. */
  starts: ClaimRow[];
  /** The newest look, whatever it found; a run that only began is none. */
  lastLook: ClaimRow | undefined;
}

export const noDatasetFacts: DatasetFacts = { successes: [], failures: [], starts: [], lastLook: undefined };

/** What a claim changed. An agent restates its claims hourly, so most change nothing. */
export interface AddedClaim {
  facts: DatasetFacts;
  /** It told of a run or a backup, or of a hash, that was not known. */
  isNew: boolean;
  /** The look found something else than the last one. */
  isNewFinding: boolean;
}

/**
 * Adds a claim. The order of arrival does not matter: successes are ordered by when they were completed, the last look
 * by when it happened, so that a late report repairs history and never overwrites something newer.
 */
export function addClaim(before: DatasetFacts = noDatasetFacts, claim: ClaimRow): AddedClaim {
  if (claim.outcome === 'running') {
    const { list, isNew } = addTo(before.starts, claim, keptStarts);
    return { facts: { ...before, starts: list }, isNew, isNewFinding: false };
  }
  const isNewFinding = before.lastLook === undefined || !sameFinding(before.lastLook, claim);
  const lastLook = before.lastLook === undefined || byLook(before.lastLook, claim) < 0 ? claim : before.lastLook;
  if (claim.outcome === 'failed') {
    const { list, isNew } = addTo(before.failures, claim, keptFailures);
    return { facts: { ...before, failures: list, lastLook }, isNew, isNewFinding };
  }
  if ((claim.outcome !== 'ok' && claim.outcome !== 'warning') || claim.completedAtMs === undefined) {
    return { facts: { ...before, lastLook }, isNew: false, isNewFinding };
  }
  const { list, isNew } = addTo(before.successes, claim, keptSuccesses);
  return { facts: { ...before, successes: list, lastLook }, isNew, isNewFinding };
}

function addTo(before: ClaimRow[], claim: ClaimRow, keptCount: number): { list: ClaimRow[]; isNew: boolean } {
  const identity = claimIdentity(claim);
  const twin = before.find((known) => claimIdentity(known) === identity);
  if (twin === undefined) {
    return { list: [...before, claim].toSorted(newestFirst).slice(0, keptCount), isNew: true };
  }
  const merged = mergeTwins(twin, claim);
  const learnt =
    learnable.some((field) => twin[field] === undefined && claim[field] !== undefined) ||
    // A late report may have seen it earlier than any other.
    claimTimeMs(merged) !== claimTimeMs(twin);
  return { list: before.map((known) => (known === twin ? merged : known)).toSorted(newestFirst), isNew: learnt };
}

/** What takes a source time to work out, and comes with a later claim of the same thing. */
const learnable = ['sha256', 'sizeBytes', 'fileCount'] as const;

function newestFirst(a: ClaimRow, b: ClaimRow): number {
  return claimTimeMs(b) - claimTimeMs(a) || byText(claimIdentity(a), claimIdentity(b));
}

/** The first witness of a backup tells when it was; the first that knows its hash is the record of that. */
function mergeTwins(a: ClaimRow, b: ClaimRow): ClaimRow {
  const [first, second] = byLook(a, b) <= 0 ? [a, b] : [b, a];
  const base = first.sha256 !== undefined || second.sha256 === undefined ? first : second;
  return {
    ...base,
    completedAtMs: first.completedAtMs,
    startedAtMs: first.startedAtMs,
    sizeBytes: first.sizeBytes ?? second.sizeBytes,
    fileCount: first.fileCount ?? second.fileCount,
  };
}

function sameFinding(a: ClaimRow, b: ClaimRow): boolean {
  return a.outcome === b.outcome && a.reason === b.reason && a.agentKey === b.agentKey && a.source === b.source;
}
