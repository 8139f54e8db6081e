import { isSameFault } from '../obligations/faults.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';

/** What a verdict does to the incident of its subject; pure. */
export interface Transition {
  incident: IncidentRow;
  /** Whether people must be told. */
  event: 'opened' | 'escalated' | 'changed' | 'resolved' | undefined;
}

export interface NewIncident {
  id: string;
  kind: string;
  owner: string;
  severity: IncidentRow['severity'];
}

export interface TransitionOptions {
  /** What a new incident needs; asked when one opens, and for the owner of a fault that takes one over. */
  fresh: () => NewIncident;
  /** Reasons that are one fault (`Rule.faults`). */
  faults?: readonly (readonly string[])[] | undefined;
  /** True while nobody is to be told of a new breach. */
  isHeldBack?: boolean;
  nowMs: number;
}

/**
 * - A breach opens an incident where none is open and nothing holds it back, and renews the cause of an open one without telling anybody again,
 *   unless it has become more urgent. It never becomes less urgent, because nobody would be told.
 * - A breach for another fault takes the incident over and is told: nothing is right again, so nothing is closed. Who
 *   acknowledged the former fault has not seen this one.
 * - Compliance, a waiver or the end of the duty resolves it.
 * - Missing evidence does neither: unknown is not healthy (promise 3). Only when what was found cannot be so any more,
 *   a department that had no dataset has one, say, the incident is over.
 * @returns what changes, in the order in which it happens.
 */
export function transition(
  open: IncidentRow | undefined,
  verdict: VerdictRow,
  options: TransitionOptions,
): readonly Transition[] {
  if (verdict.status === 'no-evidence' && verdict.endsBreach !== true) return [];
  if (verdict.status !== 'breached') return open === undefined ? [] : [resolved(open, options)];
  if (open === undefined) return options.isHeldBack === true ? [] : [opened(verdict, options)];
  if (isSameFault(open.cause, verdict.reasonCode, options.faults ?? [])) return renewed(open, verdict);
  return [changed(open, verdict, options)];
}

function resolved(open: IncidentRow, { nowMs }: TransitionOptions): Transition {
  return { incident: { ...open, state: 'resolved', resolvedAtMs: nowMs }, event: 'resolved' };
}

function opened(verdict: VerdictRow, { fresh, nowMs }: TransitionOptions): Transition {
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
    sites: [],
    obligations: [verdict.obligation],
    settledCause: undefined,
    settleByMs: undefined,
    revision: 0,
    restatedAtMs: undefined,
  };
  return { incident, event: 'opened' };
}

const urgency: readonly IncidentRow['severity'][] = ['info', 'warning', 'critical'];

/** Another fault may be somebody else's to mend. */
function changed(
  open: IncidentRow,
  { reasonCode, sinceMs, severity = open.severity }: VerdictRow,
  { fresh }: TransitionOptions,
): Transition {
  const incident: IncidentRow = {
    ...open,
    owner: fresh().owner,
    cause: reasonCode,
    severity: isMoreUrgent(severity, open.severity) ? severity : open.severity,
    sinceMs,
    state: 'open',
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
  };
  return { incident, event: 'changed' };
}

function isMoreUrgent(severity: IncidentRow['severity'], than: IncidentRow['severity']): boolean {
  return urgency.indexOf(severity) > urgency.indexOf(than);
}

function renewed(open: IncidentRow, { reasonCode, severity }: VerdictRow): Transition[] {
  if (severity !== undefined && isMoreUrgent(severity, open.severity)) {
    return [{ incident: { ...open, cause: reasonCode, severity }, event: 'escalated' }];
  }
  return open.cause === reasonCode ? [] : [{ incident: { ...open, cause: reasonCode }, event: undefined }];
}
