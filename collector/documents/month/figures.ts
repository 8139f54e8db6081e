import type { OtherEnding } from '../../incidents/ending.ts';
import type { StateSpan } from '../../obligations/availability/states-of.ts';
import type { DayStatus } from '../../obligations/backup-history/calendar.ts';
import type { EvidenceReference } from '../../store/evidence-reference.ts';
import type { Grade, Layer, VerdictStatus } from '../../../shared/states.ts';

/**
 * A month as data. It holds what was measured, judged and done, and nothing of when or for whom it is written, so that the
 * same month read again is the same data unless something was restated. What is not known is absent, never zero.
 */
export interface MonthFigures {
  /** `2026-10` */
  month: string;
  fromMs: number;
  untilMs: number;
  /** The month was not over: it is told up to this moment only. */
  soFarUntilMs?: number;
  departments: DepartmentFigures[];
  /** Of the Pemda as a whole and of areas. */
  common: Pick<DepartmentFigures, 'verdicts' | 'incidents'>;
}

export interface DepartmentFigures {
  pd: string;
  links: LinkFigures[];
  nodes: NodeFigures[];
  datasets: DatasetFigures[];
  bandwidth: BandwidthFigures[];
  paths: PathFigures[];
  verdicts: VerdictFigures[];
  incidents: IncidentFigures[];
}

export interface LinkFigures {
  site: string;
  layer: Layer;
  upSeconds: number;
  downSeconds: number;
  unknownSeconds: number;
  maintenanceSeconds: number;
  /** Up, of the time in which it is known. */
  availabilityRatio?: number;
  /** Known, of the time outside planned work. */
  coverageRatio?: number;
  lossRatio?: number;
  roundTripMeanSeconds?: number;
  /** How often late reports changed hours of it that were complete. */
  revision: number;
  /** What it was, one right after the other; where it came and went, short stretches are left out. */
  states: StateSpan[];
}

export interface NodeFigures {
  site: string;
  node: string;
  /** Hours in which it was heard, of all of the month until it was revoked. */
  heardHourCount: number;
  hourCount: number;
}

export interface DatasetFigures {
  dataset: string;
  dueCount: number;
  metCount: number;
  /** Of those met, only in part. */
  partialCount: number;
  /** Of those met, not seen in the Pusat Data. */
  claimedCount: number;
  /** Due times of which a run failed, and those at which nothing came. */
  failedCount: number;
  missedCount: number;
  unknownCount: number;
  pendingCount: number;
  /** Met, of those that are known and decided. */
  successRatio?: number;
  /** The longest time without a backup, up to the end of the month. */
  longestGapSeconds?: number;
  lastSuccessAtMs?: number;
  /** Of the last backup of the month. */
  sizeBytes?: number;
  days: DayStatus[];
  restoreTests: RestoreTestFigures[];
}

export interface RestoreTestFigures {
  drill: string;
  outcome: 'ok' | 'failed';
  reason?: string;
  completedAtMs: number;
  durationSeconds: number;
  sizeBytes?: number;
}

/** Rates in bytes per second. */
export interface BandwidthFigures {
  site: string;
  measuredSeconds: number;
  approvedDown?: number;
  approvedUp?: number;
  p95Down?: number;
  p95Up?: number;
  meanDown?: number;
  meanUp?: number;
  peakDown?: number;
  peakUp?: number;
  /** In which one direction ran at its approval or close to it. */
  saturatedSeconds?: number;
  revision: number;
  /** The 95th percentile of downloads of each day; null where nothing was measured. */
  dailyP95Down: (number | null)[];
}

export interface PathFigures {
  site: string;
  node: string;
  /** Days on which all its reports arrived through the Jaringan Intra, on which some did not, and of which nobody can tell. */
  intraDayCount: number;
  outsideDayCount: number;
  unknownDayCount: number;
}

export interface VerdictFigures {
  obligation: string;
  subject: string;
  status: VerdictStatus;
  grade?: Grade;
  reasonCode: string;
  reasonArgs: Record<string, string | number>;
  sinceMs: number;
  evidence: EvidenceReference[];
  /** How long it was breached within the month, and how often it became so. */
  breachedSeconds: number;
  breachCount: number;
  /** What it was when the month began; absent when it was not judged then. */
  before?: VerdictStatus;
}

export interface IncidentFigures {
  id: string;
  kind: string;
  obligation: string;
  subject: string;
  cause: string;
  owner: string;
  severity: string;
  sinceMs: number;
  openedAtMs: number;
  acknowledgedAtMs?: number;
  /** Absent when it was not over at the end of the month. */
  resolvedAtMs?: number;
  /** What ended it without a recovery, a waiver say. */
  otherEnding?: OtherEnding;
  /** From its beginning to its end, or to the end of the month; and of that, what lies within the month. */
  durationSeconds: number;
  monthSeconds: number;
  /** Of the month's part: in how much it was known to be so, and in how much nothing was known. */
  downSeconds: number;
  unknownSeconds: number;
  /** How often it came back up to the end of the month. */
  reopenedCount: number;
  sites: string[];
  obligations: string[];
  revision: number;
}
