import type { PantauConfig } from '../../config/schema.ts';
import type { MadeReport } from '../month/make-reports.ts';

/** What the collector asks of the thread that makes reports. */
export interface WorkerOrder {
  config: PantauConfig;
  databasePath: string;
  month: string;
  /** Absolute, and the same below the data folder. */
  folder: string;
  keptIn: string;
  nowMs: number;
}

export type WorkerAnswer =
  | { kind: 'progress'; line: string }
  | { kind: 'made'; reports: Omit<MadeReport, 'files'>[] }
  | { kind: 'failed'; message: string };
