import Type, { type Static, type TObject } from 'typebox';
import { AppError } from '../../../shared/errors.ts';
import type { IncidentEvent, IncidentRow, NewIncidentEvent } from '../../store/incident-rows.ts';
import type { VerdictRow } from '../../store/rows.ts';

/** What an action is shown. */
export interface ActionView {
  incident: IncidentRow;
  /** What is said of its case now; undefined when nothing is any more. */
  verdict: VerdictRow | undefined;
  /** Another incident of the same case is open. */
  hasOther: boolean;
  actor: string;
  nowMs: number;
}

export interface ActionOutcome {
  incident: IncidentRow;
  event: IncidentEvent;
  detail: NewIncidentEvent['detail'];
  /** What the channels are told of it, when they are. */
  told?: 'resolved' | 'reopened';
}

/** Something that a person may do with an incident: `POST /api/v1/incidents/<id>/<name>`. */
export interface IncidentAction<Body extends TObject = TObject> {
  name: string;
  docs: string;
  body: Body;
  /** Pure. @throws AppError `incident-state` that says why it cannot be done now. */
  apply(view: ActionView, body: Static<Body>): ActionOutcome;
}

/** For the type of the body that an action takes. */
export function defineAction<Body extends TObject>(action: IncidentAction<Body>): IncidentAction {
  return action;
}

export const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });
export const nothing = Type.Object({}, { additionalProperties: false });

export function refused(message: string): AppError {
  return new AppError('incident-state', message, { status: 409 });
}

export function requireOpen({ state }: IncidentRow): void {
  if (state === 'resolved') throw refused('The incident is over; open it again first, or add a note.');
}
