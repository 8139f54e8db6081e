import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createMask, type Mask } from '../../../shared/mask-secrets.ts';
import { borgProblem } from './problems.ts';
import type { BorgConfig } from './settings.ts';
import { readEnvironmentFile } from '../tools/environment-file.ts';
import { readSecretFile } from '../tools/private-files.ts';
import type { RunTool, ToolResult } from '../tools/run-tool.ts';
import { secretsOf } from '../tools/secrets-of.ts';
import { ToolProblem, unreadableRepository } from '../tools/tool-problem.ts';

/** All that a run of borg needs to reach one repository; its address is in the environment (BORG_REPO). */
export interface BorgAccess {
  env: Readonly<Record<string, string>>;
  /** The address, fit to be shown. */
  shownRepository: string;
  /** The repository's folder when it lies on this machine. */
  localFolder?: string;
  passphraseFile?: string;
  mask: Mask;
}

type Settings = Pick<BorgConfig, 'repository' | 'passphraseFile' | 'environmentFile'>;

const passingNames = /^(BORG_[A-Z0-9_]+|SSH_AUTH_SOCK)$/;

/**
 * Reads what the settings name and makes sure that it is there.
 * @throws ToolProblem that names the file or folder and the remedy.
 */
export async function openBorg(settings: Settings, cacheFolder: string): Promise<BorgAccess> {
  const { repository, passphraseFile, environmentFile } = settings;
  const given = environmentFile === undefined ? {} : await readEnvironmentFile(environmentFile, passingNames);
  const { BORG_PASSPHRASE: _1, BORG_PASSCOMMAND: _2, BORG_PASSPHRASE_FD: _3, ...givenOthers } = given;
  const passphrase =
    passphraseFile === undefined
      ? given
      : { ...givenOthers, BORG_PASSPHRASE: await readSecretFile(passphraseFile, 'source.passphraseFile') };
  const env = {
    BORG_BASE_DIR: baseFolderOf(cacheFolder, repository),
    // Nobody is there to be asked for a password or a key's fingerprint.
    BORG_RSH: "ssh -oBatchMode=yes -o 'ConnectTimeout 20'",
    ...passphrase,
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
    BORG_REPO: repository,
  };
  const mask = createMask(secretsOf(env));
  const localFolder = repository.startsWith('/') ? repository : undefined;
  if (localFolder !== undefined) await checkRepository(localFolder);
  return {
    env,
    shownRepository: mask(repository),
    ...(localFolder === undefined ? {} : { localFolder }),
    ...(passphraseFile === undefined ? {} : { passphraseFile }),
    mask,
  };
}

/**
 * Where borg keeps what it remembers: a service's user may have no home, and what the backup job remembers stays its
 * own. Of each address apart, because a copy of a repository bears the same id and would seem to have gone back in time.
 */
function baseFolderOf(cacheFolder: string, repository: string): string {
  return join(cacheFolder, 'borg', createHash('sha256').update(repository).digest('hex').slice(0, 16));
}

/**
 * Runs borg without taking its lock: a backup that begins meanwhile would find the repository locked and fail. What is
 * read is the last committed state. Exit code 1, and 100 to 127 of newer versions, are warnings: the answer counts.
 * @throws ToolProblem when it does not succeed.
 */
export async function askBorg(
  run: RunTool,
  access: BorgAccess,
  args: readonly string[],
  timeoutMs: number,
): Promise<ToolResult> {
  const result = await run({
    program: 'borg',
    args: ['--log-json', '--bypass-lock', ...args],
    env: access.env,
    workingFolder: '/',
    timeoutMs,
  });
  const { exitCode = -1 } = result;
  if (exitCode === 0 || exitCode === 1 || (exitCode >= 100 && exitCode <= 127)) return result;
  throw borgProblem(result, access);
}

/** Borg's own words for a folder that it may not read are a stack trace. */
async function checkRepository(folder: string): Promise<void> {
  try {
    await (await open(join(folder, 'config'))).close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw unreadableRepository(folder, error);
    throw new ToolProblem(
      'no-repository',
      `${folder} holds no borg repository`,
      'mount it, make it with "borg init", or correct source.repository',
      error,
    );
  }
}
