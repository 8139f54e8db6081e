/** Quantiles of very many durations in little memory, to within 2 percent. */
export interface LatencyHistogram {
  add(durationMs: number): void;
  /** @param ratio 0.99 for the value that 99 % do not exceed. @returns undefined when nothing was added. */
  quantileMs(ratio: number): number | undefined;
  readonly maxMs: number;
  clear(): void;
}

const growth = 1.02;
const smallestMs = 0.05;

export function createLatencyHistogram(): LatencyHistogram {
  const counts: number[] = [];
  let totalCount = 0;
  let maxMs = 0;
  return {
    add(durationMs) {
      const bucket = Math.max(0, Math.ceil(Math.log(durationMs / smallestMs) / Math.log(growth)));
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      totalCount += 1;
      maxMs = Math.max(maxMs, durationMs);
    },
    quantileMs(ratio) {
      const wanted = Math.ceil(totalCount * ratio);
      let seen = 0;
      for (let bucket = 0; bucket < counts.length; bucket++) {
        seen += counts[bucket] ?? 0;
        if (seen >= wanted && seen > 0) return Math.min(maxMs, smallestMs * growth ** bucket);
      }
      return undefined;
    },
    get maxMs() {
      return maxMs;
    },
    clear() {
      counts.length = 0;
      totalCount = 0;
      maxMs = 0;
    },
  };
}
