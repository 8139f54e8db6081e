import { filesSource } from './files.ts';

/** Every backup source that the agent knows. A new one is one file and one line here. */
export const backupSources = [filesSource] as const;

export type BackupSourceKind = (typeof backupSources)[number]['kind'];
