import Type from 'typebox';
import { instant, type Resource } from '../resource.ts';
import { Amount, Evidence, Instant, OptionalText } from './fields.ts';
import { askedDays, askedSubjects, dayParameters } from './history-query.ts';

const row = Type.Object({
  pd: Type.String(),
  dataset: Type.String(),
  drill: Type.String({ description: 'what kind of restore test was run' }),
  outcome: Type.String({ description: 'ok or failed' }),
  reason: OptionalText,
  startedAt: Instant,
  completedAt: Instant,
  objectName: OptionalText,
  objectId: OptionalText,
  fileCount: Amount,
  sizeBytes: Amount,
  checks: Type.Array(Type.String(), { description: 'what was compared' }),
  evidence: Evidence,
});

const usualDays = 366;

export const restoreTestsResource: Resource<typeof row> = {
  name: 'restore-tests',
  summary: 'Restore tests with what they compared, newest first',
  row,
  query: dayParameters(usualDays),
  async rows(view, query) {
    const found = [];
    for (const subject of await askedSubjects(view, query)) {
      const days = askedDays(query, subject.schedule.timezone, { nowMs: view.nowMs, usualDays });
      const [fromMs = 0, untilMs = 0] = [days[0]?.fromMs, days.at(-1)?.untilMs];
      found.push(...(await view.store.backupHistory.restoreTests(subject, fromMs, untilMs)));
    }
    return found
      .toSorted((a, b) => b.completedAtMs - a.completedAtMs)
      .map((test) => ({
        pd: test.pd,
        dataset: test.dataset,
        drill: test.drill,
        outcome: test.outcome,
        reason: test.reason ?? null,
        startedAt: instant(view, test.startedAtMs),
        completedAt: instant(view, test.completedAtMs),
        objectName: test.objectName ?? null,
        objectId: test.objectId ?? null,
        fileCount: test.fileCount ?? null,
        sizeBytes: test.sizeBytes ?? null,
        checks: test.checks,
        evidence: [test.record],
      }));
  },
};
