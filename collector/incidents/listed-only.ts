import type { IncidentRow } from '../store/incident-rows.ts';

/**
 * A gap in a register that is no more than news is listed, and no channel is told of it nor of its end: no telephone rings
 * for what only an office can file. Ours.
 */
export function isListedOnly({ kind, severity }: Pick<IncidentRow, 'kind' | 'severity'>): boolean {
  return kind === 'register' && severity === 'info';
}
