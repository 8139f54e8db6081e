import { defineAction, nothing, requireOpen } from './action.ts';

export const handle = defineAction({
  name: 'handle',
  docs: 'Take an open incident in hand, or take it over from somebody else',
  body: nothing,
  apply({ incident, actor, nowMs }) {
    requireOpen(incident);
    const { acknowledgedAtMs = nowMs, acknowledgedBy = actor } = incident;
    const handling = { atMs: nowMs, by: actor };
    return {
      incident: { ...incident, state: 'handling', acknowledgedAtMs, acknowledgedBy, handling },
      event: 'handling',
      detail: {},
    };
  },
});
