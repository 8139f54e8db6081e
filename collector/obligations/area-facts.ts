import type { ReportReference } from '../../shared/evidence.ts';
import type { State } from '../../shared/states.ts';

/** A site of an area, as the verdict on its own WAN has it. */
export interface AreaMember {
  /** `<pd>/<site>` */
  site: string;
  area: string | undefined;
  /** Its WAN; `down` too while it comes and goes, `unknown` when nothing is measured. */
  wan: State;
  isUnstable: boolean;
  /** Since when that is so. */
  sinceMs: number;
  record: ReportReference | undefined;
}

/** An agent at the Pusat Data that probes the sites. */
export interface VantageView {
  node: string;
  /** `own-uplink-down`: it is heard, but cannot look out; `silent`: it is not heard. */
  state: 'watching' | 'own-uplink-down' | 'silent';
  sinceMs: number;
  /** Its own default gateway; `unknown` too where none is known, or it never answered. */
  gateway: 'answers' | 'silent' | 'unknown';
  record: ReportReference;
}

/** What is known of the sites of one area, or of all. */
export interface AreaSubjectFacts {
  /** What people call the area; undefined for the Pemda as a whole. */
  area: string | undefined;
  /** Whether the Pemda tells its sites apart by area. */
  hasAreas: boolean;
  intervalSeconds: number;
  /** Without those that are down during planned work, and without the Pusat Data itself. */
  members: AreaMember[];
  vantages: VantageView[];
  /** When a report of any of these sites last came in: it came through the Pusat Data's own line. */
  lastHeardMs: number | undefined;
  /** Sites that the agents at the Pusat Data look at. */
  watchedSites: string[];
  /** The outage that was found before and may go on. */
  ongoing: { sites: string[]; sinceMs: number } | undefined;
}
