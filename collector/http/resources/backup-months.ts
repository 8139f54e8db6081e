import Type from 'typebox';
import { readMonths } from '../../obligations/backup-history/read-months.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant } from './fields.ts';
import { askedMonths, askedSubjects, monthParameters } from './history-query.ts';

const row = Type.Object({
  pd: Type.String(),
  dataset: Type.String(),
  month: Type.String({ description: "a month of the dataset's zone" }),
  dueCount: Type.Integer({ description: 'due times that have come' }),
  metCount: Type.Integer({ description: 'of these, answered by a backup, in whole or in part' }),
  partialCount: Type.Integer({ description: 'of these met, in part only' }),
  unknownCount: Type.Integer({ description: 'due times of which nobody knows: the department was not heard' }),
  pendingCount: Type.Integer({ description: 'due times whose grace is not over' }),
  successRatio: Type.Union([Type.Number(), Type.Null()], {
    description: 'met, of those that are known and decided; null when there were none',
  }),
  longestGapSeconds: Amount,
  lastSuccessAt: Instant,
});

const usualMonths = 12;

export const backupMonthsResource: Resource<typeof row> = {
  name: 'backup-months',
  summary: 'How often backups were made when they were due, month by month, and the longest time without one',
  row,
  query: monthParameters(usualMonths),
  async rows(view, query) {
    const found = [];
    for (const subject of await askedSubjects(view, query)) {
      const { pd, dataset, schedule } = subject;
      const months = askedMonths(query, schedule.timezone, { nowMs: view.nowMs, usualMonths });
      for (const each of await readMonths(view.store.backupHistory, subject, months, view.nowMs)) {
        const { successRatio, longestGapSeconds, lastSuccessAtMs, ...counts } = each;
        found.push({
          pd,
          dataset,
          ...counts,
          successRatio: successRatio ?? null,
          longestGapSeconds: longestGapSeconds ?? null,
          lastSuccessAt: instant(view, lastSuccessAtMs),
        });
      }
    }
    return found;
  },
};
