import Type from 'typebox';
import { defineAction, refused, Words } from './action.ts';

/** Takes back that it is over; what is measured to be well is so. */
export const reopen = defineAction({
  name: 'reopen',
  docs: 'Open an incident again that was ended too early; one that is measured to be over cannot be',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  apply({ incident: { closed: _closed, ...incident }, verdict, hasOther, nowMs }, { text }) {
    if (incident.state !== 'resolved') throw refused('The incident is open.');
    if (hasOther) throw refused('Another incident of the same duty and subject is open; go on with that one.');
    if (verdict?.status !== 'no-evidence' && verdict?.status !== 'breached') {
      const found = verdict === undefined ? 'is not judged any more' : `is "${verdict.status}" by what was found`;
      throw refused(`The duty ${found}, so that the incident stays over; add a note instead.`);
    }
    const count = (incident.reopened?.count ?? 0) + 1;
    return {
      incident: {
        ...incident,
        state: 'reopened',
        acknowledgedAtMs: undefined,
        acknowledgedBy: undefined,
        resolvedAtMs: undefined,
        settleByMs: undefined,
        reopened: { count, atMs: nowMs, sinceMs: nowMs },
      },
      event: 'reopened',
      detail: { text },
      told: 'reopened',
    };
  },
});
