import type { ReportBackup } from '../../shared/report-schema.ts';
import { type BackupClaim, maxClaimsPerLook } from './backup-source.ts';

/** Remembers what was reported, so that only what is new goes out: after a start everything, each hour the newest. */
export interface SaidClaims {
  round(nowMs: number): SaidRound;
}

export interface SaidRound {
  /** @param claims oldest first. @returns those that are to be reported now. */
  news(whose: { key: string; dataset: string; source: string }, claims: readonly BackupClaim[]): ReportBackup[];
  has(key: string): boolean;
  /** What this round did not name is forgotten. */
  end(): void;
}

/** @param restateEveryMs how often the newest claims are said again, so that a lost report repairs itself. */
export function createSaidClaims(restateEveryMs: number): SaidClaims {
  let before = new Map<string, ReadonlySet<string>>();
  let saidAllAtMs = -Infinity;
  return {
    round(nowMs) {
      const sayAll = nowMs - saidAllAtMs >= restateEveryMs;
      if (sayAll) saidAllAtMs = nowMs;
      const now = new Map<string, ReadonlySet<string>>();
      return {
        news({ key, dataset, source }, claims) {
          const rows = claims.slice(-maxClaimsPerLook).map((claim): ReportBackup => ({ dataset, source, ...claim }));
          const texts = rows.map((row) => JSON.stringify(row));
          now.set(key, new Set(texts));
          const said = before.get(key);
          return rows.filter((_, index) => !said?.has(texts[index] ?? '') || (sayAll && index === rows.length - 1));
        },
        has: (key) => now.has(key),
        end: () => void (before = now),
      };
    },
  };
}
