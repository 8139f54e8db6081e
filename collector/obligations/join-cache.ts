import type { DatasetFacts } from '../facts/dataset-facts.ts';
import type { BackupView } from './rule.ts';
import { joinBackups, type JoinArrival, type JoinClaim, type JoinOptions } from './rules/backup/join.ts';
import { mergeRuns } from './rules/backup/merge-runs.ts';

/** What a join was made of, beside the claims; facts are replaced and never changed, so the same thing is the same. */
interface Ingredients {
  arrivals: readonly JoinArrival[];
  /** Everything else that the join depends on, in words. */
  options: string;
  madeAtMs: number;
}

const joins = new WeakMap<DatasetFacts, Ingredients & { backups: BackupView[] }>();

/** Time alone hardly changes a join; what it changes at a known moment is part of the question. */
const trustedForMs = 60_000;

/**
 * The backups of a dataset, joined anew only when something was learnt. A page of metrics asks for every dataset, and
 * comparing all claims with all arrivals costs a fifth of a millisecond each.
 * @param made asked for only when needed.
 * @param options `changesAtMs`: the next moment at which time alone changes the join.
 */
export function cachedJoin(
  claims: DatasetFacts,
  made: () => readonly JoinClaim[],
  arrivals: readonly JoinArrival[],
  options: JoinOptions & { changesAtMs: number | undefined },
): BackupView[] {
  const { nowMs, wholeUntilMs, arrivalWindowMs, isRestorable, changesAtMs } = options;
  const words = JSON.stringify([arrivalWindowMs, isRestorable, changesAtMs, ...wholeUntilMs]);
  const known = joins.get(claims);
  const ageMs = nowMs - (known?.madeAtMs ?? -Infinity);
  const isSame = known?.options === words && sameItems(known.arrivals, arrivals);
  if (known !== undefined && isSame && ageMs >= 0 && ageMs < trustedForMs) return known.backups;
  const backups = joinBackups(mergeRuns(made()), arrivals, options);
  joins.set(claims, { arrivals, options: words, madeAtMs: nowMs, backups });
  return backups;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
