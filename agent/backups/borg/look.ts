import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupClaim, BackupDeps, Explanation } from '../backup-source.ts';
import { askBorg, openBorg } from './access.ts';
import { itemsArguments, listArguments, parseArchives, parseItems } from './answers.ts';
import type { BorgConfig } from './settings.ts';
import { isReadableByAll } from '../tools/private-files.ts';
import { problemExplanation, ToolProblem } from '../tools/tool-problem.ts';
import { type RepositoryState, watchRepository } from '../tools/watch-repository.ts';

const lookWithinMs = 120_000;
const figuresWithinMs = 600_000;

export async function look(config: BorgConfig, deps: BackupDeps): Promise<BackupClaim[]> {
  return (await watch(config, deps)).claims;
}

async function watch(config: BorgConfig, deps: BackupDeps): Promise<RepositoryState> {
  const { repository, archivePrefix, lookEverySeconds } = config;
  const { run, cacheFolder, memory } = deps;
  const chosen = archivePrefix === undefined ? [] : [`--glob-archives=${archivePrefix}*`];
  return watchRepository(deps, {
    program: 'borg',
    lookEverySeconds,
    mark: await markOf(repository),
    busy: await lockOf(repository),
    async look() {
      const access = await openBorg(config, cacheFolder);
      const { stdout } = await askBorg(run, access, [...listArguments, ...chosen], lookWithinMs);
      const emptyReason = archivePrefix === undefined ? 'repository-empty' : 'no-archive-matches';
      const { claims, newestHost, names } = parseArchives(stdout, emptyReason);
      memory.set('newestHost', newestHost);
      memory.set('names', names);
      return claims;
    },
    async figures(objectId) {
      const access = await openBorg(config, cacheFolder);
      const name = (memory.get('names') as ReadonlyMap<string, string>).get(objectId) ?? objectId;
      return parseItems((await askBorg(run, access, itemsArguments(name), figuresWithinMs)).stdout);
    },
  });
}

/** Each commit of a local repository leaves an index with another number. */
async function markOf(repository: string): Promise<string | undefined> {
  if (!repository.startsWith('/')) return undefined;
  const names = await readdir(repository).catch((): string[] => []);
  return names.filter((name) => /^index\.\d+$/.test(name)).join(' ');
}

/**
 * A local repository is not read while borg writes in it: without the lock a reader may find it half-way between two
 * states and would try to repair it.
 */
async function lockOf(repository: string): Promise<ToolProblem | undefined> {
  if (!repository.startsWith('/')) return undefined;
  const since = await stat(join(repository, 'lock.exclusive')).catch(() => undefined);
  if (since === undefined) return undefined;
  return new ToolProblem(
    'repository-locked',
    `${repository} has been locked since ${since.mtime.toISOString()}`,
    'wait for the backup to end; when none runs, run "borg break-lock"',
  );
}

export async function explain(config: BorgConfig, deps: BackupDeps): Promise<Explanation[]> {
  const { claims, problem } = await watch(config, deps);
  const notes = await explainPassphraseFile(config);
  if (problem !== undefined) return [problemExplanation(problem), ...notes];
  const lock = await lockOf(config.repository);
  const locked = lock === undefined ? [] : [{ text: `${lock.message}: borg is at work there.` }];
  return [{ text: describe(config, claims, deps) }, ...locked, ...notes];
}

/** The address holds no password: borg's addresses have no place for one. */
function describe({ repository }: BorgConfig, claims: readonly BackupClaim[], { memory }: BackupDeps): string {
  const newest = claims.at(-1);
  if (newest === undefined || newest.outcome === 'no-data') {
    return `the borg repository at ${repository} holds no archive that is looked for.`;
  }
  const { repositoryId = '', objectName = '?', completedAt = '?' } = newest;
  const host = (memory.get('newestHost') as string | undefined) ?? 'an unnamed host';
  const count = `the newest ${claims.length} ${claims.length === 1 ? 'archive was' : 'archives were'} read`;
  return `borg repository ${repositoryId.slice(0, 10)} at ${repository}: ${count}; the newest is ${objectName} of ${host}, ${completedAt}.`;
}

async function explainPassphraseFile({ passphraseFile }: BorgConfig): Promise<Explanation[]> {
  if (passphraseFile === undefined || !(await isReadableByAll(passphraseFile))) return [];
  return [
    { text: `everybody on this machine may read ${passphraseFile}.`, remedy: `run "chmod o-rwx ${passphraseFile}".` },
  ];
}
