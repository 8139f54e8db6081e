import Type from 'typebox';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { readRuns } from '../../obligations/backup-history/read-period.ts';
import type { HistoryRun } from '../../obligations/backup-history/runs.ts';
import type { HistorySubject } from '../../obligations/backup-history/subject.ts';
import { type ApiView, instant, type Resource } from '../resource.ts';
import { Amount, Evidence, Instant, OptionalText } from './fields.ts';
import { askedDays, askedSubjects, dayParameters } from './history-query.ts';

const row = Type.Object({
  pd: Type.String(),
  dataset: Type.String(),
  source: Type.String(),
  outcome: Type.String({ description: 'ok, warning (in part), failed, or running (began and never ended)' }),
  startedAt: Instant,
  completedAt: Instant,
  sizeBytes: Amount,
  exitCode: Amount,
  reason: OptionalText,
  lastLines: Type.Array(Type.String()),
  objectName: OptionalText,
  arrivedAt: Instant,
  vault: OptionalText,
  matchedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'how its object in the Pusat Data was recognised: hash, snapshot, repository, name or time',
  }),
  mismatch: Type.Union([Type.String(), Type.Null()], {
    description: 'what is wrong with its object in the Pusat Data: truncated, larger, content, damaged or gone',
  }),
  evidence: Evidence,
});

const usualDays = 7;
/** Writing times in a zone is dear: after so many rows others get their turn. */
const rowsPerTurn = 200;

export const backupRunsResource: Resource<typeof row> = {
  name: 'backup-runs',
  summary: 'Every run of every dataset with what was seen of it in the Pusat Data, newest first',
  row,
  query: dayParameters(usualDays),
  async rows(view, query) {
    const found: { run: HistoryRun; subject: HistorySubject }[] = [];
    for (const subject of await askedSubjects(view, query)) {
      const days = askedDays(query, subject.schedule.timezone, { nowMs: view.nowMs, usualDays });
      const span = { fromMs: days[0]?.fromMs ?? 0, untilMs: days.at(-1)?.untilMs ?? 0 };
      for (const run of await readRuns(view.store.backupHistory, subject, span)) found.push({ run, subject });
      await breathe();
    }
    const rows = [];
    for (const { run, subject } of found.toSorted((a, b) => b.run.atMs - a.run.atMs)) {
      rows.push(runRow(view, subject, run));
      if (rows.length % rowsPerTurn === 0) await breathe();
    }
    return rows;
  },
};

function runRow(view: ApiView, { pd, dataset }: HistorySubject, run: HistoryRun) {
  const { arrival, mismatch } = run;
  return {
    pd,
    dataset,
    source: run.source,
    outcome: run.outcome,
    startedAt: instant(view, run.startedAtMs),
    completedAt: instant(view, run.completedAtMs),
    sizeBytes: run.sizeBytes ?? null,
    exitCode: run.exitCode ?? null,
    reason: run.reason ?? null,
    lastLines: run.lastLines,
    objectName: run.objectName ?? null,
    arrivedAt: instant(view, arrival?.atMs),
    vault: arrival?.vault ?? null,
    matchedBy: arrival?.by ?? null,
    mismatch: mismatch?.kind ?? null,
    evidence: [run.record, arrival?.record, mismatch?.record].filter((record) => record !== undefined),
  };
}
