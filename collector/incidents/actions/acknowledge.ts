import { defineAction, nothing, refused, requireOpen } from './action.ts';

export const acknowledge = defineAction({
  name: 'acknowledge',
  docs: 'Say that somebody has seen an open incident',
  body: nothing,
  apply({ incident, actor, nowMs }) {
    requireOpen(incident);
    if (incident.state === 'handling')
      throw refused(`The incident is in the hands of ${incident.handling?.by} already.`);
    const seen = { acknowledgedAtMs: nowMs, acknowledgedBy: actor };
    return { incident: { ...incident, state: 'acknowledged', ...seen }, event: 'acknowledged', detail: {} };
  },
});
