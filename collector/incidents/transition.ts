import type { IncidentRow, VerdictRow } from '../store/rows.ts';

/** What a verdict does to the incident of its subject; pure. */
export interface Transition {
  incident: IncidentRow;
  /** Whether people must be told. */
  event: 'opened' | 'resolved' | undefined;
}

export interface NewIncident {
  id: string;
  kind: string;
  owner: string;
  severity: IncidentRow['severity'];
}

/**
 * - A breach opens an incident where none is open, and renews the cause of an open one without telling anybody again.
 * - Compliance, a waiver or the end of the duty resolves it.
 * - Missing evidence does neither: unknown is not healthy (promise 3).
 * @param fresh what a new incident needs; asked only when one opens.
 */
export function transition(
  open: IncidentRow | undefined,
  verdict: VerdictRow,
  fresh: () => NewIncident,
  nowMs: number,
): Transition | undefined {
  if (verdict.status === 'no-evidence') return undefined;
  if (verdict.status !== 'breached') {
    return open === undefined
      ? undefined
      : { incident: { ...open, state: 'resolved', resolvedAtMs: nowMs }, event: 'resolved' };
  }
  if (open !== undefined) {
    return open.cause === verdict.reasonCode
      ? undefined
      : { incident: { ...open, cause: verdict.reasonCode }, event: undefined };
  }
  const incident: IncidentRow = {
    ...fresh(),
    pd: verdict.pd,
    obligation: verdict.obligation,
    subject: verdict.subject,
    cause: verdict.reasonCode,
    state: 'open',
    sinceMs: verdict.sinceMs,
    openedAtMs: nowMs,
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
    resolvedAtMs: undefined,
  };
  return { incident, event: 'opened' };
}
