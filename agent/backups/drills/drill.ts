import type { TSchema } from 'typebox';
import type { BackupConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { SourceSettings } from '../backup-source.ts';
import type { Tally } from '../restoring/tally.ts';
import type { RunProgram, StartProgram } from '../restoring/start-program.ts';

/** The free-form settings of a restore test as they stand in the agent's configuration. */
export type DrillSettings = NonNullable<BackupConfig['restoreTest']>;

/** What every drill understands; each kind's schema holds these and its own. */
export interface CommonSettings {
  kind: string;
  maxSeconds?: number;
  maxBytes?: number;
  minFiles?: number;
  minBytes?: number;
  mustContain?: string;
}

export interface DrillDeps {
  dataset: string;
  /** Folder of the agent's data. */
  dataFolder: string;
  /** Settings of the dataset's own backup source; undefined when this agent has none to look at. */
  source: SourceSettings | undefined;
  /** Private and empty at first. What comes back goes in here and nowhere else; it is removed afterwards. */
  folder: string;
  clock: Clock;
  /** PATH and HOME of the tools. */
  environment: Readonly<Record<string, string>>;
  /** Ends when the time or the space that the drill may use is spent, or somebody stops it. */
  signal: AbortSignal;
  /** Counts what came back, or what is known to be in the backup. */
  tally: Tally;
  /** Runs a program in the folder to its end, within the drill's limits. */
  run: RunProgram;
  start: StartProgram;
  /** Tells whoever waits what happens now, in a sentence. */
  say: (sentence: string) => void;
  /** @throws AppError `space-limit` or `no-space` when so much cannot be restored here. */
  requireSpace: (sizeBytes: number) => void;
  /** Tells which backup it is that is tried, as soon as that is known. */
  identify: (backup: BackupIdentity) => void;
}

/** As in the reports. */
export interface BackupIdentity {
  objectName?: string;
  objectId?: string;
}

/**
 * One way to try whether a backup can be brought back. It throws an AppError whose code and sentence say what was
 * wrong; that the backup is missing counts as wrong. Time, space, cleaning up, counting against `minFiles`,
 * `minBytes` and `mustContain`, and the record are the runner's (restoring/run-restore-test.ts).
 */
export interface Drill<Settings extends CommonSettings> {
  /** Name in the configuration (`restoreTest.kind`) and in reports; the same as its file's name. */
  readonly kind: string;
  /** One sentence for help texts. */
  readonly docs: string;
  /** What `minFiles` and the figures count. */
  readonly counts: 'files' | 'entries' | 'tables';
  /**
   * It starts a server of its own. Started by root, its programs run as the user `nobody`, and the folder lies where
   * that user can reach it and a socket's name is short enough.
   */
  readonly runsServer?: boolean;
  /** Unless `minFiles` and `minBytes` say otherwise, it is fine when nothing is found in the folder afterwards. */
  readonly mayLeaveNothing?: boolean;
  /** The shape of the settings. Loaded on demand. */
  config(): Promise<TSchema>;
  /** What the settings lack together with those of the dataset's source: a field and a sentence. */
  problem?(settings: Settings, source: SourceSettings | undefined): string | undefined;
  /** @returns what was compared, one sentence each. */
  run(settings: Settings, deps: DrillDeps): Promise<string[]>;
}
