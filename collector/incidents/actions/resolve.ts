import Type from 'typebox';
import { defineAction, refused, requireOpen, Words } from './action.ts';

/** Only where no measurement can: while nothing is known. What is measured to go on is over when it is measured to be. */
export const resolve = defineAction({
  name: 'resolve',
  docs: 'End an incident of which nothing is known any more; one that is measured to go on cannot be ended',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  apply({ incident, verdict, actor, nowMs }, { text }) {
    requireOpen(incident);
    if (verdict?.status === 'breached') {
      throw refused(
        `What was found (${verdict.reasonCode}) still stands, so that nobody can end the incident: it ends by itself ` +
          'when the evidence says that all is well. Note what was done, or ask for a waiver.',
      );
    }
    const ended = { state: 'resolved' as const, resolvedAtMs: nowMs, closed: { by: actor, text } };
    return { incident: { ...incident, ...ended }, event: 'resolved', detail: { text }, told: 'resolved' };
  },
});
