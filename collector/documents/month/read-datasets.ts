import { calendarOf } from '../../obligations/backup-history/calendar.ts';
import { type DueStatus, isBackup } from '../../obligations/backup-history/due-times.ts';
import { daysBetween, type Span } from '../../obligations/backup-history/local-days.ts';
import { monthOf } from '../../obligations/backup-history/months.ts';
import { lastBefore } from '../../obligations/backup-history/read-months.ts';
import { readPeriod } from '../../obligations/backup-history/read-period.ts';
import { type HistorySubject, historySubjects } from '../../obligations/backup-history/subject.ts';
import type { RestoreTestRow } from '../../store/rows.ts';
import { defined } from './defined.ts';
import type { DatasetFigures, RestoreTestFigures } from './figures.ts';
import type { MonthView } from './month-view.ts';

/** What is merged by now is all that a reader beside the collector can know. */
const nothingRecent = { agentsOf: () => [] };

/** How the datasets of a department were backed up, by the month of each one's own zone. */
export async function readDatasets(view: MonthView, pd: string): Promise<DatasetFigures[]> {
  const { config, source, nowMs } = view;
  const subjects = await historySubjects({ config, fleet: nothingRecent, store: source, nowMs }, { pd });
  const found: DatasetFigures[] = [];
  for (const subject of subjects) found.push(await readDataset(view, subject));
  return found;
}

async function readDataset(view: MonthView, subject: HistorySubject): Promise<DatasetFigures> {
  const { source, nowMs } = view;
  const days = daysOf(view.month.name, subject.schedule.timezone, nowMs);
  const month = { name: view.month.name, fromMs: days[0]?.fromMs ?? 0, untilMs: days.at(-1)?.untilMs ?? 0 };
  const { dueTimes, runs } = await readPeriod(source.backupHistory, subject, month, nowMs);
  const backups = runs.filter((run) => isBackup(run, subject.minSizeBytes));
  const before = await lastBefore(source.backupHistory, subject, month.fromMs);
  const successesAtMs = [...(before === undefined ? [] : [before]), ...backups.map(({ atMs }) => atMs)];
  // What comes after the month is no part of it: a gap is told up to its end.
  const endMs = Math.min(month.untilMs, nowMs);
  const { knownSinceMs } = subject;
  const figures = monthOf(month, { dueTimes, successesAtMs, knownSinceMs, nowMs: endMs });
  const count = (status: DueStatus) => dueTimes.filter((due) => due.status === status).length;
  const { dueCount, metCount, partialCount, unknownCount, pendingCount, successRatio } = figures;
  const tests = await source.backupHistory.restoreTests(subject, month.fromMs, month.untilMs);
  const sizeBytes = backups.findLast((run) => run.sizeBytes !== undefined)?.sizeBytes;
  return {
    dataset: subject.dataset,
    dueCount,
    metCount,
    partialCount,
    claimedCount: count('claimed'),
    failedCount: count('failed'),
    missedCount: count('missed'),
    unknownCount,
    pendingCount,
    ...defined({ successRatio, longestGapSeconds: figures.longestGapSeconds, sizeBytes }),
    ...defined({ lastSuccessAtMs: figures.lastSuccessAtMs }),
    days: calendarOf(days, dueTimes, runs, subject.minSizeBytes).map(({ status }) => status),
    restoreTests: tests.map(testFigures),
  };
}

function testFigures(test: RestoreTestRow): RestoreTestFigures {
  const { drill, outcome, reason, startedAtMs, completedAtMs, sizeBytes } = test;
  const durationSeconds = (completedAtMs - startedAtMs) / 1000;
  return { drill, outcome, completedAtMs, durationSeconds, ...defined({ reason, sizeBytes }) };
}

/** The days of a month that have begun, in a zone. */
export function daysOf(month: string, timezone: string, nowMs: number): Span[] {
  const last = new Date(Date.parse(`${month}-01T00:00:00Z`));
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return daysBetween(`${month}-01`, last.toISOString().slice(0, 10), timezone).filter(({ fromMs }) => fromMs <= nowMs);
}
