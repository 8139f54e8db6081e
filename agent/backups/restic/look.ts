import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupClaim, BackupDeps, Explanation } from '../backup-source.ts';
import { isReadableByAll } from '../tools/private-files.ts';
import { askRestic, openRestic, type ResticAccess } from './access.ts';
import { parseRepositoryId, parseSnapshots, parseStats, snapshotsArguments } from './answers.ts';
import type { ResticConfig } from './settings.ts';
import { problemExplanation, toolProblemOf } from '../tools/tool-problem.ts';
import { type RepositoryState, watchRepository } from '../tools/watch-repository.ts';

const lookWithinMs = 120_000;
/** A restic that works says so every five minutes. */
const staleLockAfterMs = 1_800_000;

export async function look(config: ResticConfig, deps: BackupDeps): Promise<BackupClaim[]> {
  return (await watch(config, deps)).claims;
}

async function watch(config: ResticConfig, deps: BackupDeps): Promise<RepositoryState> {
  const { run, memory, cacheFolder } = deps;
  return watchRepository(deps, {
    program: 'restic',
    lookEverySeconds: config.lookEverySeconds,
    mark: await markOf(config),
    async look() {
      const access = await openRestic(config, cacheFolder);
      const args = [...snapshotsArguments, ...config.filters];
      const { stdout } = await askRestic(run, access, args, lookWithinMs);
      const emptyReason = config.filters.length === 0 ? 'repository-empty' : 'no-snapshot-matches';
      const { claims, newestHost } = parseSnapshots(stdout, emptyReason);
      memory.set('newestHost', newestHost);
      if (claims.every(({ objectId }) => objectId === undefined)) return claims;
      const repositoryId = await repositoryIdOf(deps, access, claims);
      return claims.map((claim) => ({ ...claim, repositoryId }));
    },
    async figures(objectId) {
      const access = await openRestic(config, cacheFolder);
      const args = ['stats', '--json', '--mode=restore-size', objectId];
      return parseStats((await askRestic(run, access, args, 600_000)).stdout);
    },
  });
}

interface KnownRepository {
  id: string;
  /** What was in it at the last look. */
  snapshotIds: ReadonlySet<string | undefined>;
}

/**
 * Costs a process and its key derivation, so it is asked once; and again when nothing is left of what was there, because
 * then somebody may have made the repository anew.
 */
async function repositoryIdOf(
  { run, memory }: BackupDeps,
  access: ResticAccess,
  claims: readonly BackupClaim[],
): Promise<string> {
  const known = memory.get('knownRepository') as KnownRepository | undefined;
  const isSame = claims.some(({ objectId }) => known?.snapshotIds.has(objectId) === true);
  const id =
    known !== undefined && isSame
      ? known.id
      : parseRepositoryId((await askRestic(run, access, ['cat', 'config'], lookWithinMs)).stdout);
  const snapshotIds = new Set(claims.map(({ objectId }) => objectId));
  memory.set('knownRepository', { id, snapshotIds } satisfies KnownRepository);
  return id;
}

/** Each new or forgotten snapshot changes the folder of snapshots. */
async function markOf({ repository = '' }: ResticConfig): Promise<string | undefined> {
  const folder = repository.replace(/^local:/, '');
  if (!folder.startsWith('/')) return undefined;
  try {
    return String((await stat(join(folder, 'snapshots'), { bigint: true })).mtimeNs);
  } catch {
    return undefined;
  }
}

export async function explain(config: ResticConfig, deps: BackupDeps): Promise<Explanation[]> {
  const { claims, problem } = await watch(config, deps);
  const passwordNotes = await explainPasswordFile(config);
  if (problem !== undefined) return [problemExplanation(problem), ...passwordNotes];
  try {
    const access = await openRestic(config, deps.cacheFolder);
    const locks = await explainLocks(access, deps);
    return [{ text: await describe(access, claims, deps) }, ...explainSummary(claims), ...locks, ...passwordNotes];
  } catch (error) {
    return [problemExplanation(toolProblemOf(error, 'restic'))];
  }
}

async function describe(
  { shownRepository, localFolder }: ResticAccess,
  claims: readonly BackupClaim[],
  { memory }: BackupDeps,
): Promise<string> {
  const newest = claims.at(-1);
  if (newest?.repositoryId === undefined) return `${shownRepository} holds no snapshot that is looked for.`;
  const total = localFolder === undefined ? undefined : (await namesIn(join(localFolder, 'snapshots'))).length;
  const count = total === undefined ? `the newest ${claims.length} snapshots were read` : `${total} snapshots in all`;
  const host = memory.get('newestHost') as string | undefined;
  const where = `restic repository ${newest.repositoryId.slice(0, 10)} at ${shownRepository}`;
  return `${where}: ${count}; the newest that counts is ${newest.objectName ?? '?'} of ${host ?? 'an unnamed host'}, ${newest.completedAt ?? '?'}.`;
}

function explainSummary(claims: readonly BackupClaim[]): Explanation[] {
  const newest = claims.at(-1);
  if (newest?.startedAt === undefined || newest.startedAt !== newest.completedAt) return [];
  return [
    { text: 'this restic keeps no summary: the start of a backup stands for its end. Since 0.17 it keeps both.' },
  ];
}

async function explainLocks({ localFolder }: ResticAccess, { clock }: BackupDeps): Promise<Explanation[]> {
  if (localFolder === undefined) return [];
  const folder = join(localFolder, 'locks');
  const times = await Promise.all(
    (await namesIn(folder)).slice(0, 100).map((name) => stat(join(folder, name)).then(({ mtimeMs }) => mtimeMs, never)),
  );
  const newestMs = Math.max(...times);
  if (newestMs === -Infinity) return [];
  const since = new Date(newestMs).toISOString();
  if (clock.nowMs() - newestMs < staleLockAfterMs) {
    return [{ text: `the repository is locked, last confirmed ${since}: restic is at work there.` }];
  }
  return [
    {
      text: `the repository has been locked since ${since}, and nothing has confirmed the lock for 30 minutes.`,
      remedy: 'when no backup runs, run "restic unlock"; until then a prune or check may not start.',
    },
  ];
}

async function explainPasswordFile({ passwordFile }: ResticConfig): Promise<Explanation[]> {
  if (passwordFile === undefined || !(await isReadableByAll(passwordFile))) return [];
  return [
    { text: `everybody on this machine may read ${passwordFile}.`, remedy: `run "chmod o-rwx ${passwordFile}".` },
  ];
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

const never = () => -Infinity;
