import Type from 'typebox';
import { calendarOf } from '../../obligations/backup-history/calendar.ts';
import { dueStatuses } from '../../obligations/backup-history/due-times.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { readPeriod } from '../../obligations/backup-history/read-period.ts';
import type { Resource } from '../resource.ts';
import { Amount } from './fields.ts';
import { askedDays, askedSubjects, dayParameters } from './history-query.ts';

const row = Type.Object({
  pd: Type.String(),
  dataset: Type.String(),
  day: Type.String({ description: "a day of the dataset's zone" }),
  status: Type.String({ description: ['not-due', ...dueStatuses].join(', ') }),
  dueCount: Type.Integer({ description: 'due times of the day that have come' }),
  runCount: Type.Integer({ description: 'runs that ended on the day, or began on it and never ended' }),
  successCount: Type.Integer(),
  warningCount: Type.Integer({ description: 'backups in part' }),
  failedCount: Type.Integer({ description: 'runs that failed, never ended, or left something too small' }),
  arrivedCount: Type.Integer({ description: 'backups that were seen in the Pusat Data' }),
  sizeBytes: Amount,
});

const usualDays = 31;

export const backupDaysResource: Resource<typeof row> = {
  name: 'backup-days',
  summary: 'The calendar of backups: what was due, what was made and what arrived, day by day',
  row,
  query: dayParameters(usualDays),
  async rows(view, query) {
    const found = [];
    for (const subject of await askedSubjects(view, query)) {
      const { pd, dataset, schedule, minSizeBytes } = subject;
      const days = askedDays(query, schedule.timezone, { nowMs: view.nowMs, usualDays });
      const span = { fromMs: days[0]?.fromMs ?? 0, untilMs: days.at(-1)?.untilMs ?? 0 };
      const { dueTimes, runs } = await readPeriod(view.store.backupHistory, subject, span, view.nowMs);
      for (const { sizeBytes, ...day } of calendarOf(days, dueTimes, runs, minSizeBytes)) {
        found.push({ pd, dataset, ...day, sizeBytes: sizeBytes ?? null });
      }
      await breathe();
    }
    return found;
  },
};
