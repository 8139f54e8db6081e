import { join } from 'node:path';
import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportBackup } from '../../shared/report-schema.ts';
import { toolEnvironment } from '../config/settings.ts';
import { type AnySource, eraseSource, explainWith, lookWith, unknownClaim, withinTime } from './ask-source.ts';
import type { BackupClaim, BackupDeps, BackupSource, Explanation, SourceSettings } from './backup-source.ts';
import { commandSource } from './command.ts';
import { createHashCache, type HashCache } from './files/hash-cache.ts';
import { backupSources } from './registry.ts';
import { createRunTool, type RunTool } from './tools/run-tool.ts';
import { createWrappedRuns, datasetsBeside } from './runs/wrapped-runs.ts';
import { createSaidClaims } from './said-claims.ts';
import { createSeenFiles } from './files/seen-files.ts';

export interface BackupRunnerOptions {
  /** Folder of the agent's data, where commands leave what they have to tell. */
  dataFolder: string;
  /** Where the hashes of files and what the tools keep are remembered; the data folder unless told. */
  cacheFolder?: string;
  logger: Logger;
  clock: Clock;
  /** How often everything is said again, so that a lost report repairs itself; one hour unless told. */
  restateEveryMs?: number;
  /** How long one source may take; 30 seconds unless told. */
  answerWithinMs?: number;
  sources?: readonly AnySource[];
  run?: RunTool;
}

export interface BackupRunner {
  /**
   * Claims that changed since they were last returned: in the first call all of them, once an hour the newest of each
   * dataset as well. Never throws.
   */
  run(configs: readonly BackupConfig[]): Promise<ReportBackup[]>;
  /** What the source of a dataset says besides, for the doctor; right after `run` it costs no second look. */
  explain(config: BackupConfig): Promise<Explanation[]>;
  /** Waits until all hashes that were asked for are known or given up. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Sources that hang (a dead file server) each hold one of Node's four file threads; more may not. */
const maxHanging = 2;

export function createBackupRunner(options: BackupRunnerOptions): BackupRunner {
  const { clock, logger, dataFolder, cacheFolder = dataFolder, restateEveryMs = 3_600_000 } = options;
  const hashes = createHashCache({ filePath: join(cacheFolder, 'backup-hashes.json'), logger, clock });
  const asker = createAsker(options, hashes);
  const wrappedRuns = createWrappedRuns(dataFolder, clock);
  const said = createSaidClaims(restateEveryMs);
  return {
    async run(configs) {
      const round = said.round(clock.monotonicMs());
      const rows: ReportBackup[] = [];
      for (const { dataset, source } of configs) {
        if (source === undefined) continue;
        const whose = { key: keyOf(dataset, source), dataset, source: source.kind };
        rows.push(...round.news(whose, await asker.look(dataset, source)));
      }
      for (const dataset of datasetsBeside(configs, commandSource.kind)) {
        const whose = { key: `runs ${dataset}`, dataset, source: commandSource.kind };
        rows.push(...round.news(whose, wrappedRuns.look(dataset)));
      }
      round.end();
      asker.forgetUnless((key) => round.has(key));
      return rows;
    },
    explain: async ({ dataset, source }) => (source === undefined ? [] : asker.explain(dataset, source)),
    settled: () => hashes.settled(),
    close: () => hashes.close(),
  };
}

/** Asks sources, each with a memory of its own, and none that still owes an answer. */
function createAsker(options: BackupRunnerOptions, hashes: HashCache) {
  const { clock, logger, dataFolder, cacheFolder = dataFolder, answerWithinMs = 30_000 } = options;
  const {
    sources = (backupSources as readonly BackupSource<unknown>[]).map(eraseSource),
    run = createRunTool(toolEnvironment()),
  } = options;
  const memories = new Map<string, Memory>();
  const hanging = new Set<string>();

  const depsOf = (dataset: string, key: string): BackupDeps => {
    const memory = memories.get(key) ?? { seenFiles: createSeenFiles(), memory: new Map<string, unknown>() };
    memories.set(key, memory);
    return { dataset, dataFolder, cacheFolder, clock, logger, hashes, run, ...memory };
  };

  return {
    async look(dataset: string, settings: SourceSettings): Promise<BackupClaim[]> {
      const key = keyOf(dataset, settings);
      const source = sources.find(({ kind }) => kind === settings.kind);
      if (source === undefined) return [unknownClaim(unknownKind(settings, sources))];
      if (hanging.has(key)) return [unknownClaim('still-running: the source has not answered since an earlier round')];
      if (hanging.size >= maxHanging) return [unknownClaim('not looked: other backup folders do not answer')];
      hanging.add(key);
      const answer = lookWith(source, settings, depsOf(dataset, key)).finally(() => hanging.delete(key));
      const late = [unknownClaim(`timeout: no answer within ${answerWithinMs / 1000} seconds`)];
      return withinTime(answer, { timeoutMs: answerWithinMs, late });
    },
    async explain(dataset: string, settings: SourceSettings): Promise<Explanation[]> {
      const key = keyOf(dataset, settings);
      const source = sources.find(({ kind }) => kind === settings.kind);
      // What hangs was told of by the look.
      if (source === undefined || hanging.has(key)) return [];
      const answer = explainWith(source, settings, depsOf(dataset, key));
      return withinTime(answer, { timeoutMs: answerWithinMs, late: [] });
    },
    forgetUnless(isKept: (key: string) => boolean): void {
      for (const key of memories.keys()) if (!isKept(key)) memories.delete(key);
    },
  };
}

type Memory = Pick<BackupDeps, 'seenFiles' | 'memory'>;

function unknownKind({ kind }: SourceSettings, sources: readonly AnySource[]): string {
  return `unknown source kind "${kind}"; known: ${sources.map((source) => source.kind).join(', ')}`;
}

function keyOf(dataset: string, settings: SourceSettings): string {
  return `${dataset} ${JSON.stringify(settings)}`;
}
