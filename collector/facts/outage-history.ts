import { roundsUntilQuiet } from './round-history.ts';

/**
 * When each of the last outages of a link began. One that is out for some minutes every now and then is one bad line, not
 * a new fault each time, although it never goes to and fro quickly enough for `round-history.ts`.
 */
export type OutageHistory = readonly number[];

export const noOutages: OutageHistory = [];

/** Ours: three outages within two hours are too often, and half an hour without any is quiet. */
const rememberedMs = 2 * 3_600_000;
const outagesUntilUnstable = 3;
const quietMs = 30 * 60_000;

/** @param round `beganAtMs` of an outage that is found with it, and since when it has answered without a gap. */
export function withOutage(
  known: OutageHistory,
  { beganAtMs, goodSinceMs }: { beganAtMs: number | undefined; goodSinceMs: number | undefined },
  atMs: number,
): OutageHistory {
  if (goodSinceMs !== undefined && atMs - goodSinceMs >= quietMs) return noOutages;
  if (beganAtMs === undefined) return known;
  return [...known.slice(1 - 2 * outagesUntilUnstable), beganAtMs].filter((at) => atMs - at <= rememberedMs);
}

/** Since when it is out too often; one that stays out is just down. */
export function oftenOutSinceMs(outages: OutageHistory, badRounds: number): number | undefined {
  return outages.length >= outagesUntilUnstable && badRounds < roundsUntilQuiet ? outages[0] : undefined;
}
