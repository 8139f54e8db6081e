import { borgSource } from './borg.ts';
import { commandSource } from './command.ts';
import { filesSource } from './files.ts';
import { nagiosSource } from './nagios.ts';
import { pgbackrestSource } from './pgbackrest.ts';
import { resticSource } from './restic.ts';

/** Every backup source that the agent knows. A new one is one file and one line here. */
export const backupSources = [
  filesSource,
  resticSource,
  borgSource,
  pgbackrestSource,
  commandSource,
  nagiosSource,
] as const;

export type BackupSourceKind = (typeof backupSources)[number]['kind'];
