import type { CauseCode } from '../incidents/causes/cause-codes.ts';

export const incidentStates = ['open', 'acknowledged', 'handling', 'resolved', 'reopened'] as const;
/** `reopened` is open again: the same fault came back soon after it had ended. Whatever is not `resolved` goes on. */
export type IncidentState = (typeof incidentStates)[number];

export interface IncidentRow {
  id: string;
  pd: string;
  obligation: string;
  subject: string;
  kind: string;
  cause: string;
  owner: string;
  severity: 'critical' | 'warning' | 'info';
  state: IncidentState;
  /** Since when it was so; it was opened when that was judged. */
  sinceMs: number;
  openedAtMs: number;
  acknowledgedAtMs: number | undefined;
  acknowledgedBy: string | undefined;
  resolvedAtMs: number | undefined;
  /** Sites that are or were affected, `<pd>/<site>`. */
  sites: string[];
  /** Every duty that this one fault breaches, the incident's own first. */
  obligations: string[];
  /** What it was after all, as the reports that arrived later show. */
  settledCause: SettledCause | undefined;
  /** Until when such reports are awaited; undefined when nothing is. */
  settleByMs: number | undefined;
  /** How often it was restated after it had been told. */
  revision: number;
  restatedAtMs: number | undefined;
  /** Who took it in hand, and when. */
  handling?: { atMs: number; by: string };
  /** What broke as people found it; it counts before what machines tell. */
  statedCause?: StatedCause;
  /** How often the same fault came back, when that was last judged, and since when it is so again. */
  reopened?: { count: number; atMs: number; sinceMs: number };
  /** Who ended it, where no measurement could. */
  closed?: { by: string; text: string };
}

/** What broke: as people found it, else as late reports settled it, else as it was judged at first. */
export function causeNow({ statedCause, settledCause, cause }: IncidentRow): string {
  return statedCause?.code ?? settledCause ?? cause;
}

export interface StatedCause {
  code: CauseCode;
  text?: string;
  /** Somebody outside the Pemda did it, which makes a serious incident one that must be told in writing. */
  byOtherParty: boolean;
  by: string;
  atMs: number;
}

/** What broke, known only once the machines at the site could tell. */
export type SettledCause = 'power' | 'wan' | 'lan' | 'server' | 'agent' | 'backbone' | 'pusat-data-uplink';

export const incidentEvents = [
  'opened',
  'changed',
  'escalated',
  'acknowledged',
  'handling',
  'note',
  'cause',
  'owner',
  'resolved',
  'reopened',
  'restated',
  'notified',
] as const;
export type IncidentEvent = (typeof incidentEvents)[number];

/** One line of what happened to an incident, and who did it: `pantau` where nobody did. */
export interface IncidentEventRow {
  incident: string;
  atMs: number;
  event: IncidentEvent;
  actor: string;
  detail: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** What is written; that people were told is noted by the outbox. */
export type NewIncidentEvent = IncidentEventRow;

/** The actor of what the collector finds by itself. */
export const pantauActor = 'pantau';
