import type { ReportReference } from '../../shared/evidence.ts';
import type { IncidentView } from './incident-view.ts';
import type { MeasuredFacts } from './measured-facts.ts';
import type { PusatDataView } from './pusat-data-months.ts';
import type { RegisterView } from './register-view.ts';

/** A database or a web root that an agent found on its machine. */
export interface ValuableView {
  node: string;
  kind: string;
  name: string;
  path: string | undefined;
}

/** How something fared in a month of the Pemda's zone. */
export interface MonthView {
  /** `2026-11` */
  month: string;
  fromMs: number;
  untilMs: number;
  upSeconds: number;
  downSeconds: number;
  /** Share of the month, as far as it has passed and was watched, of which it is known. */
  coverageRatio: number | undefined;
  /** The newest report of an agent that measures it; undefined when none does any more. */
  record?: ReportReference | undefined;
}

/** The WAN of a site, or what a department shows to the public under a name. */
export interface SiteMonthView extends MonthView {
  site: string;
}

/** What the registers say, by the calendar of the Pemda. */
export interface RegisterFacts {
  /** Day of the Pemda's zone, `YYYY-MM-DD`. */
  today: string;
  /** The Pemda's zone: its days begin and end there. */
  timezone: string;
  registers: RegisterView;
  /** For a rule that reads them (`readsIncidents`), the oldest first: those that go on, and those of the last months. */
  incidents?: readonly IncidentView[];
}

export interface DepartmentSubjectFacts extends RegisterFacts {
  /** Its own id. */
  pd: string;
  /** The configuration says that it is a Perangkat Daerah Mandiri TIK. */
  isMandiriTik: boolean;
  /** Addresses of its websites. */
  websites: readonly string[];
  /** Who runs the LAN, where the Pemda itself has settled it. */
  lanOperator: { by: 'perangkat-daerah' | 'diskominfo'; basis: string } | undefined;
  measured: MeasuredFacts;
  /** For a rule that reads months (`readsMonths`): the last whole month and this one, of each site or website. */
  months?: SiteMonthView[];
  datasetCount: number;
  /** Nodes of the department that have told of themselves. */
  nodes: {
    node: string;
    valuables: ValuableView[];
    /** Datasets that this node's agent backs up: named for the node, or ever claimed by its agent. */
    datasets: string[];
    /** The report that holds the inventory's newest form is not kept apart; this is the node's newest report. */
    record: ReportReference;
  }[];
}

/** The Pemda as a whole, by what its registers say. */
export interface PemdaSubjectFacts extends RegisterFacts {
  /** The department that is in charge of ICT: what is entered for it may be about the Pemda as a whole. */
  diskominfo: string;
  /** For a rule that reads it (`readsPusatData`). */
  pusatData?: PusatDataView;
}
