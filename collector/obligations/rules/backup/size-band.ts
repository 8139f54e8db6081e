/**
 * Whether a backup has a usual size. The first runs only teach. Then a size is usual within median ± k·MAD, and the
 * band is never narrower than 80 % to 150 % of the median, the rule of Veeam ONE: quiet datasets are judged by the
 * percentages, those that vary a lot by how much they vary. Every number is ours.
 */
export interface SizeParams {
  /** So many earlier sizes are needed before anything is unusual. */
  learnCount: number;
  /** Of the earlier sizes the newest so many count. */
  recentCount: number;
  /** k of median ± k·MAD. */
  madFactor: number;
  lowRatio: number;
  highRatio: number;
}

export interface SizeBand {
  medianBytes: number;
  leastBytes: number;
  mostBytes: number;
}

/** @param earlierBytes sizes of earlier backups, the newest first. @returns undefined while there are too few. */
export function sizeBand(earlierBytes: readonly number[], params: SizeParams): SizeBand | undefined {
  const recent = earlierBytes.slice(0, params.recentCount);
  if (recent.length < params.learnCount || recent.length === 0) return undefined;
  const medianBytes = medianOf(recent);
  const spreadBytes = params.madFactor * medianOf(recent.map((each) => Math.abs(each - medianBytes)));
  return {
    medianBytes,
    leastBytes: Math.min(medianBytes * params.lowRatio, medianBytes - spreadBytes),
    mostBytes: Math.max(medianBytes * params.highRatio, medianBytes + spreadBytes),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
