import type { IncidentRow } from '../../collector/store/incident-rows.ts';

/** An incident as judging opens it. */
export function anIncident(id: string, patch: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id,
    pd: 'dinkes',
    obligation: 'lebong-19-1-pencadangan-berkala',
    subject: 'dinkes/simpus',
    kind: 'backup',
    cause: 'backup-overdue',
    owner: 'Dinas Kesehatan',
    severity: 'critical',
    state: 'open',
    sinceMs: 1,
    openedAtMs: 2,
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
    resolvedAtMs: undefined,
    sites: [],
    obligations: ['lebong-19-1-pencadangan-berkala'],
    settledCause: undefined,
    settleByMs: undefined,
    revision: 0,
    restatedAtMs: undefined,
    ...patch,
  };
}
