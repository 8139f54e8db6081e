import type { IncidentRow } from '../store/incident-rows.ts';
import type { VerdictHistoryPort } from '../store/verdict-history-port.ts';
import { durationsOf, type IncidentDurations } from './durations.ts';

/** How long an incident lasted, by the verdicts that were given meanwhile. */
export async function readDurations(
  incident: IncidentRow,
  history: VerdictHistoryPort,
  nowMs: number,
): Promise<IncidentDurations> {
  const { obligation, subject, sinceMs, resolvedAtMs = nowMs } = incident;
  const before = await history.at(sinceMs, { obligation, subject });
  const during = await history.changes({ obligation, subject, fromMs: sinceMs + 1, untilMs: resolvedAtMs + 1 });
  return durationsOf(incident, [...before, ...during], nowMs);
}
