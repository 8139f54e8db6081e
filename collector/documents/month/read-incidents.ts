import { durationsOf, type IncidentDurations } from '../../incidents/durations.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { causeNow } from '../../store/incident-rows.ts';
import type { MonthSource } from '../../store/month-source.ts';
import type { IncidentRow } from '../../store/rows.ts';
import { defined } from './defined.ts';
import type { IncidentFigures } from './figures.ts';
import { incidentAt, type Stretch } from './incident-stretches.ts';
import { placeOf } from './read-verdicts.ts';

type Source = Pick<MonthSource, 'incidentsDuring' | 'incidentEvents' | 'verdictHistory'>;

interface Month {
  fromMs: number;
  untilMs: number;
}

const incidentsPerBreath = 100;

/** Incidents as they stood at the end of a month, by department; what was done or happened later is not told yet. */
export async function readIncidents(source: Source, month: Month): Promise<Map<string, IncidentFigures[]>> {
  const found = new Map<string, IncidentFigures[]>();
  for (const [number, row] of source.incidentsDuring(month.fromMs, month.untilMs).entries()) {
    const figures = await incidentFigures(source, row, month);
    if (figures !== undefined) found.set(placeOf(row), [...(found.get(placeOf(row)) ?? []), figures]);
    if (number % incidentsPerBreath === 0) await breathe();
  }
  return found;
}

/** Undefined where it was over before the month, and came back after it. */
async function incidentFigures(source: Source, row: IncidentRow, month: Month): Promise<IncidentFigures | undefined> {
  const then = incidentAt(row, await source.incidentEvents(row.id), month.untilMs);
  const { stretches, owner, severity, acknowledgedAtMs } = then;
  const within = stretches.flatMap((stretch) => clipped(stretch, month));
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || within.length === 0) return undefined;
  const { id, kind, obligation, subject, openedAtMs, sites, obligations, revision } = row;
  const { downSeconds, unknownSeconds } = await coloursOf(source, row, within);
  const whole = stretches.flatMap((stretch) => clipped(stretch, { fromMs: -Infinity, untilMs: month.untilMs }));
  return {
    id,
    kind,
    obligation,
    subject,
    cause: causeNow(row),
    owner,
    severity,
    sinceMs: first.fromMs,
    openedAtMs,
    ...defined({ acknowledgedAtMs, resolvedAtMs: last?.untilMs, otherEnding: last?.otherEnding }),
    durationSeconds: secondsOf(whole),
    monthSeconds: secondsOf(within),
    downSeconds,
    unknownSeconds,
    reopenedCount: stretches.length - 1,
    sites,
    obligations,
    revision,
  };
}

/** The part of a stretch that lies in a month; none where it ended before. */
function clipped({ fromMs, untilMs }: Stretch, month: Month): Month[] {
  if (untilMs !== undefined && untilMs < month.fromMs) return [];
  const part = { fromMs: Math.max(fromMs, month.fromMs), untilMs: untilMs ?? month.untilMs };
  return [{ ...part, untilMs: Math.max(part.fromMs, part.untilMs) }];
}

function secondsOf(spans: readonly Month[]): number {
  return spans.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0) / 1000;
}

/** In how much of the stretches it was known to be so, and in how much nothing was known. */
async function coloursOf(
  { verdictHistory }: Source,
  { obligation, subject }: IncidentRow,
  spans: readonly Month[],
): Promise<Pick<IncidentDurations, 'downSeconds' | 'unknownSeconds'>> {
  const sum = { downSeconds: 0, unknownSeconds: 0 };
  for (const { fromMs, untilMs } of spans) {
    const before = await verdictHistory.at(fromMs, { obligation, subject });
    const during = await verdictHistory.changes({ obligation, subject, fromMs: fromMs + 1, untilMs: untilMs + 1 });
    const part = durationsOf({ sinceMs: fromMs, resolvedAtMs: untilMs }, [...before, ...during], untilMs);
    sum.downSeconds += part.downSeconds;
    sum.unknownSeconds += part.unknownSeconds;
  }
  return sum;
}
