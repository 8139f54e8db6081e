/**
 * The last rounds of a link, the newest in the lowest bit: 1 answered, 0 silent. Rounds that found nothing out are not
 * in it.
 */
export interface RoundHistory {
  bits: number;
  count: number;
}

/** So many rounds are remembered. */
const historyRounds = 20;
/** A link that changed so often within them is unstable: two outages and a half. */
const changesUntilUnstable = 5;
/** It is quiet again after so many like rounds. */
export const roundsUntilQuiet = 8;

export const noHistory: RoundHistory = { bits: 0, count: 0 };

export function withRound({ bits, count }: RoundHistory, isUp: boolean): RoundHistory {
  const mask = 2 ** historyRounds - 1;
  return { bits: ((bits << 1) | (isUp ? 1 : 0)) & mask, count: Math.min(historyRounds, count + 1) };
}

/** How often the link went from answering to silent or back. */
export function changeCount({ bits, count }: RoundHistory): number {
  const differing = (bits ^ (bits >> 1)) & (2 ** Math.max(0, count - 1) - 1);
  let total = 0;
  for (let rest = differing; rest !== 0; rest &= rest - 1) total += 1;
  return total;
}

function isQuiet({ bits, count }: RoundHistory): boolean {
  const mask = 2 ** roundsUntilQuiet - 1;
  const last = bits & mask;
  return count >= roundsUntilQuiet && (last === 0 || last === mask);
}

/** Whether the link goes to and fro, with hysteresis; what was before it became quiet is forgotten. */
export function judgeHistory(
  history: RoundHistory,
  wasUnstable: boolean,
): { unstable: boolean; history: RoundHistory } {
  if (!wasUnstable) return { unstable: changeCount(history) >= changesUntilUnstable, history };
  if (!isQuiet(history)) return { unstable: true, history };
  return { unstable: false, history: { bits: history.bits & (2 ** roundsUntilQuiet - 1), count: roundsUntilQuiet } };
}
