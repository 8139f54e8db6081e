import type { Report } from '../../shared/report-schema.ts';

/** The parts of a report that sensors fill in. */
export type ReportPart = Pick<Partial<Report>, 'host' | 'cpu' | 'memory' | 'filesystems' | 'interfaces'>;

/** Something that could not be measured: what, and why in a few words. */
export interface SensorFailure {
  of: string;
  reason: string;
}

/**
 * What came of looking: values; nothing there to measure (`no-data`, say a machine without a network card); or could
 * not look, with a reason of one sentence. A value that is missing is left out of the part, never zero.
 */
export type Measurement =
  | {
      outcome: 'ok';
      part: ReportPart;
      /** What is missing from the part, when only some of it could be measured. */
      failures?: SensorFailure[];
    }
  | { outcome: 'no-data' }
  | { outcome: 'failed'; reason: string };

/**
 * Measures one thing. An instance belongs to one agent and may keep its previous reading, as the share of busy
 * processor time needs one. `read` may throw and may hang: the executor (run-sensors.ts) guards every call.
 */
export interface Sensor {
  /** The sensor's name in `failures` and in the docs; the same as its file's name. */
  readonly name: string;
  /** One sentence for help texts: what is measured and from where. */
  readonly docs: string;
  read(): Promise<Measurement>;
}
