import { durationSeconds } from '../../shared/duration.ts';
import type { PantauConfig } from '../config/schema.ts';
import { noticeDutiesOf } from './notice-duties.ts';
import type { IncidentRow } from '../store/incident-rows.ts';
import type { VerdictHistoryPort } from '../store/verdict-history-port.ts';
import type { IncidentDurations } from './durations.ts';
import { readDurations } from './read-durations.ts';

type Lasted = Pick<IncidentDurations, 'downSeconds' | 'unknownSeconds'>;

/**
 * A critical incident, or one that lasts longer than the Pemda has set; the time in which it was well before it came back
 * does not count. The law names no measure; this one is ours.
 */
export function isSerious(
  { severity }: Pick<IncidentRow, 'severity'>,
  { downSeconds, unknownSeconds }: Lasted,
  { incidents }: Pick<PantauConfig, 'incidents'>,
): boolean {
  return severity === 'critical' || downSeconds + unknownSeconds >= durationSeconds(incidents.seriousAfter);
}

/** The same by the verdicts that were given meanwhile; they are read only where they can make a difference. */
export async function readIsSerious(
  incident: IncidentRow,
  { config, history }: { config: Pick<PantauConfig, 'incidents'>; history: VerdictHistoryPort },
  nowMs: number,
): Promise<boolean> {
  const { severity, sinceMs, resolvedAtMs = nowMs, reopened } = incident;
  const atMost = { downSeconds: Math.round((resolvedAtMs - sinceMs) / 1000), unknownSeconds: 0 };
  const isAtMost = isSerious(incident, atMost, config);
  if (!isAtMost || severity === 'critical' || reopened === undefined) return isAtMost;
  return isSerious(incident, await readDurations(incident, history, nowMs), config);
}

/**
 * Whether it must be told in writing (Sigi, Pasal 18 ayat (4)): a regulation that is configured asks for it, it is serious,
 * and somebody said that another party did it. Nobody but people can say so; a measurement cannot.
 */
export function callsForWrittenNotice(
  incident: Pick<IncidentRow, 'severity' | 'statedCause'>,
  lasted: Lasted,
  config: Pick<PantauConfig, 'incidents' | 'regulations'>,
): boolean {
  const isByOthers = incident.statedCause?.byOtherParty === true;
  return isByOthers && noticeDutiesOf(config).length > 0 && isSerious(incident, lasted, config);
}
