import type { TSchema } from 'typebox';
import { ArchiveDrillSchema } from './drills/archive.schema.ts';
import { BorgDrillSchema } from './drills/borg.schema.ts';
import { CommandDrillSchema } from './drills/command.schema.ts';
import { PgListDrillSchema } from './drills/pg-list.schema.ts';
import { PostgresDrillSchema } from './drills/postgres.schema.ts';
import { ResticDrillSchema } from './drills/restic.schema.ts';
import { BorgSettingsSchema } from './sources/borg.schema.ts';
import { CommandSettingsSchema } from './sources/command.schema.ts';
import { FilesSettingsSchema } from './sources/files.schema.ts';
import { NagiosSettingsSchema } from './sources/nagios.schema.ts';
import { PgbackrestSettingsSchema } from './sources/pgbackrest.schema.ts';
import { ResticSettingsSchema } from './sources/restic.schema.ts';

/** Settings of the backup sources that an agent looks at, by kind: what its registry knows, for the collector. */
export const sourceSettings: Readonly<Record<string, TSchema>> = {
  files: FilesSettingsSchema,
  restic: ResticSettingsSchema,
  borg: BorgSettingsSchema,
  pgbackrest: PgbackrestSettingsSchema,
  command: CommandSettingsSchema,
  nagios: NagiosSettingsSchema,
};

/** Settings of the restore tests that an agent runs, by kind. */
export const drillSettings: Readonly<Record<string, TSchema>> = {
  restic: ResticDrillSchema,
  borg: BorgDrillSchema,
  archive: ArchiveDrillSchema,
  'pg-list': PgListDrillSchema,
  postgres: PostgresDrillSchema,
  command: CommandDrillSchema,
};
