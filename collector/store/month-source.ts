import type { Checkpoint } from '../ledger/entry.ts';
import type { TrafficRow } from '../facts/traffic-facts.ts';
import type { DocumentRow } from './documents-port.ts';
import type { LinkDay, LinkPlace } from './link-day.ts';
import type { PathRow } from './path-rows.ts';
import type { IncidentEventRow } from './incident-rows.ts';
import type { RegisterRevisionRow } from './register-port.ts';
import type { AgentRow, IncidentRow } from './rows.ts';
import type { BackupHistoryPort, MonitoredLink } from './store.ts';
import type { VerdictHistoryPort } from './verdict-history-port.ts';

/** What a month is told from, read beside a collector that may be running. */
export interface MonthSource {
  agents(): AgentRow[];
  monitoredLinks(): MonitoredLink[];
  history: { linkDays(place: LinkPlace, fromMs: number, untilMs: number): Promise<LinkDay[]> };
  trafficOf(place: { pd: string; site: string }, fromMs: number, untilMs: number): TrafficRow[];
  /** The first and the last day count. */
  pathsOf(filter: { pd: string; fromDay: string; untilDay: string }): PathRow[];
  backupHistory: BackupHistoryPort;
  /** First moment at which a subject was known; `nowMs` where it never was. */
  firstSeenMs(kind: string, subject: string, nowMs: number): Promise<number>;
  /** In how many hours each agent was heard, by its key; hours that are merged by now. */
  heardHourCounts(fromMs: number, untilMs: number): Map<number, number>;
  verdictHistory: Pick<VerdictHistoryPort, 'at' | 'changes'>;
  /** Incidents of which a part may lie in a span as they stand now, oldest first; one that was opened again may have been over. */
  incidentsDuring(fromMs: number, untilMs: number): IncidentRow[];
  /** What happened to one incident, oldest first. */
  incidentEvents(incident: string): Promise<IncidentEventRow[]>;
  /** The newest revision of each entry of each register. */
  registerRows(): Promise<RegisterRevisionRow[]>;
  /** Every edition of a document that was made, the oldest first. */
  documentsNamed(name: string): DocumentRow[];
  /** The figures that a document tells, as canonical JSON. */
  figuresOf(key: number): string | undefined;
  latestCheckpoint(): Promise<Checkpoint | undefined>;
  /** The number of the last record of the ledger; 0 while there is none. */
  lastRecord(): Promise<number>;
  close(): void;
}
