import type { IncidentEventRow, IncidentRow } from './incident-rows.ts';

export interface IncidentsFilter {
  pd?: string | undefined;
  /** Those that were not over by then … */
  fromMs: number;
  /** … and were opened before this. */
  untilMs: number;
}

/** Incidents and what happened to them, for whoever looks back. */
export interface IncidentHistoryPort {
  incident(id: string): Promise<IncidentRow | undefined>;
  /** In the order in which they happened, deliveries of notices among them; none for an incident that is not known. */
  events(incident: string): Promise<IncidentEventRow[]>;
  /** Every incident that went on at some moment of a period, in the order in which they were opened. */
  during(filter: IncidentsFilter): Promise<IncidentRow[]>;
}
