import { access as look } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { SourceSettings } from '../backup-source.ts';
import { askBorg, type BorgAccess, openBorg } from '../borg/access.ts';
import { listArguments, parseArchiveInfo, parseArchives } from '../borg/answers.ts';
import { borgProblem } from '../borg/problems.ts';
import { type BorgConfig, parseBorgSettings } from '../borg/settings.ts';
import { asRunTool } from '../restoring/as-run-tool.ts';
import { tallyFolder } from '../restoring/tally-folder.ts';
import type { BorgDrillSettings } from '../../../shared/backup-settings/drills/borg.schema.ts';
import type { Drill, DrillDeps } from './drill.ts';

/** What a setting must say that would come from the source otherwise. */
const noSource = '; the restore test must name it, because this agent has no source for the dataset';

export const borgDrill = {
  kind: 'borg' as const,
  docs: 'Extracts the newest archive; borg checks each piece of the files against its hash.',
  counts: 'files',
  config: async () => (await import('../../../shared/backup-settings/drills/borg.schema.ts')).BorgDrillSchema,
  problem(settings, source) {
    try {
      configOf(settings, source);
      return undefined;
    } catch (error) {
      return `repository: ${messageOf(error)}${source === undefined ? noSource : ''}`;
    }
  },
  run: restore,
} satisfies Drill<BorgDrillSettings>;

/** The first time, borg reads the lists of all archives to build its cache. */
const askWithinMs = 3_600_000;
const waitForLockMs = 600_000;

async function restore(settings: BorgDrillSettings, deps: DrillDeps): Promise<string[]> {
  const { tally, folder, signal, say } = deps;
  const config = configOf(settings, deps.source);
  const access = await openBorg(config, deps.dataFolder);
  await untilUnlocked(access, deps);
  const { objectId, objectName, name } = await newestArchive(config, access, deps);
  deps.identify({ objectName, objectId });
  // Braces are placeholders to borg; doubled they stand for themselves.
  const archive = `::${name.replaceAll(/[{}]/g, '$&$&')}`;
  if (settings.include === undefined) deps.requireSpace(await sizeOf(archive, objectId, access, deps));
  say(`Restoring archive ${objectName}.`);
  const include = settings.include === undefined ? [] : [settings.include];
  // Without the lock, as askBorg does: a backup that begins meanwhile must not fail because of a test.
  const args = ['--log-json', '--bypass-lock', 'extract', '--', archive, ...include];
  const result = await deps.run({ program: 'borg', args, env: access.env });
  const { exitCode = -1 } = result;
  const isWarning = exitCode === 1 || (exitCode >= 100 && exitCode <= 127);
  if (exitCode !== 0 && !isWarning) {
    const problem = borgProblem({ ...result, durationMs: 0 }, access);
    if (problem.code !== 'borg-failed') throw problem;
    throw new AppError('restore-failed', `the archive ${objectName} could not be restored: ${problem.message}`);
  }
  await tallyFolder(folder, tally, signal);
  const part = settings.include === undefined ? '' : ` Only ${settings.include} was restored.`;
  const warned = isWarning ? ' It had a warning.' : '';
  return [`borg checked each piece of the files against its hash.${warned}${part}`];
}

async function newestArchive(
  { archivePrefix }: BorgConfig,
  access: BorgAccess,
  deps: DrillDeps,
): Promise<{ objectId: string; objectName: string; name: string }> {
  const chosen = archivePrefix === undefined ? [] : [`--glob-archives=${archivePrefix}*`];
  const { stdout } = await ask(deps, access, [...listArguments, ...chosen]);
  const { claims, names } = parseArchives(stdout, 'no-archive');
  const { objectId, objectName } = claims.at(-1) ?? {};
  if (objectId !== undefined && objectName !== undefined) {
    return { objectId, objectName, name: names.get(objectId) ?? objectName };
  }
  const asked = archivePrefix === undefined ? 'no archive' : `no archive whose name begins with ${archivePrefix}`;
  throw new AppError('nothing-to-restore', `there is no backup to restore: ${access.shownRepository} holds ${asked}`);
}

/** While borg writes into a repository, what a reader finds may be half-way between two states. */
async function untilUnlocked({ localFolder }: BorgAccess, { clock, signal, say }: DrillDeps): Promise<void> {
  if (localFolder === undefined) return;
  const isLocked = () => look(join(localFolder, 'lock.exclusive')).then(always, never);
  if (!(await isLocked())) return;
  say('A backup is being made; waiting for its end.');
  for (const beganAtMs = clock.monotonicMs(); await isLocked();) {
    if (clock.monotonicMs() - beganAtMs > waitForLockMs) {
      const remedy = 'when no backup runs, run "borg break-lock"';
      throw new AppError('repository-locked', `${localFolder} has been locked for 10 minutes; ${remedy}`);
    }
    await pause(2000, undefined, { signal });
  }
}

const always = () => true;
const never = () => false;

/** Only to look ahead; when borg cannot tell, because the agent itself is asking it say, extracting shows why. */
async function sizeOf(archive: string, objectId: string, access: BorgAccess, deps: DrillDeps): Promise<number> {
  try {
    const { stdout } = await ask(deps, access, ['info', '--json', archive]);
    return parseArchiveInfo(stdout, objectId).sizeBytes ?? 0;
  } catch {
    deps.signal.throwIfAborted();
    return 0;
  }
}

function ask(deps: DrillDeps, access: BorgAccess, args: readonly string[]) {
  return askBorg(asRunTool(deps), access, args, askWithinMs);
}

/** The dataset's own repository, as far as the restore test does not name another. @throws AppError. */
function configOf(settings: BorgDrillSettings, source: SourceSettings | undefined): BorgConfig {
  const { repository, passphraseFile, environmentFile, archivePrefix } = settings;
  const { lookEverySeconds: _, ...usual }: Record<string, unknown> = source?.kind === 'borg' ? source : {};
  const own = Object.entries({ repository, passphraseFile, environmentFile, archivePrefix });
  const said = Object.fromEntries(own.filter(([, value]) => value !== undefined));
  return parseBorgSettings({ ...usual, ...said, kind: 'borg' });
}
