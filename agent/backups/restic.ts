import type { BackupSource } from './backup-source.ts';
import { parseResticSettings, type ResticConfig } from './restic/settings.ts';

/** Only an agent that has such a dataset loads what looks: the others stay small. */
export const resticSource = {
  kind: 'restic' as const,
  docs: 'The snapshots of a restic repository, asked of restic itself: id, time and size of each.',
  config: async () => (await import('../../shared/backup-settings/sources/restic.schema.ts')).ResticSettingsSchema,
  parse: parseResticSettings,
  look: async (config, deps) => (await import('./restic/look.ts')).look(config, deps),
  explain: async (config, deps) => (await import('./restic/look.ts')).explain(config, deps),
} satisfies BackupSource<ResticConfig>;
