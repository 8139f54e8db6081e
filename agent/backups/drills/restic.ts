import { AppError, messageOf } from '../../../shared/errors.ts';
import type { SourceSettings } from '../backup-source.ts';
import { askRestic, openRestic, type ResticAccess } from '../restic/access.ts';
import { parseSnapshots, parseStats, snapshotsArguments } from '../restic/answers.ts';
import { resticProblem } from '../restic/problems.ts';
import { parseResticSettings, type ResticConfig } from '../restic/settings.ts';
import { asRunTool } from '../restoring/as-run-tool.ts';
import { tallyFolder } from '../restoring/tally-folder.ts';
import { complaintOf } from '../restoring/tool-text.ts';
import type { Drill, DrillDeps } from './drill.ts';
import type { ResticDrillSettings } from '../../../shared/backup-settings/drills/restic.schema.ts';

/** What a setting must say that would come from the source otherwise. */
const noSource = '; the restore test must name it, because this agent has no source for the dataset';

export const resticDrill = {
  kind: 'restic' as const,
  docs: 'Restores the latest snapshot; restic compares each file with its hashes.',
  counts: 'files',
  config: async () => (await import('../../../shared/backup-settings/drills/restic.schema.ts')).ResticDrillSchema,
  problem(settings, source) {
    try {
      configOf(settings, source);
      return undefined;
    } catch (error) {
      return `repository: ${messageOf(error)}${source === undefined ? noSource : ''}`;
    }
  },
  run: restore,
} satisfies Drill<ResticDrillSettings>;

/** Opening a repository works the key out of the password, which takes a slow machine many seconds. */
const askWithinMs = 600_000;

async function restore(settings: ResticDrillSettings, deps: DrillDeps): Promise<string[]> {
  const { folder, tally, signal, say } = deps;
  const config = configOf(settings, deps.source);
  const access = await openRestic(config, deps.dataFolder);
  const { objectId, objectName } = await latestSnapshot(config, access, deps);
  deps.identify({ objectName, objectId });
  if (settings.include === undefined) deps.requireSpace(await sizeOf(objectId, access, deps));
  say(`Restoring snapshot ${objectName}.`);
  const include = settings.include === undefined ? [] : [`--include=${settings.include}`];
  const cache = access.localFolder === undefined ? [] : ['--no-cache'];
  const args = ['restore', objectId, `--target=${folder}`, '--verify', '--no-lock', ...include, ...cache];
  const result = await deps.run({ program: 'restic', args, env: access.env });
  if (result.exitCode !== 0) {
    const problem = resticProblem({ ...result, durationMs: 0 }, access);
    if (problem.code !== 'restic-failed') throw problem;
    const reason = complaintOf(result, access.env).replace(/^Fatal: /, '');
    throw new AppError('restore-failed', `restic could not restore snapshot ${objectId.slice(0, 8)}: ${reason}`);
  }
  await tallyFolder(folder, tally, signal);
  const part = settings.include === undefined ? '' : ` Only ${settings.include} was restored.`;
  return [`restic compared the content of each restored file with the hashes in the snapshot.${part}`];
}

async function latestSnapshot(
  { filters }: ResticConfig,
  access: ResticAccess,
  deps: DrillDeps,
): Promise<{ objectId: string; objectName: string }> {
  const { stdout } = await ask(deps, access, [...snapshotsArguments, ...filters]);
  const { objectId, objectName } = parseSnapshots(stdout, 'no-snapshot').claims.at(-1) ?? {};
  if (objectId !== undefined) return { objectId, objectName: objectName ?? objectId.slice(0, 8) };
  const asked = filters.length === 0 ? 'no snapshot' : `no snapshot that matches ${filters.join(' ')}`;
  throw new AppError('nothing-to-restore', `there is no backup to restore: ${access.shownRepository} holds ${asked}`);
}

/** Only to look ahead; when restic cannot tell, restoring shows why. */
async function sizeOf(objectId: string, access: ResticAccess, deps: DrillDeps): Promise<number> {
  try {
    const { stdout } = await ask(deps, access, ['stats', '--json', '--mode=restore-size', objectId]);
    return parseStats(stdout).sizeBytes ?? 0;
  } catch {
    deps.signal.throwIfAborted();
    return 0;
  }
}

function ask(deps: DrillDeps, access: ResticAccess, args: readonly string[]) {
  return askRestic(asRunTool(deps), access, args, askWithinMs);
}

/** The dataset's own repository, as far as the restore test does not name another. @throws AppError. */
function configOf(settings: ResticDrillSettings, source: SourceSettings | undefined): ResticConfig {
  const { repository, repositoryFile, passwordFile, environmentFile, tag, host, path } = settings;
  const { lookEverySeconds: _, ...usual }: Record<string, unknown> = source?.kind === 'restic' ? source : {};
  const own = { repository, repositoryFile, passwordFile, environmentFile, tag, host, path };
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  // The two exclude each other: whichever is said here stands for both.
  const isElsewhere = repository !== undefined || repositoryFile !== undefined;
  const elsewhere = isElsewhere ? { repository: undefined, repositoryFile: undefined } : {};
  return parseResticSettings({ ...usual, ...elsewhere, ...said, kind: 'restic' });
}
