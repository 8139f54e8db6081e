import type { PantauConfig } from '../../config/schema.ts';

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
  | { kind: 'made'; reports: { name: string; revision: number; changeCount: number; isNew: boolean }[] }
  | { kind: 'failed'; message: string };
