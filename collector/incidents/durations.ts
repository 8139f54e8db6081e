import type { State } from '../../shared/states.ts';
import type { IncidentRow } from '../store/incident-rows.ts';
import type { VerdictChange } from '../store/verdict-history-port.ts';

/** How long an incident lasted, in three colours: of the time in which nothing was known nobody says that all was down. */
export interface IncidentDurations {
  /** It was known to be so. */
  downSeconds: number;
  /** Nothing was known. */
  unknownSeconds: number;
  /** It was good again before it came back. */
  upSeconds: number;
}

/** What a verdict says of the time in which it stands; a breach that is excused is one all the same. */
function stateOf({ verdict: { status }, removed }: VerdictChange): State {
  if (removed) return 'unknown';
  if (status === 'breached' || status === 'waived') return 'down';
  return status === 'compliant' ? 'up' : 'unknown';
}

/**
 * From since when it was so until it was over, or until now; pure.
 * @param changes of the incident's case in order: the last before it began, if there is one, and all until it ended.
 */
export function durationsOf(
  { sinceMs, resolvedAtMs }: Pick<IncidentRow, 'sinceMs' | 'resolvedAtMs'>,
  changes: readonly VerdictChange[],
  nowMs: number,
): IncidentDurations {
  const untilMs = resolvedAtMs ?? nowMs;
  const totalMs: Record<State, number> = { up: 0, down: 0, unknown: 0 };
  let state: State = 'unknown';
  let fromMs = sinceMs;
  const pass = (toMs: number) => {
    const endMs = Math.min(Math.max(toMs, fromMs), untilMs);
    totalMs[state] += Math.max(0, endMs - fromMs);
    fromMs = Math.max(fromMs, endMs);
  };
  for (const change of changes) {
    // It is so since the verdict says, which is before it was judged; what was said before counts up to there.
    pass(Math.min(change.verdict.sinceMs, change.atMs));
    state = stateOf(change);
    // A breach that began before anything was said of it: all of that time is known by now.
    if (state === 'down' && totalMs.down + totalMs.up === 0 && change.verdict.sinceMs <= sinceMs) {
      totalMs.down = totalMs.unknown;
      totalMs.unknown = 0;
    }
  }
  pass(untilMs);
  const seconds = (ms: number) => Math.round(ms / 1000);
  return {
    downSeconds: seconds(totalMs.down),
    unknownSeconds: seconds(totalMs.unknown),
    upSeconds: seconds(totalMs.up),
  };
}
