import type { TSchema } from 'typebox';
import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportBackup } from '../../shared/report-schema.ts';
import type { HashCache } from './hash-cache.ts';
import type { SeenFiles } from './seen-files.ts';

/** What a source says about its newest backup; the runner adds whose dataset it is. */
export type BackupClaim = Omit<ReportBackup, 'dataset' | 'source'>;

/** The free-form settings of a source as they stand in the agent's configuration. */
export type SourceSettings = BackupConfig['source'];

export interface BackupDeps {
  clock: Clock;
  logger: Logger;
  /** Knows or works out the SHA-256 of files, in the background. */
  hashes: HashCache;
  /** What earlier looks at this dataset saw; of each dataset its own. */
  seenFiles: SeenFiles;
}

/**
 * One way to learn about backups. `latest` answers `no-data` when it looked and found none and `failed` when it could
 * not look; it may throw, which the runner turns into `failed`.
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
  latest(config: Config, deps: BackupDeps): Promise<BackupClaim>;
}
