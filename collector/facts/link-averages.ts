/** How good a link is while it answers: moving averages, so that one slow round is not a slow link. */
export interface LinkAverages {
  /** Rounds that are in it. */
  roundCount: number;
  roundTripSeconds: number | undefined;
  lossRatio: number | undefined;
}

export const noAverages: LinkAverages = { roundCount: 0, roundTripSeconds: undefined, lossRatio: undefined };

/** The newest round weighs so much, once there are enough of them. */
const newestWeight = 0.1;

/** Rounds without an answer are an outage, or unknown: they say nothing about how good the link is. */
export function nextAverages(
  before: LinkAverages,
  round: { isUp: boolean; roundTripSeconds?: number; lossRatio: number | undefined },
): LinkAverages {
  if (!round.isUp) return before;
  const roundCount = before.roundCount + 1;
  const weight = Math.max(newestWeight, 1 / roundCount);
  return {
    roundCount,
    roundTripSeconds: blended(before.roundTripSeconds, round.roundTripSeconds, weight),
    lossRatio: blended(before.lossRatio, round.lossRatio, weight),
  };
}

function blended(known: number | undefined, newest: number | undefined, weight: number): number | undefined {
  if (known === undefined || newest === undefined) return newest ?? known;
  return known + weight * (newest - known);
}
