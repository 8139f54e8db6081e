import type { BackupConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import { cleanReason } from '../../sensors/clean-text.ts';
import type { BackupClaim } from '../backup-source.ts';
import { journalClaims } from './journal-claims.ts';

/**
 * The runs of `pantau-agent backup-run` for datasets whose own source is another: restic says which snapshots there are,
 * the wrapper says that a run has failed, or goes on right now. Nothing for a dataset that it was never used for.
 */
export interface WrappedRuns {
  look(dataset: string): BackupClaim[];
}

export function createWrappedRuns(dataFolder: string, clock: Clock): WrappedRuns {
  const memories = new Map<string, Map<string, unknown>>();
  return {
    look(dataset) {
      const memory = memories.get(dataset) ?? new Map<string, unknown>();
      memories.set(dataset, memory);
      try {
        return journalClaims(dataFolder, dataset, { memory, nowMs: clock.nowMs() });
      } catch (error) {
        return [
          { outcome: 'unknown', reason: cleanReason(`the runs written down cannot be read: ${messageOf(error)}`) },
        ];
      }
    },
  };
}

/** Each dataset once that has no source of that kind itself. */
export function datasetsBeside(configs: readonly BackupConfig[], kind: string): string[] {
  const own = new Set(configs.filter(({ source }) => source?.kind === kind).map(({ dataset }) => dataset));
  return [...new Set(configs.map(({ dataset }) => dataset))].filter((dataset) => !own.has(dataset));
}
