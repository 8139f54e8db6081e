import { isSameFault } from '../obligations/faults.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';

/** What a verdict does to the incident of its subject; pure. */
export interface Transition {
  incident: IncidentRow;
  /** Whether people must be told. */
  event: 'opened' | 'reopened' | 'escalated' | 'changed' | 'resolved' | undefined;
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
  /** The incident of the same case that ended only just now, where there is one. */
  ended?: IncidentRow | undefined;
  nowMs: number;
}

/**
 * - A breach opens an incident where none is open and nothing holds it back; one that ended only just now for the same
 *   fault is opened again instead, and people are told that it is back.
 * - A breach renews the cause of an open incident without telling anybody again, unless it has become more urgent. It
 *   never becomes less urgent, because nobody would be told.
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
  if (open === undefined) return options.isHeldBack === true ? [] : [begun(verdict, options)];
  if (isSameFault(open.cause, verdict.reasonCode, options.faults ?? [])) return renewed(open, verdict);
  return [changed(open, verdict, options)];
}

function resolved(open: IncidentRow, { nowMs }: TransitionOptions): Transition {
  return { incident: { ...open, state: 'resolved', resolvedAtMs: nowMs }, event: 'resolved' };
}

function begun(verdict: VerdictRow, options: TransitionOptions): Transition {
  const { ended, faults = [] } = options;
  const isBack = ended !== undefined && isSameFault(ended.cause, verdict.reasonCode, faults);
  return isBack ? reopened(ended, verdict, options.nowMs) : opened(verdict, options);
}

/**
 * What was known of the cause was of the time before; who acknowledged it has not seen that it is back. It is as urgent
 * as it is now: everybody is told anyway.
 */
function reopened(ended: IncidentRow, verdict: VerdictRow, nowMs: number): Transition {
  const { closed: _closed, ...before } = ended;
  const { reasonCode, sinceMs, severity = ended.severity } = verdict;
  const incident: IncidentRow = {
    ...before,
    cause: reasonCode,
    severity,
    state: 'reopened',
    acknowledgedAtMs: undefined,
    acknowledgedBy: undefined,
    resolvedAtMs: undefined,
    settledCause: undefined,
    settleByMs: undefined,
    reopened: { count: (ended.reopened?.count ?? 0) + 1, atMs: nowMs, sinceMs },
  };
  return { incident, event: 'reopened' };
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
