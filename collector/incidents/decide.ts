import { messageOf } from '../../shared/errors.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Notice } from '../notify/notice.ts';
import type { Case } from '../obligations/subjects.ts';
import type { NewIncidentEvent } from '../store/incident-rows.ts';
import type { AuditRow, IncidentRow, NewOutboxRow } from '../store/rows.ts';
import { ownerOf } from '../obligations/owner.ts';
import { buildNotice } from './build-notice.ts';
import { caseName } from './case-book.ts';
import type { Draft } from './draft-verdict.ts';
import { type Hold, heldBackBy, type HoldView, type Waiting } from './held-back.ts';
import { newIncidentId } from './incident-id.ts';
import { isListedOnly } from './listed-only.ts';
import type { TurnDeps, TurnState } from './judge-turn.ts';
import { settlePatienceMs } from './settling/find-cause.ts';
import { restated, restatement } from './settling/settling.ts';
import { timelineOf } from './timeline.ts';
import { type Transition, transition } from './transition.ts';

/** What a verdict means for the incident of its case. */
export interface Decision {
  incident: IncidentRow | undefined;
  events: NewIncidentEvent[];
  outbox: NewOutboxRow[];
  audit: AuditRow[];
  /** Why a breach is not told; undefined when it is, or when there is none. */
  hold: Hold | undefined;
  waiting: Waiting | undefined;
}

export interface DecideView {
  state: TurnState;
  deps: TurnDeps;
  /** With what the register of decrees says of owners. */
  config: PantauConfig;
  nowMs: number;
  holds: HoldView;
  /** Every duty that the fault breaches, the case's own first. */
  together(judged: Case): string[];
}

/** One broken sentence must not keep every other fault from being told. */
export function decideOrPark(draft: Draft, view: DecideView): Decision | undefined {
  try {
    return decide(draft, view);
  } catch (error) {
    const duty = caseName(draft.judged);
    view.deps.logger.error('a duty could not be judged; its last verdict stands', { duty, cause: messageOf(error) });
    return undefined;
  }
}

function decide(draft: Draft, view: DecideView): Decision {
  const { judged, verdict } = draft;
  const { config, deps, nowMs, state } = view;
  const name = caseName(judged);
  const open = state.incidents.get(name);
  const held = open === undefined && verdict.status === 'breached' ? holdOf(draft, view) : undefined;
  const fresh = () => ({
    id: newIncidentId(nowMs, config.timezone, deps.random),
    kind: judged.rule.incidentKind,
    owner: ownerOf(judged, config, verdict.owner).name,
    severity: verdict.severity ?? judged.rule.severity,
  });
  const isHeldBack = held?.hold !== undefined || callsNobody(draft);
  const { faults } = judged.rule;
  const [move] = transition(open, verdict, { fresh, faults, isHeldBack, ended: draft.ended, nowMs });
  const incident = settling(withExtent(move, open, draft, view), draft, nowMs);
  const told = { event: move?.event, verdict, nowMs };
  const events = incident === undefined ? [] : timelineOf(open ?? draft.ended, incident, told);
  if (incident === undefined || move?.event === undefined) {
    return { incident, events, outbox: [], audit: [], hold: held?.hold, waiting: held?.waiting };
  }
  const outbox = outboxOf(firstTold(move.event, open), { draft, incident, config, nowMs });
  const { settledCause } = incident;
  const audit = settledCause === undefined ? [] : [restatement(incident, settledCause, nowMs)];
  return { incident, events, outbox, audit, hold: undefined, waiting: undefined };
}

/** Who hears of something for the first time, because it was only listed until now, hears that it begins. */
function firstTold(event: Notice['event'], open: IncidentRow | undefined): Notice['event'] {
  return open !== undefined && isListedOnly(open) && event !== 'resolved' ? 'opened' : event;
}

function outboxOf(
  event: Notice['event'],
  { draft, incident, config, nowMs }: { draft: Draft; incident: IncidentRow; config: PantauConfig; nowMs: number },
): NewOutboxRow[] {
  if (isListedOnly(incident)) return [];
  const { judged, verdict, facts } = draft;
  const notice = buildNotice(event, { config, judged, verdict, incident, facts }, nowMs);
  return config.notify.map(({ id }) => ({ incident: incident.id, channel: id, notice, createdAtMs: nowMs }));
}

/** What the law only allows (dapat) and no measurement makes urgent is a line in the reports, never an incident. */
function callsNobody({ judged, verdict }: Draft): boolean {
  return judged.rule.incidentKind === 'register' && verdict.status === 'breached' && verdict.grade === 'note';
}

function holdOf({ judged, verdict, isAwaited }: Draft, { state, holds }: DecideView) {
  return heldBackBy({ judged, verdict, isAwaited, waiting: state.waiting.get(caseName(judged)) }, holds);
}

/** An incident that ends with its true cause, when that is known already, or waits for it. */
function settling(incident: IncidentRow | undefined, { finding }: Draft, nowMs: number): IncidentRow | undefined {
  if (incident?.state !== 'resolved' || finding === undefined) return incident;
  if (!finding.isComplete) return { ...incident, settleByMs: nowMs + settlePatienceMs };
  return finding.cause === undefined ? incident : restated(incident, finding.cause, nowMs);
}

/** The incident with the sites and duties that it stands for by now; undefined when nothing of it changes. */
function withExtent(
  move: Transition | undefined,
  open: IncidentRow | undefined,
  { judged, verdict }: Draft,
  view: DecideView,
): IncidentRow | undefined {
  const base = move?.incident ?? open;
  if (base === undefined || verdict.status !== 'breached') return move?.incident;
  const sites = judged.rule.subject === 'site' ? [judged.subject] : (verdict.sites ?? []);
  // Another fault has its own sites; the same one keeps those that are back already.
  const before = move?.event === 'changed' ? [] : base.sites;
  const next: IncidentRow = {
    ...base,
    sites: [...new Set([...before, ...sites])].toSorted(),
    obligations: [...new Set([...base.obligations, ...view.together(judged)])],
  };
  const isSame = next.sites.join() === base.sites.join() && next.obligations.join() === base.obligations.join();
  return move === undefined && isSame ? undefined : next;
}
