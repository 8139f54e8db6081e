import { durationSeconds } from '../../shared/duration.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { IncidentRow } from '../store/incident-rows.ts';

/** A critical incident, or one that lasts longer than the Pemda has set. The law names no measure; this one is ours. */
export function isSerious(
  { severity, sinceMs, resolvedAtMs }: Pick<IncidentRow, 'severity' | 'sinceMs' | 'resolvedAtMs'>,
  { incidents }: Pick<PantauConfig, 'incidents'>,
  nowMs: number,
): boolean {
  const lastedMs = (resolvedAtMs ?? nowMs) - sinceMs;
  return severity === 'critical' || lastedMs >= durationSeconds(incidents.seriousAfter) * 1000;
}

/**
 * Whether it must be told in writing (Sigi, Pasal 18 ayat (4)): it is serious, and somebody said that another party did
 * it. Nobody but people can say so; a measurement cannot.
 */
export function callsForWrittenNotice(
  incident: Pick<IncidentRow, 'severity' | 'sinceMs' | 'resolvedAtMs' | 'statedCause'>,
  config: Pick<PantauConfig, 'incidents'>,
  nowMs: number,
): boolean {
  return incident.statedCause?.byOtherParty === true && isSerious(incident, config, nowMs);
}
