import { join } from 'node:path';
import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportBackup } from '../../shared/report-schema.ts';
import { cleanReason } from '../sensors/clean-text.ts';
import type { BackupClaim, BackupDeps, BackupSource, SourceSettings } from './backup-source.ts';
import { createHashCache } from './hash-cache.ts';
import { backupSources } from './registry.ts';
import { createSeenFiles, type SeenFiles } from './seen-files.ts';

export interface BackupRunnerOptions {
  /** Folder of the agent's data; the hashes of files are remembered in it. */
  dataFolder: string;
  logger: Logger;
  clock: Clock;
  /** How often everything is said again, so that a lost report repairs itself; one hour unless told. */
  restateEveryMs?: number;
  /** How long one source may take; 30 seconds unless told. */
  answerWithinMs?: number;
  sources?: readonly Pick<BackupSource<unknown>, 'kind' | 'parse' | 'latest'>[];
}

export interface BackupRunner {
  /** Claims that changed since they were last returned; all of them in the first call and once an hour. Never throws. */
  run(configs: readonly BackupConfig[]): Promise<ReportBackup[]>;
  /** Waits until all hashes that were asked for are known or given up. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Sources that hang (a dead file server) each hold one of Node's four file threads; more may not. */
const maxHanging = 2;

export function createBackupRunner(options: BackupRunnerOptions): BackupRunner {
  const { clock, logger, restateEveryMs = 3_600_000, answerWithinMs = 30_000 } = options;
  const sources: NonNullable<BackupRunnerOptions['sources']> = options.sources ?? backupSources.map(erase);
  const hashes = createHashCache({ filePath: join(options.dataFolder, 'backup-hashes.json'), logger, clock });
  const seenFiles = new Map<string, SeenFiles>();
  const hanging = new Set<string>();
  let said = new Map<string, string>();
  let saidAllAtMs = -Infinity;

  const claimOf = async (config: BackupConfig): Promise<BackupClaim> => {
    const key = keyOf(config);
    const source = sources.find(({ kind }) => kind === config.source.kind);
    if (source === undefined) return failed(unknownKind(config.source, sources));
    if (hanging.has(key)) return failed('still-running: the source has not answered since an earlier round');
    if (hanging.size >= maxHanging) return failed('not looked: other backup folders do not answer');
    hanging.add(key);
    const seen = seenFiles.get(key) ?? createSeenFiles();
    seenFiles.set(key, seen);
    const answer = ask(source, config.source, { clock, logger, hashes, seenFiles: seen }).finally(() =>
      hanging.delete(key),
    );
    return withinTime(answer, answerWithinMs);
  };

  return {
    async run(configs) {
      const nowMs = clock.monotonicMs();
      const sayAll = nowMs - saidAllAtMs >= restateEveryMs;
      if (sayAll) saidAllAtMs = nowMs;
      const saidNow = new Map<string, string>();
      const rows: ReportBackup[] = [];
      for (const config of configs) {
        const row: ReportBackup = { dataset: config.dataset, source: config.source.kind, ...(await claimOf(config)) };
        const key = keyOf(config);
        const text = JSON.stringify(row);
        if (sayAll || said.get(key) !== text) rows.push(row);
        saidNow.set(key, text);
      }
      said = saidNow;
      for (const key of seenFiles.keys()) if (!saidNow.has(key)) seenFiles.delete(key);
      return rows;
    },
    settled: () => hashes.settled(),
    close: () => hashes.close(),
  };
}

type AnySource = NonNullable<BackupRunnerOptions['sources']>[number];

/** `parse` makes exactly what `latest` takes, so the pair is safe without knowing the type in between. */
function erase<Config>(source: BackupSource<Config>): AnySource {
  return {
    kind: source.kind,
    parse: (settings) => source.parse(settings),
    latest: (config, deps) => source.latest(config as Config, deps),
  };
}

async function ask(source: AnySource, settings: SourceSettings, deps: BackupDeps): Promise<BackupClaim> {
  try {
    return await source.latest(source.parse(settings), deps);
  } catch (error) {
    return failed(messageOf(error));
  }
}

async function withinTime(answer: Promise<BackupClaim>, timeoutMs: number): Promise<BackupClaim> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<BackupClaim>((resolve) => {
    timer = setTimeout(() => resolve(failed(`timeout: no answer within ${timeoutMs / 1000} seconds`)), timeoutMs);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

function unknownKind({ kind }: SourceSettings, sources: readonly AnySource[]): string {
  return `unknown source kind "${kind}"; known: ${sources.map((source) => source.kind).join(', ')}`;
}

function failed(reason: string): BackupClaim {
  return { outcome: 'failed', reason: cleanReason(reason) };
}

function keyOf({ dataset, source }: BackupConfig): string {
  return `${dataset} ${JSON.stringify(source)}`;
}
