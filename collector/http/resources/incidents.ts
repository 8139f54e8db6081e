import Type, { type Static } from 'typebox';
import type { IncidentDurations } from '../../incidents/durations.ts';
import { readDurations } from '../../incidents/read-durations.ts';
import { callsForWrittenNotice, isSerious } from '../../incidents/serious.ts';
import { causeNow } from '../../store/incident-rows.ts';
import type { IncidentRow } from '../../store/rows.ts';
import { type ApiView, instant, type Resource } from '../resource.ts';
import { Instant, OptionalText } from './fields.ts';

export const Incident = Type.Object({
  id: Type.String(),
  pd: Type.String(),
  kind: Type.String(),
  subject: Type.String(),
  /** What broke: as people found it, else as late reports settled it, else as it was judged at first. */
  cause: Type.String(),
  causeAtFirst: Type.String(),
  owner: Type.String(),
  severity: Type.String(),
  /** `open`, `acknowledged`, `handling`, `reopened` (the same fault came back) or `resolved`. */
  state: Type.String(),
  since: Instant,
  openedAt: Instant,
  acknowledgedAt: Instant,
  acknowledgedBy: OptionalText,
  handlingAt: Instant,
  handledBy: OptionalText,
  resolvedAt: Instant,
  /** Who ended it, where no measurement could. */
  resolvedBy: OptionalText,
  /** How often it came back, and when it last did. */
  reopenedCount: Type.Integer(),
  reopenedAt: Instant,
  /** How often the cause was restated, and when it last was. */
  revision: Type.Integer(),
  restatedAt: Instant,
  /** Critical, or longer than `incidents.seriousAfter` without the time in which it was well. */
  serious: Type.Boolean(),
  /** A configured regulation asks for it (Sigi, Pasal 18 ayat (4)), it is serious, and somebody said that another party did it. */
  writtenNotice: Type.Boolean(),
  /** Sites that are or were affected, `<pd>/<site>`. */
  sites: Type.Array(Type.String()),
  obligations: Type.Array(Type.String()),
  /** How long it was known to be so, how long nothing was known, and how long it was well before it came back. */
  downSeconds: Type.Integer(),
  unknownSeconds: Type.Integer(),
  upSeconds: Type.Integer(),
});

function rowOf(view: ApiView, incident: IncidentRow, durations: IncidentDurations): Static<typeof Incident> {
  const { config } = view;
  return {
    id: incident.id,
    pd: incident.pd,
    kind: incident.kind,
    subject: incident.subject,
    cause: causeNow(incident),
    causeAtFirst: incident.cause,
    owner: incident.owner,
    severity: incident.severity,
    state: incident.state,
    since: instant(view, incident.sinceMs),
    openedAt: instant(view, incident.openedAtMs),
    acknowledgedAt: instant(view, incident.acknowledgedAtMs),
    acknowledgedBy: incident.acknowledgedBy ?? null,
    handlingAt: instant(view, incident.handling?.atMs),
    handledBy: incident.handling?.by ?? null,
    resolvedAt: instant(view, incident.resolvedAtMs),
    resolvedBy: incident.closed?.by ?? null,
    reopenedCount: incident.reopened?.count ?? 0,
    reopenedAt: instant(view, incident.reopened?.atMs),
    revision: incident.revision,
    restatedAt: instant(view, incident.restatedAtMs),
    serious: isSerious(incident, durations, config),
    writtenNotice: callsForWrittenNotice(incident, durations, config),
    sites: incident.sites,
    obligations: incident.obligations,
    ...durations,
  };
}

/** With how long each lasted, which is read from the history of verdicts. */
export async function incidentRows(
  view: ApiView,
  incidents: readonly IncidentRow[],
): Promise<Static<typeof Incident>[]> {
  const rows = [];
  for (const incident of incidents) {
    const durations = await readDurations(incident, view.store.verdictHistory, view.nowMs);
    rows.push(rowOf(view, incident, durations));
  }
  return rows;
}

/** Newest first; the API shows as many as one page of the store holds. */
export const shownIncidentCount = 10_000;

export const incidentsResource: Resource<typeof Incident, IncidentRow> = {
  name: 'incidents',
  summary: 'Breaches and outages, newest first',
  row: Incident,
  rows: (view) => view.store.loadIncidents({ limit: shownIncidentCount }),
  shown: incidentRows,
};
