import { type OtherEnding, otherEndingOf } from '../../incidents/ending.ts';
import type { IncidentEventRow, IncidentRow } from '../../store/incident-rows.ts';
import { defined } from './defined.ts';

/** One time during which an incident went on; one that comes back has several. */
export interface Stretch {
  fromMs: number;
  /** Absent when it was not over. */
  untilMs?: number;
  /** What ended it without a recovery. */
  otherEnding?: OtherEnding;
}

/** An incident as it stood at a moment; what was done or happened later is not told. */
export interface IncidentThen {
  stretches: Stretch[];
  owner: string;
  severity: IncidentRow['severity'];
  /** In its last stretch. */
  acknowledgedAtMs?: number;
}

/** How an incident stood right before a moment, by what happened to it up to then; pure. */
export function incidentAt(row: IncidentRow, events: readonly IncidentEventRow[], beforeMs: number): IncidentThen {
  const before = events.filter(({ atMs }) => atMs < beforeMs);
  const opened = events.find(({ event }) => event === 'opened');
  const numberOf = (event: IncidentEventRow | undefined) => {
    const sinceMs = event?.detail['sinceMs'];
    return typeof sinceMs === 'number' ? sinceMs : event?.atMs;
  };
  // A fault that took it over later began later.
  const sinceMs = row.sinceMs < beforeMs ? row.sinceMs : (numberOf(opened) ?? row.openedAtMs);
  const stretches: Stretch[] = [{ fromMs: sinceMs }];
  let acknowledgedAtMs: number | undefined;
  for (const event of before) {
    const last = stretches.at(-1);
    if (event.event === 'resolved' && last !== undefined && last.untilMs === undefined) {
      Object.assign(last, { untilMs: event.atMs, ...defined({ otherEnding: otherEndingOf(event) }) });
    }
    if (event.event === 'acknowledged') acknowledgedAtMs = event.atMs;
    if (event.event === 'reopened' && last?.untilMs !== undefined) {
      stretches.push({ fromMs: Math.max(last.untilMs, numberOf(event) ?? event.atMs) });
      acknowledgedAtMs = undefined;
    }
  }
  return {
    stretches,
    owner: textAt(events, beforeMs, 'owner') ?? row.owner,
    severity: (textAt(events, beforeMs, 'severity') as IncidentRow['severity'] | undefined) ?? row.severity,
    ...defined({ acknowledgedAtMs }),
  };
}

/** What was said last of a quality, where something was said of it later; undefined where the row says the same. */
function textAt(events: readonly IncidentEventRow[], beforeMs: number, name: string): string | undefined {
  const said = events.filter(({ detail }) => typeof detail[name] === 'string');
  if (said.every(({ atMs }) => atMs < beforeMs)) return undefined;
  const last = said.findLast(({ atMs }) => atMs < beforeMs)?.detail[name];
  return typeof last === 'string' ? last : undefined;
}
