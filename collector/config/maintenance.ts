import { dueTimesMs, nextDueMs } from '../../shared/cron-grace.ts';
import { durationSeconds } from '../../shared/duration.ts';
import { localTimeMs } from '../../shared/local-time.ts';
import type { MaintenanceConfig } from './network-schema.ts';
import type { PantauConfig } from './schema.ts';

/** What planned work is asked about: one site, a department without naming a site, or the Pemda as a whole. */
export interface MaintenancePlace {
  pd?: string | undefined;
  site?: string | undefined;
}

/** A time of planned work; `untilMs` no longer belongs to it. */
export interface MaintenanceSpan {
  fromMs: number;
  untilMs: number;
  reason: string;
}

type Planned = Pick<PantauConfig, 'maintenance' | 'timezone'>;

/**
 * The planned work that is going on at a place, with the moment at which it ends as far as one entry goes: another may
 * follow, so ask again then. Work on a whole department is work on each of its sites, not the other way round.
 */
export function maintenanceAt(
  config: Planned,
  place: MaintenancePlace,
  atMs: number,
): { reason: string; untilMs: number } | undefined {
  let found: { reason: string; untilMs: number } | undefined;
  for (const window of config.maintenance) {
    if (!concerns(window, place)) continue;
    for (const { untilMs, reason } of spansOf(window, config.timezone, atMs, atMs + 1)) {
      if (untilMs > (found?.untilMs ?? -Infinity)) found = { reason, untilMs };
    }
  }
  return found;
}

/** Times of planned work at a place within a period, in order, cut at its ends; what overlaps or touches is one. */
export function maintenanceSpans(
  config: Planned,
  place: MaintenancePlace,
  fromMs: number,
  untilMs: number,
): MaintenanceSpan[] {
  const all = config.maintenance
    .filter((window) => concerns(window, place))
    .flatMap((window) => spansOf(window, config.timezone, fromMs, untilMs))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const joined: MaintenanceSpan[] = [];
  for (const span of all) {
    const last = joined.at(-1);
    const cut = { ...span, fromMs: Math.max(span.fromMs, fromMs), untilMs: Math.min(span.untilMs, untilMs) };
    if (last !== undefined && cut.fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, cut.untilMs);
    else joined.push(cut);
  }
  return joined;
}

/** The next moment at which planned work begins or ends at a place; undefined when none is planned. */
export function nextMaintenanceChangeMs(config: Planned, place: MaintenancePlace, atMs: number): number | undefined {
  const edges = config.maintenance
    .filter((window) => concerns(window, place))
    .flatMap((window) => edgesAfter(window, config.timezone, atMs));
  return edges.length === 0 ? undefined : Math.min(...edges);
}

function concerns(window: MaintenanceConfig, { pd, site }: MaintenancePlace): boolean {
  if (window.pd === undefined) return true;
  return window.pd === pd && (window.site === undefined || window.site === site);
}

function edgesAfter(window: MaintenanceConfig, timezone: string, atMs: number): number[] {
  const next =
    window.schedule === undefined
      ? undefined
      : nextDueMs({ cron: window.schedule, timezone, graceSeconds: 0 }, Math.max(atMs, 0));
  const spans = spansOf(window, timezone, atMs, window.schedule === undefined ? Infinity : atMs + 1);
  const edges = [next, ...spans.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs])];
  return edges.filter((edge) => edge !== undefined).filter((edge) => edge > atMs);
}

/** The times of one entry that have a part in a period, in full length. */
function spansOf(window: MaintenanceConfig, timezone: string, fromMs: number, untilMs: number): MaintenanceSpan[] {
  const { reason, schedule, duration } = window;
  const times =
    schedule !== undefined && duration !== undefined
      ? recurring(window, { cron: schedule, lengthMs: durationSeconds(duration) * 1000, timezone }, fromMs, untilMs)
      : once(window, timezone);
  return times.filter((time) => time.fromMs < untilMs && time.untilMs > fromMs).map((time) => ({ ...time, reason }));
}

function once({ from, until }: MaintenanceConfig, timezone: string): { fromMs: number; untilMs: number }[] {
  const fromMs = from === undefined ? undefined : localTimeMs(from, timezone);
  const untilMs = until === undefined ? undefined : localTimeMs(until, timezone);
  return fromMs === undefined || untilMs === undefined ? [] : [{ fromMs, untilMs }];
}

/** Beginnings are worked out for so much time at once, and remembered: every judgement asks for them. */
const pieceMs = 32 * 86_400_000;
const keptPieces = 64;
/** The configuration allows no more than one an hour. */
const mostPerPiece = 1000;
const startsByWindow = new WeakMap<MaintenanceConfig, Map<string, number[]>>();

function recurring(
  window: MaintenanceConfig,
  { cron, lengthMs, timezone }: { cron: string; lengthMs: number; timezone: string },
  fromMs: number,
  untilMs: number,
): { fromMs: number; untilMs: number }[] {
  const kept = startsByWindow.get(window) ?? new Map<string, number[]>();
  startsByWindow.set(window, kept);
  const found: { fromMs: number; untilMs: number }[] = [];
  const firstMs = Math.max(0, fromMs - lengthMs);
  for (let piece = Math.floor(firstMs / pieceMs); piece * pieceMs < untilMs; piece += 1) {
    const key = `${timezone} ${piece}`;
    const schedule = { cron, timezone, graceSeconds: 0 };
    const starts = kept.get(key) ?? dueTimesMs(schedule, piece * pieceMs, (piece + 1) * pieceMs, mostPerPiece);
    if (!kept.has(key) && kept.size >= keptPieces) kept.clear();
    kept.set(key, starts);
    for (const startMs of starts) {
      if (startMs + lengthMs > fromMs && startMs < untilMs)
        found.push({ fromMs: startMs, untilMs: startMs + lengthMs });
    }
  }
  return found;
}
