import type { Layer, State } from '../../shared/states.ts';

/** Which link of which site a round speaks for. */
export interface LinkPlace {
  pd: string;
  site: string;
  layer: Layer;
}

/** One round of one probe, as availability counts it. */
export interface LinkRound {
  /** Seconds since the epoch. */
  atSecond: number;
  state: State;
  /** For so long it speaks when no other round follows. */
  coverSeconds: number;
  sentCount: number;
  receivedCount: number;
  roundTripSeconds: number | undefined;
  receivedAtMs: number;
  /** The store's number of the body that it came in. */
  body: number;
}

/** Rounds that follow each other evenly: first second of the day, seconds apart, count, state, cover in seconds. */
export type RoundRun = [number, number, number, StateCode, number];
/**
 * What the rounds of an hour add up to: packets sent and received; rounds with a round trip, its sum and maximum in
 * microseconds, whole numbers so that a sum is the same in any order; revision, and when it was restated last.
 */
export type HourFigures = [number, number, number, number, number, number, number];

/** What is kept of one probe's rounds in one day of UTC. */
export interface LinkDayBody {
  runs: RoundRun[];
  /** By hour of the day. */
  hours: Record<string, HourFigures>;
}

export interface LinkDay extends LinkDayBody {
  /** The agent that probes, by the store's own number. */
  prober: number;
  probe: string;
  startsAtMs: number;
}

export const daySeconds = 86_400;
/** A probe runs once a day at least, and a round speaks for one and a half times as long. */
export const longestCoverMs = 1.5 * daySeconds * 1000;
export const hourSeconds = 3600;
/** A day counts as complete so long after its hours; what changes an hour later is a revision. */
export const hourClosesAfterMs = (hourSeconds + 900) * 1000;

/** Up, down, unknown: of two the smaller counts, because any answer shows that a link works. */
export type StateCode = 0 | 1 | 2;

export function emptyLinkDay(): LinkDayBody {
  return { runs: [], hours: {} };
}

/**
 * Adds rounds that were not added before; they all belong to the day. In any order and in any pieces the result is the
 * same, as long as the rounds of one body come together.
 */
export function addRounds(day: LinkDayBody, rounds: readonly LinkRound[]): void {
  const sorted = rounds.toSorted((a, b) => a.atSecond - b.atSecond);
  addFigures(day, sorted);
  const last = day.runs.at(-1);
  const isLater = last === undefined || secondOfDay(sorted[0]) > lastSecondOf(last);
  const isRising = sorted.every((round, at) => at === 0 || round.atSecond > (sorted[at - 1]?.atSecond ?? 0));
  if (isLater && isRising) for (const round of sorted) append(day.runs, entryOf(round));
  else day.runs = insert(day.runs, sorted);
}

interface Entry {
  second: number;
  code: StateCode;
  coverSeconds: number;
}

function secondOfDay(round: LinkRound | undefined): number {
  return (round?.atSecond ?? 0) % daySeconds;
}

function entryOf(round: LinkRound): Entry {
  return { second: secondOfDay(round), code: codeOf(round.state), coverSeconds: round.coverSeconds };
}

function codeOf(state: State): StateCode {
  if (state === 'unknown') return 2;
  return state === 'up' ? 0 : 1;
}

export function lastSecondOf([first, step, count]: RoundRun): number {
  return first + step * (count - 1);
}

/** The run of a list depends on the list alone: entries are taken from first to last. */
function append(runs: RoundRun[], { second, code, coverSeconds }: Entry): void {
  const last = runs.at(-1);
  if (last !== undefined && last[3] === code && last[4] === coverSeconds) {
    const gap = second - lastSecondOf(last);
    if (gap <= coverSeconds && (last[2] === 1 || gap === last[1])) {
      last[1] = gap;
      last[2] += 1;
      return;
    }
  }
  runs.push([second, 0, 1, code, coverSeconds]);
}

function insert(runs: readonly RoundRun[], rounds: readonly LinkRound[]): RoundRun[] {
  const bySecond = new Map<number, Entry>();
  const put = (entry: Entry) => {
    const known = bySecond.get(entry.second);
    if (known === undefined) bySecond.set(entry.second, entry);
    else bySecond.set(entry.second, together(known, entry));
  };
  for (const [first, step, count, code, coverSeconds] of runs) {
    for (let at = 0; at < count; at += 1) put({ second: first + step * at, code, coverSeconds });
  }
  for (const round of rounds) put(entryOf(round));
  const all: RoundRun[] = [];
  for (const entry of [...bySecond.values()].toSorted((a, b) => a.second - b.second)) append(all, entry);
  return all;
}

/** Two rounds of one second are one: the better state counts. */
function together(a: Entry, b: Entry): Entry {
  const code = a.code < b.code ? a.code : b.code;
  return { second: a.second, code, coverSeconds: Math.max(a.coverSeconds, b.coverSeconds) };
}

function addFigures(day: LinkDayBody, rounds: readonly LinkRound[]): void {
  const restatedBy = new Set<string>();
  for (const round of rounds) {
    const hour = Math.floor(secondOfDay(round) / hourSeconds);
    const figures = day.hours[hour] ?? [0, 0, 0, 0, 0, 0, 0];
    day.hours[hour] = figures;
    figures[0] += round.sentCount;
    figures[1] += Math.min(round.receivedCount, round.sentCount);
    if (round.roundTripSeconds !== undefined) {
      const micros = Math.round(round.roundTripSeconds * 1e6);
      figures[2] += 1;
      figures[3] += micros;
      figures[4] = Math.max(figures[4], micros);
    }
    const hourStartMs = (round.atSecond - (round.atSecond % hourSeconds)) * 1000;
    if (round.receivedAtMs < hourStartMs + hourClosesAfterMs) continue;
    // Each body that changes an hour after its time is one revision of it.
    if (!restatedBy.has(`${hour} ${round.body}`)) figures[5] += 1;
    restatedBy.add(`${hour} ${round.body}`);
    figures[6] = Math.max(figures[6], round.receivedAtMs);
  }
}
