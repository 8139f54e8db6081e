import { verdictStatuses } from '../../shared/states.ts';
import type { FleetFamily } from './family.ts';
import type { Labels } from './fleet-view.ts';

const obligationStatus: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_obligation_status',
  type: 'gauge',
  help: 'The verdict on a duty: 1 for the status that holds, 0 for the others.',
  *samples({ judging }) {
    for (const verdict of judging.verdicts()) {
      const judged = judging.caseOf(verdict);
      if (judged === undefined) continue;
      for (const status of verdictStatuses) {
        const labels: Labels = [
          ['pd', verdict.pd],
          ['obligation', verdict.obligation],
          ['subject', judged.part ?? ''],
          ['regulation', judged.regulation.id],
          ['pasal', judged.obligation.citation.pasal],
          ['status', status],
        ];
        yield { labels, value: verdict.status === status ? 1 : 0 };
      }
    }
  },
};

const incidentsOpen: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_incidents_open',
  type: 'gauge',
  help: 'Incidents that are open or acknowledged.',
  *samples({ config, judging }) {
    const counts = new Map<string, number>();
    for (const pd of config.perangkatDaerah) {
      for (const severity of ['critical', 'warning', 'info']) counts.set(`${pd.id} ${severity}`, 0);
    }
    for (const incident of judging.openIncidents()) {
      const key = `${incident.pd} ${incident.severity}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, value] of counts) {
      const [pd = '', severity = ''] = key.split(' ');
      yield {
        labels: [
          ['pd', pd],
          ['severity', severity],
        ],
        value,
      };
    }
  },
};

export const dutyFamilies: readonly FleetFamily[] = [obligationStatus, incidentsOpen];
