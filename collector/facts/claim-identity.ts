import type { ClaimRow } from '../store/rows.ts';

/** Of each dataset so many backups, failed runs and begun runs count as its present; the store keeps all. */
export const keptSuccesses = 32;
export const keptFailures = 8;
export const keptStarts = 8;

/**
 * What makes two claims speak of the same thing: the run, or the object, or what a file is known by. It holds the
 * agent's own time, so that correcting the agent's clock does not make another backup of it.
 */
export function claimIdentity(claim: ClaimRow): string {
  const { agentKey, source, outcome, runId, objectId, objectName, sizeBytes, saidCompletedAtMs, startedAtMs } = claim;
  const kind = outcome === 'warning' ? 'ok' : outcome;
  const subject =
    runId ??
    objectId ??
    (isTimeless(claim) ? claim.reason : `${saidCompletedAtMs ?? startedAtMs}/${sizeBytes}/${objectName}`);
  return `${agentKey}/${source}/${kind}/${subject}`;
}

function isTimeless({ saidCompletedAtMs, startedAtMs, objectName }: ClaimRow): boolean {
  return saidCompletedAtMs === undefined && startedAtMs === undefined && objectName === undefined;
}

/** When what a claim speaks of happened. */
export function claimTimeMs({ completedAtMs, startedAtMs, observedAtMs }: ClaimRow): number {
  return completedAtMs ?? startedAtMs ?? observedAtMs;
}

/** Oldest look first; what was seen in the same moment has some order, so that arrival decides nothing. */
export function byLook(a: ClaimRow, b: ClaimRow): number {
  return a.observedAtMs - b.observedAtMs || byText(nameOf(a), nameOf(b));
}

function nameOf(claim: ClaimRow): string {
  const { record, source, outcome, objectName, completedAtMs, runId } = claim;
  const seq = String(record.seq).padStart(16, '0');
  return [record.agent, record.session, seq, source, outcome, objectName, completedAtMs, runId].join(' ');
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
