import type { BackupSource } from './backup-source.ts';
import { parsePgbackrestSettings, type PgbackrestConfig } from './pgbackrest/settings.ts';

/** Only an agent that has such a dataset loads what looks: the others stay small. */
export const pgbackrestSource = {
  kind: 'pgbackrest' as const,
  docs: 'The backups of a pgBackRest stanza, asked of pgBackRest itself: label, times and size of each.',
  config: async () =>
    (await import('../../shared/backup-settings/sources/pgbackrest.schema.ts')).PgbackrestSettingsSchema,
  parse: parsePgbackrestSettings,
  look: async (config, deps) => (await import('./pgbackrest/look.ts')).look(config, deps),
  explain: async (config, deps) => (await import('./pgbackrest/look.ts')).explain(config, deps),
} satisfies BackupSource<PgbackrestConfig>;
