import { type IncidentEvent, type IncidentRow, type NewIncidentEvent, pantauActor } from '../store/incident-rows.ts';
import type { VerdictRow } from '../store/rows.ts';
import { currentSinceMs } from './current-since.ts';
import type { Transition } from './transition.ts';

type Detail = NewIncidentEvent['detail'];

/**
 * The lines that judging adds to the timeline of an incident; pure. A cause that only turned out otherwise, and sites
 * that were added, are changes too, of which nobody is told.
 */
export function timelineOf(
  before: IncidentRow | undefined,
  after: IncidentRow,
  told: { event: Transition['event']; verdict: VerdictRow; nowMs: number },
): NewIncidentEvent[] {
  const line = (event: IncidentEvent, detail: Detail): NewIncidentEvent => ({
    incident: after.id,
    atMs: told.nowMs,
    event,
    actor: pantauActor,
    detail,
  });
  const lines = [mainLine(before, after, told, line)].flat();
  if (after.settledCause !== undefined && before?.settledCause !== after.settledCause) {
    lines.push(line('restated', { cause: after.settledCause, causeBefore: after.cause }));
  }
  return lines;
}

function mainLine(
  before: IncidentRow | undefined,
  after: IncidentRow,
  { event, verdict }: { event: Transition['event']; verdict: VerdictRow },
  line: (event: IncidentEvent, detail: Detail) => NewIncidentEvent,
): NewIncidentEvent | [] {
  const { cause, severity, owner, sites } = after;
  switch (event) {
    case 'opened':
    case 'reopened':
      return line(event, { cause, severity, owner, sites, sinceMs: currentSinceMs(after) });
    case 'escalated':
      return line(event, { cause, severity, severityBefore: before?.severity ?? severity });
    case 'resolved':
      return line(event, { status: verdict.status, reasonCode: verdict.reasonCode, ...waiverNumberOf(verdict) });
    default: {
      if (before === undefined || (before.cause === cause && before.sites.join() === sites.join())) return [];
      return line('changed', { cause, causeBefore: before.cause, severity, owner, sites });
    }
  }
}

/** What excuses a breach is named with its number as long as the incident is told of. */
function waiverNumberOf({ status, reasonArgs: { waiverNumber } }: VerdictRow): { waiverNumber?: string } {
  return status === 'waived' && typeof waiverNumber === 'string' ? { waiverNumber } : {};
}
