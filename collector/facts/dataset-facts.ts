import type { ClaimRow } from '../store/rows.ts';

/** What is known of one dataset from the claims of its department. */
export interface DatasetFacts {
  /** Newest completion first; each backup once. */
  successes: ClaimRow[];
  lastLook: ClaimRow | undefined;
}

const keptSuccesses = 16;

/**
 * Adds a claim. The order of arrival does not matter: successes are ordered by when they were completed, the last look
 * by when it happened, so that a late report repairs history and never overwrites something newer.
 * @returns the new facts, and whether the claim said anything new (an agent restates its claims hourly).
 */
export function addClaim(before: DatasetFacts | undefined, claim: ClaimRow): { facts: DatasetFacts; isNew: boolean } {
  const facts = before ?? { successes: [], lastLook: undefined };
  const isNewFinding = facts.lastLook === undefined || !sameFinding(facts.lastLook, claim);
  const lastLook = facts.lastLook === undefined || byLook(facts.lastLook, claim) < 0 ? claim : facts.lastLook;
  if (claim.outcome !== 'ok' || claim.completedAtMs === undefined) {
    return { facts: { ...facts, lastLook }, isNew: isNewFinding };
  }
  const twin = facts.successes.find((known) => byCompletion(known, claim) === 0);
  if (twin !== undefined) {
    const better = betterWitness(twin, claim);
    const successes =
      better === twin ? facts.successes : facts.successes.map((known) => (known === twin ? claim : known));
    const learnt = twin.sha256 === undefined && claim.sha256 !== undefined;
    return { facts: { successes, lastLook }, isNew: learnt || isNewFinding };
  }
  const successes = [...facts.successes, claim].toSorted(byCompletion).slice(0, keptSuccesses);
  return { facts: { successes, lastLook }, isNew: true };
}

/** Newest first; 0 only for two claims of the same backup. */
function byCompletion(a: ClaimRow, b: ClaimRow): number {
  return (
    (b.completedAtMs ?? 0) - (a.completedAtMs ?? 0) ||
    byText(a.objectName ?? '', b.objectName ?? '') ||
    (a.sizeBytes ?? -1) - (b.sizeBytes ?? -1) ||
    a.agentKey - b.agentKey
  );
}

/** Of two claims of one backup the one that tells its hash, else the first that was made. */
function betterWitness(a: ClaimRow, b: ClaimRow): ClaimRow {
  if ((a.sha256 === undefined) !== (b.sha256 === undefined)) return a.sha256 === undefined ? b : a;
  return byLook(a, b) <= 0 ? a : b;
}

/** Oldest look first; what was seen in the same moment has some order, so that arrival decides nothing. */
function byLook(a: ClaimRow, b: ClaimRow): number {
  return a.observedAtMs - b.observedAtMs || byText(nameOf(a), nameOf(b));
}

function nameOf({ record, source, outcome, objectName, completedAtMs }: ClaimRow): string {
  const seq = String(record.seq).padStart(16, '0');
  return [record.agent, record.session, seq, source, outcome, objectName, completedAtMs].join(' ');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameFinding(a: ClaimRow, b: ClaimRow): boolean {
  return a.outcome === b.outcome && a.reason === b.reason && a.agentKey === b.agentKey;
}
