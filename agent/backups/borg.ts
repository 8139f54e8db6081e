import type { BackupSource } from './backup-source.ts';
import { parseBorgSettings, type BorgConfig } from './borg/settings.ts';

/** Only an agent that has such a dataset loads what looks: the others stay small. */
export const borgSource = {
  kind: 'borg' as const,
  docs: 'The archives of a borg repository, asked of borg itself: id, times, size and number of files of each.',
  config: async () => (await import('../../shared/backup-settings/sources/borg.schema.ts')).BorgSettingsSchema,
  parse: parseBorgSettings,
  look: async (config, deps) => (await import('./borg/look.ts')).look(config, deps),
  explain: async (config, deps) => (await import('./borg/look.ts')).explain(config, deps),
} satisfies BackupSource<BorgConfig>;
