import type { Report, ReportProbe } from '../../shared/report-schema.ts';
import type { State } from '../../shared/states.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { AgentRow } from '../store/rows.ts';
import type { FleetView } from './fleet-view.ts';

/** What `?collect[]=` of the metrics page chooses from, the collector's own metrics beside these. */
export const metricGroups = ['node', 'link', 'router', 'path', 'backup', 'obligation', 'vault', 'probe'] as const;
export type MetricGroup = (typeof metricGroups)[number];

/** One sample: label pairs in their final order, and the value. NaN says "unknown" (promise 3). */
export interface Sample {
  labels: readonly (readonly [name: string, value: string])[];
  value: number;
}

/** A sample of the past. */
export interface HistorySample extends Sample {
  /** When it was measured, where that is not when the report was taken. */
  atMs?: number;
}

/** A report with what is known of it beyond itself. */
export interface PlacedReport {
  row: AgentRow;
  report: Report;
  /** When it was taken, on the collector's clock. */
  takenAtMs: number;
  /** What a round says of its link together with the rounds before; the round alone where these are not known. */
  stateOf(probe: ReportProbe): State;
  /** Whether the last round of any of its node's probes reached an address. */
  answers(address: string): boolean;
}

interface Head {
  /** By the rules of Prometheus (https://prometheus.io/docs/practices/naming/). */
  name: string;
  type: 'gauge' | 'counter';
  help: string;
  group: MetricGroup;
  /** Names of its labels, in the order of its samples. */
  labels: readonly string[];
  /**
   * What one report says, with the same labels as the page shows: the past is written from the reports themselves. A
   * family without it has no past but what was shown at the time.
   */
  history?: (placed: PlacedReport) => HistorySample[];
}

/**
 * What each agent says. Its samples depend on the agent's facts and on whether it is heard now, on nothing else: once
 * rendered they hold until one of the two is another.
 */
export interface AgentFamily extends Head {
  of: 'agent';
  samples(agent: AgentFacts, isFresh: boolean): Sample[];
}

/** What is worked out from the whole. */
export interface FleetFamily extends Head {
  of: 'fleet';
  /** Worked out piece by piece, so that a large fleet never blocks the process for long. */
  samples(view: FleetView): Iterable<Sample>;
}

export type MetricFamily = AgentFamily | FleetFamily;
