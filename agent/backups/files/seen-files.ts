import type { FileVersion } from './hash-cache.ts';

/** When a file counts as complete. Either is enough. */
export interface SettleRule {
  /** Its time of change lies at least this far back. */
  settledAfterMs: number;
  /** Earlier looks, the last one included, saw the same size and time for at least this long; 0 means two looks. */
  watchedForMs: number;
}

export interface Look {
  isSettled(file: FileVersion): boolean;
  /** Whether a file was asked about that is not settled. */
  hasUnsettled(): boolean;
  /** Forgets the files that this look did not ask about. A look that failed half-way does not end. */
  end(): void;
}

/** What the looks at one dataset saw of files too young to be complete for certain. Kept in memory only. */
export interface SeenFiles {
  look(rule: SettleRule, now: { nowMs: number; monotonicMs: number }): Look;
}

interface Seen {
  sizeBytes: number;
  modifiedAtNs: bigint;
  sinceMs: number;
}

export function createSeenFiles(): SeenFiles {
  let before = new Map<string, Seen>();
  return {
    look({ settledAfterMs, watchedForMs }, { nowMs, monotonicMs }) {
      const seen = new Map<string, Seen>();
      let hasUnsettled = false;
      const settledUntilNs = BigInt(Math.floor(nowMs - settledAfterMs)) * 1_000_000n;
      return {
        isSettled({ path, sizeBytes, modifiedAtNs }) {
          if (modifiedAtNs <= settledUntilNs) return true;
          const last = before.get(path);
          const isSame = last?.sizeBytes === sizeBytes && last.modifiedAtNs === modifiedAtNs;
          const sinceMs = isSame ? last.sinceMs : monotonicMs;
          seen.set(path, { sizeBytes, modifiedAtNs, sinceMs });
          if (isSame && monotonicMs - sinceMs >= watchedForMs) return true;
          hasUnsettled = true;
          return false;
        },
        hasUnsettled: () => hasUnsettled,
        end: () => void (before = seen),
      };
    },
  };
}
