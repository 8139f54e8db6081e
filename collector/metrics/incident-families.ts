import { currentSinceMs } from '../incidents/current-since.ts';
import { causeNow } from '../store/incident-rows.ts';
import type { IncidentRow } from '../store/rows.ts';
import type { FleetFamily } from './family.ts';
import { type FleetView, type Labels, wellFormed } from './fleet-view.ts';

const severities = ['critical', 'warning', 'info'] as const;

const incidentsOpen: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_incidents_open',
  type: 'gauge',
  labels: ['pd', 'severity'],
  help: 'Incidents that are not resolved.',
  *samples({ config, judging }) {
    const counts = new Map<string, number>();
    for (const { pd, severity } of judging.openIncidents()) {
      const key = `${pd} ${severity}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const known = config.perangkatDaerah.map(({ id }) => id);
    // An area's incident is Diskominfo's, which need not be a department of the register.
    for (const pd of new Set([...known, ...judging.openIncidents().map((incident) => incident.pd)])) {
      for (const severity of severities) {
        const labels: Labels = [
          ['pd', pd],
          ['severity', severity],
        ];
        yield { labels, value: counts.get(`${pd} ${severity}`) ?? 0 };
      }
    }
  },
};

const incidentLabels = ['pd', 'site', 'subject', 'incident', 'kind', 'cause', 'owner', 'severity', 'state'];

/** What an incident is about. The site is empty where it is about something else, or about several. */
function labelsOf(incident: IncidentRow, { judging }: FleetView): Labels {
  const judged = judging.caseOf(incident);
  const part = judged?.part ?? '';
  return [
    ['pd', incident.pd],
    ['site', judged?.rule.subject === 'site' ? part : ''],
    ['subject', wellFormed(part)],
    ['incident', incident.id],
    ['kind', incident.kind],
    ['cause', causeNow(incident)],
    ['owner', wellFormed(incident.owner)],
    ['severity', incident.severity],
    ['state', incident.state],
  ];
}

const incidentOpened: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_incident_opened_timestamp_seconds',
  type: 'gauge',
  labels: incidentLabels,
  help: 'When an incident that is not resolved was opened, in seconds since the epoch.',
  *samples(view) {
    for (const incident of view.judging.openIncidents()) {
      yield { labels: labelsOf(incident, view), value: incident.openedAtMs / 1000 };
    }
  },
};

const incidentBegan: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_incident_began_timestamp_seconds',
  type: 'gauge',
  labels: incidentLabels,
  help: 'Since when it has been so that an incident that is not resolved tells of; of one that came back, since it did, in seconds since the epoch.',
  *samples(view) {
    for (const incident of view.judging.openIncidents()) {
      yield { labels: labelsOf(incident, view), value: currentSinceMs(incident) / 1000 };
    }
  },
};

export const incidentFamilies: readonly FleetFamily[] = [incidentsOpen, incidentOpened, incidentBegan];
