import type { Static, TObject } from 'typebox';
import { AppError } from '../../shared/errors.ts';
import { withDecrees } from '../obligations/with-decrees.ts';
import type { IncidentRow } from '../store/incident-rows.ts';
import type { NewOutboxRow } from '../store/rows.ts';
import type { ActionOutcome, IncidentAction } from './actions/action.ts';
import { buildNotice } from './build-notice.ts';
import { factsFor } from './case-facts.ts';
import { keepIncident, type TurnDeps, type TurnState } from './judge-turn.ts';
import { isListedOnly } from './listed-only.ts';

export interface OperatorRequest {
  incident: string;
  action: IncidentAction;
  /** As its schema has it. */
  body: Static<TObject>;
  actor: string;
}

/**
 * What a person does with an incident, written with its line in the timeline, in the audit log and what people are told.
 * @throws AppError `not-found`, or why it cannot be done.
 */
export async function operate(
  { incident: id, action, body, actor }: OperatorRequest,
  state: TurnState,
  deps: TurnDeps,
): Promise<{ incident: IncidentRow; noticeCount: number }> {
  const { store, clock } = deps;
  const open = [...state.incidents.values()].find((each) => each.id === id);
  const incident = open ?? (await store.incident(id));
  if (incident === undefined) {
    throw new AppError('not-found', 'No incident has this id.', { status: 404, field: '/id' });
  }
  const nowMs = clock.nowMs();
  const name = `${incident.obligation}|${incident.subject}`;
  const hasOther = open === undefined && state.incidents.has(name);
  const outcome = action.apply({ incident, verdict: state.verdicts.get(name), hasOther, actor, nowMs }, body);
  const { event, detail } = outcome;
  const outbox = await noticesOf(outcome, state, deps);
  const words = Object.keys(detail).length === 0 ? '' : JSON.stringify(detail);
  await store.saveJudgement({
    verdicts: [],
    removedVerdicts: [],
    incidents: [outcome.incident],
    events: [{ incident: id, atMs: nowMs, event, actor, detail }],
    outbox,
    deadlines: [],
    audit: [{ atMs: nowMs, actor, action: action.name, subject: id, detail: words }],
    atMs: nowMs,
  });
  if (outcome.incident.state !== 'resolved' || open !== undefined) keepIncident(state, name, outcome.incident);
  return { incident: outcome.incident, noticeCount: outbox.length };
}

async function noticesOf({ told, incident }: ActionOutcome, state: TurnState, deps: TurnDeps): Promise<NewOutboxRow[]> {
  const { book, clock } = deps;
  const nowMs = clock.nowMs();
  const config = withDecrees(deps.config, { ...deps, nowMs });
  const name = `${incident.obligation}|${incident.subject}`;
  const [judged] = book.named(name);
  const verdict = state.verdicts.get(name);
  if (told === undefined || isListedOnly(incident) || judged === undefined || verdict === undefined) return [];
  const view = {
    state,
    deps,
    nowMs,
    verdict: (asked: string) => state.verdicts.get(asked),
    sites: new Map(),
    departments: new Map(),
  };
  const facts = await factsFor(judged, view);
  const notice = buildNotice(told, { config, judged, verdict, incident, facts }, nowMs);
  return config.notify.map(({ id }) => ({ incident: incident.id, channel: id, notice, createdAtMs: nowMs }));
}
