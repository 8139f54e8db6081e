import type { AgentRow } from './rows.ts';

/** A body of which at least one report is asked for. */
export interface ArchivedBody {
  key: number;
  agentKey: number;
  encoding: string;
  body: Buffer;
  reports: { place: number; takenAtMs: number }[];
}

export interface ArchiveRange {
  /** The first moment that counts. */
  takenFromMs: number;
  /** The first that does not. */
  takenUntilMs: number;
}

/** Every report that is still kept as it arrived, for a reader beside the collector. */
export interface ReportArchive {
  agents(): AgentRow[];
  /** When the oldest body came that is still kept; undefined when there is none. */
  oldestReceivedMs(): number | undefined;
  /**
   * Bodies in the order in which they came, those that come meanwhile left out. Read in short pieces, so that the
   * collector can tidy up its log.
   */
  bodies(range: ArchiveRange): Generator<ArchivedBody>;
  close(): void;
}
