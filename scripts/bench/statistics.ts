/** The middle of repeated measurements and how far they lie apart. */
export interface Spread {
  median: number;
  min: number;
  max: number;
  /** How many measurements there were. */
  count: number;
}

/** @throws RangeError when there is nothing to look at. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError('A spread needs at least one value.');
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? max;
  const lower = sorted[Math.ceil(middle) - 1] ?? min;
  return { median: (lower + upper) / 2, min, max, count: sorted.length };
}

/** A single measurement. */
export function single(value: number): Spread {
  return spreadOf([value]);
}

/** Ratios of measurements that belong together: those of the same round. @throws RangeError when the counts differ. */
export function ratioSpread(values: readonly number[], floors: readonly number[]): Spread {
  if (values.length !== floors.length) throw new RangeError('Ratios need as many floors as values.');
  return spreadOf(values.map((value, round) => value / (floors[round] ?? Number.NaN)));
}

/**
 * The smallest value that at least this share of all values does not exceed (nearest rank).
 * @throws RangeError when there is nothing to look at.
 */
export function quantile(values: readonly number[], ratio: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)];
  if (found === undefined) throw new RangeError('A quantile needs at least one value.');
  return found;
}
