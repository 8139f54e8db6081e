import type { TSchema } from 'typebox';
import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportBackup } from '../../shared/report-schema.ts';
import type { HashCache } from './files/hash-cache.ts';
import type { RunTool } from './tools/run-tool.ts';
import type { SeenFiles } from './files/seen-files.ts';

/** What a source says about one backup or one look; the runner adds whose dataset it is. */
export type BackupClaim = Omit<ReportBackup, 'dataset' | 'source'>;

/** The free-form settings of a source as they stand in the agent's configuration. */
export type SourceSettings = NonNullable<BackupConfig['source']>;

export interface BackupDeps {
  /** The dataset that is looked for. */
  dataset: string;
  /** Folder of the agent's data. */
  dataFolder: string;
  /** Where tools keep what they remember; the same, except for the doctor, who leaves nothing behind. */
  cacheFolder: string;
  clock: Clock;
  logger: Logger;
  /** Knows or works out the SHA-256 of files, in the background. */
  hashes: HashCache;
  /** What earlier looks at this dataset saw; of each dataset its own. */
  seenFiles: SeenFiles;
  /** Runs a backup tool, without a shell and with limits. */
  run: RunTool;
  /** Remembers what was expensive to learn, in memory, of each dataset its own; a source keeps it small. */
  memory: Map<string, unknown>;
}

/** One thing that the doctor says of a source. A remedy makes it a problem. */
export interface Explanation {
  text: string;
  /** Exactly what to do. */
  remedy?: string;
}

/** At most so many claims come of one look. */
export const maxClaimsPerLook = 64;

/**
 * One way to learn about backups. `look` tells all that the source knows of the last backups, oldest first and the
 * newest last, at most 64; an agent that was away for a week tells of the whole week. When it looked and found none it
 * answers one claim `no-data`, when it could not look one `unknown`; it may throw, which the runner turns into
 * `unknown`. Saying a thing again does no harm: what did not change is not sent again.
 */
export interface BackupSource<Config> {
  /** Name in the configuration (`source.kind`) and in reports; the same as its file's name. */
  readonly kind: string;
  /** One sentence for help texts. */
  readonly docs: string;
  /** The shape of the settings. Loaded on demand: only the configuration checker may bring the schema library in. */
  config(): Promise<TSchema>;
  /** @throws AppError `invalid-source-settings` that names the setting and the remedy. */
  parse(settings: SourceSettings): Config;
  look(config: Config, deps: BackupDeps): Promise<BackupClaim[]>;
  /** What the doctor tells beside the newest claim: what was found, what cannot be read, and the exact remedy. */
  explain?(config: Config, deps: BackupDeps): Promise<Explanation[]>;
}
