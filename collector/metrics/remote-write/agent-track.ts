import type { Report } from '../../../shared/report-schema.ts';
import { staleAfterMs } from '../../facts/node-facts.ts';
import { freshReadingMs } from '../../facts/router-state.ts';
import type { AgentRow } from '../../store/rows.ts';
import { samplesOfReport } from '../catalogue.ts';
import type { MetricFamily, Sample } from '../family.ts';
import { answersAt, type LinkSteps, replayRounds } from './link-replay.ts';
import type { TimeSlices } from '../../time-slices.ts';
import type { SeriesName } from './series-name.ts';
import type { WrittenSample } from './write-request.ts';

/** A series of an agent that goes on until it is told that it ends. */
interface LiveSeries {
  lastAtMs: number;
  /** A report that was taken later and does not speak of it ends it. */
  keptUntilMs: number;
}

/** What was written of an agent's present: its reports that were not late, each newer than the one before. */
export interface AgentTrack {
  takenAtMs: number;
  intervalSeconds: number;
  /** When the series were ended last because the agent fell silent. */
  endedAtMs: number;
  series: Map<SeriesName, LiveSeries>;
  links: LinkSteps;
}

export const newTrack = (): AgentTrack => ({
  takenAtMs: -Infinity,
  intervalSeconds: 0,
  endedAtMs: -Infinity,
  series: new Map(),
  links: new Map(),
});

/** What one report adds: what continues the series, and what belongs before samples that were written already. */
export interface ReportSamples {
  present: WrittenSample[];
  late: WrittenSample[];
}

/** How its samples are named, and when everything else has its turn: one report may hold ten thousand of them. */
export interface Reading {
  name: NameSeries;
  slices: TimeSlices;
}

export type NameSeries = (family: string, labels: Sample['labels']) => SeriesName;

interface Taken {
  row: AgentRow;
  report: Report;
  takenAtMs: number;
}

/**
 * Series end so long after the last report of an agent that fell silent: later than the page calls it silent, and just
 * before the moment of the third report that is missing. Reports that were spooled meanwhile were taken close to the
 * moments at which they were due, so that none of them falls on the end, and the gap that it leaves is short.
 */
const endAfterIntervals = 2.9;
/** A report that was taken before that end may still be on its way. */
const endWaitIntervals = 0.5;

/** When the series of an agent end that was not heard since. */
export const silentEndMs = ({ takenAtMs, intervalSeconds }: Pick<AgentTrack, 'takenAtMs' | 'intervalSeconds'>) =>
  takenAtMs + endAfterIntervals * intervalSeconds * 1000;

/** From when on that end may be written. */
export const silentEndDueMs = (track: Pick<AgentTrack, 'takenAtMs' | 'intervalSeconds'>) =>
  silentEndMs(track) + endWaitIntervals * track.intervalSeconds * 1000;

/** Ends every series of an agent that fell silent. */
export function endSilent(track: AgentTrack): WrittenSample[] {
  const atMs = Math.round(silentEndMs(track));
  const ends = [...track.series.keys()].map((series) => ({ series, atMs, value: 'stale' as const }));
  track.series.clear();
  track.endedAtMs = atMs;
  return ends;
}

/** Takes the next report of an agent's present. */
export async function nextReport(
  track: AgentTrack,
  { row, report, takenAtMs }: Taken,
  { name, slices }: Reading,
): Promise<ReportSamples> {
  const samples: ReportSamples = { present: [], late: [] };
  if (track.series.size > 0 && takenAtMs > silentEndMs(track)) samples.present.push(...endSilent(track));
  const stateOf = replayRounds(report, takenAtMs, track.links);
  const answers = (address: string) => answersAt(address, takenAtMs, track.links);
  const placed = { row, report, takenAtMs, stateOf, answers };
  const keptMs = keptAfterMs(report);
  for (const { family, labels, value, atMs = takenAtMs } of samplesOfReport(placed)) {
    if (slices.isOver) await slices.rest();
    const sample = { series: name(family.name, labels), atMs: Math.round(atMs), value };
    const known = track.series.get(sample.series);
    if (known !== undefined && sample.atMs === known.lastAtMs) continue;
    if (sample.atMs <= (known?.lastAtMs ?? track.endedAtMs)) {
      samples.late.push(sample);
      continue;
    }
    samples.present.push(sample);
    track.series.set(sample.series, { lastAtMs: sample.atMs, keptUntilMs: sample.atMs + keptMs(family) });
  }
  for (const [series, { lastAtMs, keptUntilMs }] of track.series) {
    if (lastAtMs >= takenAtMs || keptUntilMs >= takenAtMs) continue;
    samples.present.push({ series, atMs: takenAtMs, value: 'stale' });
    track.series.delete(series);
  }
  track.takenAtMs = takenAtMs;
  track.intervalSeconds = report.intervalSeconds;
  return samples;
}

/** Groups of what probes find, at times of their own. */
const roundGroups: ReadonlySet<string> = new Set(['link', 'path', 'probe']);
/** Longest time, beside the usual intervals, that a round of probes may take. */
const slowestRoundMs = 60_000;

/** For how long a series stays that reports do not speak of, as on the page: rounds and readings are not in each. */
function keptAfterMs(report: Report): (family: MetricFamily) => number {
  const everySeconds = Math.max(
    report.intervalSeconds,
    ...(report.probes ?? []).map((probe) => probe.everySeconds ?? 0),
  );
  const roundMs = staleAfterMs(everySeconds) + slowestRoundMs;
  const otherMs = staleAfterMs(report.intervalSeconds);
  return ({ group }) => {
    if (roundGroups.has(group)) return roundMs;
    return group === 'router' ? Math.max(freshReadingMs, otherMs) : otherMs;
  };
}

/** What a late report says: it repairs the past and moves nothing of the present. */
export async function lateReport(
  { row, report, takenAtMs }: Taken,
  links: LinkSteps,
  { name, slices }: Reading,
): Promise<WrittenSample[]> {
  const stateOf = replayRounds(report, takenAtMs, links);
  const answers = (address: string) => answersAt(address, takenAtMs, links);
  const placed = { row, report, takenAtMs, stateOf, answers };
  const samples: WrittenSample[] = [];
  for (const { family, labels, value, atMs = takenAtMs } of samplesOfReport(placed)) {
    if (slices.isOver) await slices.rest();
    samples.push({ series: name(family.name, labels), atMs: Math.round(atMs), value });
  }
  return samples;
}
