import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createMask, type Mask } from '../../../shared/mask-secrets.ts';
import { readEnvironmentFile } from '../tools/environment-file.ts';
import { readSecretFile, readTrustedFile } from '../tools/private-files.ts';
import { resticProblem } from './problems.ts';
import type { ResticConfig } from './settings.ts';
import type { RunTool, ToolResult } from '../tools/run-tool.ts';
import { secretsOf } from '../tools/secrets-of.ts';
import { ToolProblem, unreadableRepository } from '../tools/tool-problem.ts';

/** All that a run of restic needs to reach one repository. */
export interface ResticAccess {
  env: Readonly<Record<string, string>>;
  /** The address, fit to be shown. */
  shownRepository: string;
  /** The repository's folder when it lies on this machine. */
  localFolder?: string;
  passwordFile?: string;
  mask: Mask;
}

type Settings = Pick<ResticConfig, 'repository' | 'repositoryFile' | 'passwordFile' | 'environmentFile'>;

const passingNames = /^(RESTIC|AWS|B2|AZURE|GOOGLE|ST|OS|RCLONE)_[A-Z0-9_]+$/;

/**
 * Reads what the settings name and makes sure that it is there.
 * @throws ToolProblem that names the file or folder and the remedy.
 */
export async function openRestic(settings: Settings, cacheFolder: string): Promise<ResticAccess> {
  const { passwordFile, environmentFile } = settings;
  const given = environmentFile === undefined ? {} : await readEnvironmentFile(environmentFile, passingNames);
  if (passwordFile !== undefined) await readSecretFile(passwordFile, 'source.passwordFile');
  const repository = await repositoryOf(settings, given);
  const env = environmentOf(settings, given, repository, cacheFolder);
  const mask = createMask(secretsOf({ ...given, ...env }));
  const localFolder = localFolderOf(repository);
  const shownRepository = mask(repository);
  if (localFolder !== undefined) await checkRepository(localFolder);
  return {
    env,
    shownRepository,
    ...(localFolder === undefined ? {} : { localFolder }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
    mask,
  };
}

/** Runs restic without taking a lock, which a backup would stumble over. @throws ToolProblem when it does not succeed. */
export async function askRestic(
  run: RunTool,
  access: ResticAccess,
  args: readonly string[],
  timeoutMs: number,
): Promise<ToolResult> {
  // A cache of a folder of the same machine only costs room.
  const cache = access.localFolder === undefined ? [] : ['--no-cache'];
  const result = await run({
    program: 'restic',
    args: [...args, '--no-lock', ...cache],
    env: access.env,
    workingFolder: '/',
    timeoutMs,
  });
  if (result.exitCode === 0) return result;
  throw resticProblem(result, access);
}

async function repositoryOf(
  { repository, repositoryFile }: Settings,
  given: Readonly<Record<string, string>>,
): Promise<string> {
  if (repository !== undefined) return repository;
  const file = repositoryFile ?? given['RESTIC_REPOSITORY_FILE'];
  const setting = repositoryFile === undefined ? 'RESTIC_REPOSITORY_FILE' : 'source.repositoryFile';
  const address = file === undefined ? given['RESTIC_REPOSITORY'] : (await readTrustedFile(file, setting)).trim();
  if (address !== undefined && address !== '' && !address.includes('\0')) return address;
  throw new ToolProblem(
    'no-repository',
    'no address of a restic repository is given',
    'write RESTIC_REPOSITORY into source.environmentFile, or set source.repository',
  );
}

function environmentOf(
  { repository, passwordFile }: Settings,
  given: Readonly<Record<string, string>>,
  address: string,
  cacheFolder: string,
): Record<string, string> {
  const {
    RESTIC_REPOSITORY_FILE: _1,
    RESTIC_PASSWORD: password,
    RESTIC_PASSWORD_COMMAND: passwordCommand,
    RESTIC_REST_USERNAME: restUser,
    RESTIC_REST_PASSWORD: restPassword,
    ...others
  } = given;
  return {
    RESTIC_CACHE_DIR: join(cacheFolder, 'restic-cache'),
    ...others,
    // A password of this machine goes only to an address that somebody wrote down on this machine.
    ...(repository === undefined
      ? defined({ RESTIC_REST_USERNAME: restUser, RESTIC_REST_PASSWORD: restPassword })
      : {}),
    ...(passwordFile === undefined
      ? defined({ RESTIC_PASSWORD: password, RESTIC_PASSWORD_COMMAND: passwordCommand })
      : { RESTIC_PASSWORD_FILE: passwordFile }),
    RESTIC_REPOSITORY: address,
  };
}

function defined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function localFolderOf(repository: string): string | undefined {
  const path = repository.replace(/^local:/, '');
  return /^(\/|[A-Za-z]:[/\\])/.test(path) ? path : undefined;
}

/** Says more exactly than the tool, whose older versions know one exit code only, what is wrong with a local folder. */
async function checkRepository(folder: string): Promise<void> {
  try {
    await (await open(join(folder, 'config'))).close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw unreadableRepository(folder, error);
    throw new ToolProblem(
      'no-repository',
      `${folder} holds no restic repository`,
      'mount it, make it with "restic init", or correct source.repository',
      error,
    );
  }
}
