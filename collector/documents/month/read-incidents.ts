import type { IncidentRow } from '../../store/rows.ts';
import { defined } from './defined.ts';
import type { IncidentFigures } from './figures.ts';
import { placeOf } from './read-verdicts.ts';

/** Incidents as they stood at the end of a month, by department; what was done later is not told yet. */
export function incidentFigures(
  rows: readonly IncidentRow[],
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Map<string, IncidentFigures[]> {
  const byPd = Map.groupBy(rows, placeOf);
  const figures = (row: IncidentRow): IncidentFigures => {
    const within = (atMs: number | undefined) => (atMs === undefined || atMs >= untilMs ? undefined : atMs);
    const resolvedAtMs = within(row.resolvedAtMs);
    const acknowledgedAtMs = within(row.acknowledgedAtMs);
    const endMs = resolvedAtMs ?? untilMs;
    const { id, kind, obligation, subject, owner, severity, sinceMs, openedAtMs, sites, obligations, revision } = row;
    return {
      id,
      kind,
      obligation,
      subject,
      cause: row.statedCause?.code ?? row.settledCause ?? row.cause,
      owner,
      severity,
      sinceMs,
      openedAtMs,
      ...defined({ acknowledgedAtMs, resolvedAtMs }),
      durationSeconds: Math.max(0, endMs - sinceMs) / 1000,
      monthSeconds: Math.max(0, endMs - Math.max(sinceMs, fromMs)) / 1000,
      sites,
      obligations,
      revision,
    };
  };
  return new Map([...byPd].map(([pd, own]) => [pd, own.map(figures)]));
}
