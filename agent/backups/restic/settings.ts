import type { SourceSettings } from '../backup-source.ts';
import { readSourceSettings } from '../tools/tool-settings.ts';
import { repositoryForm, resticRepositoryPattern } from '../../../shared/backup-settings/patterns.ts';

export interface ResticConfig {
  repository?: string;
  repositoryFile?: string;
  passwordFile?: string;
  environmentFile?: string;
  /** Arguments that choose among the snapshots of the repository: `--tag=…`, `--host=…`, `--path=…`. */
  filters: readonly string[];
  lookEverySeconds: number;
}

const known = [
  'repository',
  'repositoryFile',
  'passwordFile',
  'environmentFile',
  'tag',
  'host',
  'path',
  'lookEverySeconds',
];
const usualLookEverySeconds = 900;

/** @throws AppError `invalid-source-settings`. */
export function parseResticSettings(settings: SourceSettings): ResticConfig {
  const read = readSourceSettings(settings, known);
  const form = repositoryForm.restic;
  const repository = read.text('repository', form, resticRepositoryPattern);
  const [repositoryFile, passwordFile, environmentFile] = ['repositoryFile', 'passwordFile', 'environmentFile'].map(
    (name) => read.path(name),
  );
  if (repository !== undefined && repositoryFile !== undefined) {
    throw read.fail('repositoryFile', 'must not stand beside source.repository');
  }
  if (repository === undefined && repositoryFile === undefined && environmentFile === undefined) {
    throw read.fail('repository', `must be ${form}; or name a repositoryFile`);
  }
  if (passwordFile === undefined && environmentFile === undefined) {
    throw read.fail('passwordFile', 'must be the absolute path of the file that holds the password of the repository');
  }
  const filters = ['tag', 'host', 'path'].flatMap((name) => {
    const value = read.text(name, 'a plain text of at most 1024 characters');
    // One word each, so that a value that begins with a dash is no option.
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  return {
    ...(repository === undefined ? {} : { repository }),
    ...(repositoryFile === undefined ? {} : { repositoryFile }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(environmentFile === undefined ? {} : { environmentFile }),
    filters,
    lookEverySeconds: read.lookEverySeconds(usualLookEverySeconds),
  };
}
