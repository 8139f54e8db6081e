import type { BackupClaim, BackupDeps, BackupSource, Explanation, SourceSettings } from './backup-source.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { cleanReason } from '../sensors/clean-text.ts';
import { describeRun } from './runs/describe-run.ts';
import { journalClaims, journalRuns } from './runs/journal-claims.ts';

/** It has no settings: everything is said by the runs themselves. */
export type CommandConfig = Readonly<Record<string, never>>;

export const commandSource = {
  kind: 'command' as const,
  docs: 'What "pantau-agent backup-run" saw of a backup command: its exit code, times and, when it failed, last lines.',
  config: async () => (await import('../../shared/backup-settings/sources/command.schema.ts')).CommandSettingsSchema,
  parse: parseCommandSettings,
  look: async (_config, deps) => look(deps),
  explain: async (_config, deps) => [explainRuns(deps)],
} satisfies BackupSource<CommandConfig>;

/** @throws AppError `invalid-source-settings`. */
export function parseCommandSettings({ kind: _, ...others }: SourceSettings): CommandConfig {
  const [other] = Object.keys(others);
  if (other === undefined) return {};
  throw new AppError(
    'invalid-source-settings',
    `source.${other} is not a setting of the source "command"; it has none`,
    {
      field: `/source/${other}`,
    },
  );
}

function look({ dataFolder, dataset, memory, clock }: BackupDeps): BackupClaim[] {
  try {
    const claims = journalClaims(dataFolder, dataset, { memory, nowMs: clock.nowMs() });
    return claims.length === 0 ? [{ outcome: 'no-data', reason: 'never-started' }] : claims;
  } catch (error) {
    return [{ outcome: 'unknown', reason: cleanReason(unreadable(error)) }];
  }
}

function explainRuns({ dataFolder, dataset }: BackupDeps): Explanation {
  try {
    const runs = journalRuns(dataFolder, dataset);
    const newest = runs.at(-1);
    if (newest !== undefined)
      return { text: `${runs.length} runs are written down; the newest ${describeRun(newest)}.` };
    return {
      text: 'no run has been written down yet.',
      remedy: `let the backup job call "pantau-agent backup-run --dataset ${dataset} -- COMMAND", as root or as the agent's user`,
    };
  } catch (error) {
    return { text: `${unreadable(error)}.`, remedy: `let the agent's user read the folder runs in ${dataFolder}` };
  }
}

function unreadable(error: unknown): string {
  return `the runs that backup-run wrote down cannot be read: ${messageOf(error)}`;
}
