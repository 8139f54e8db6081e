import type { IncidentRow } from '../store/incident-rows.ts';

/** Since when the fault that an incident tells of now is so; of one that came back, since it did. */
export function currentSinceMs({ sinceMs, reopened }: Pick<IncidentRow, 'sinceMs' | 'reopened'>): number {
  return reopened?.sinceMs ?? sinceMs;
}
