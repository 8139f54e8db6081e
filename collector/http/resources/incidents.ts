import Type from 'typebox';
import type { IncidentRow } from '../../store/rows.ts';
import { type ApiView, instant, type Resource } from '../resource.ts';
import { Instant, OptionalText } from './fields.ts';

const row = Type.Object({
  id: Type.String(),
  pd: Type.String(),
  kind: Type.String(),
  subject: Type.String(),
  /** What broke: as late reports settled it, else as it was judged at first. */
  cause: Type.String(),
  causeAtFirst: Type.String(),
  owner: Type.String(),
  severity: Type.String(),
  state: Type.String(),
  since: Instant,
  openedAt: Instant,
  acknowledgedAt: Instant,
  acknowledgedBy: OptionalText,
  resolvedAt: Instant,
  /** How often the cause was restated, and when it last was. */
  revision: Type.Integer(),
  restatedAt: Instant,
  /** Sites that are or were affected, `<pd>/<site>`. */
  sites: Type.Array(Type.String()),
  obligations: Type.Array(Type.String()),
});

export function incidentRow(view: ApiView, incident: IncidentRow) {
  return {
    id: incident.id,
    pd: incident.pd,
    kind: incident.kind,
    subject: incident.subject,
    cause: incident.settledCause ?? incident.cause,
    causeAtFirst: incident.cause,
    owner: incident.owner,
    severity: incident.severity,
    state: incident.state,
    since: instant(view, incident.sinceMs),
    openedAt: instant(view, incident.openedAtMs),
    acknowledgedAt: instant(view, incident.acknowledgedAtMs),
    acknowledgedBy: incident.acknowledgedBy ?? null,
    resolvedAt: instant(view, incident.resolvedAtMs),
    revision: incident.revision,
    restatedAt: instant(view, incident.restatedAtMs),
    sites: incident.sites,
    obligations: incident.obligations,
  };
}

/** Newest first; the API shows as many as one page of the store holds. */
export const shownIncidentCount = 10_000;

export const incidentsResource: Resource<typeof row> = {
  name: 'incidents',
  summary: 'Breaches and outages, newest first',
  row,
  rows: async (view) =>
    (await view.store.loadIncidents({ limit: shownIncidentCount })).map((incident) => incidentRow(view, incident)),
};
