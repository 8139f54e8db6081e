import type { SourceSettings } from '../backup-source.ts';
import { readSourceSettings } from '../tools/tool-settings.ts';
import { borgPrefixPattern, borgRepositoryPattern, repositoryForm } from '../../../shared/backup-settings/patterns.ts';

export interface BorgConfig {
  repository: string;
  passphraseFile?: string;
  environmentFile?: string;
  archivePrefix?: string;
  lookEverySeconds: number;
}

const known = ['repository', 'passphraseFile', 'environmentFile', 'archivePrefix', 'lookEverySeconds'];
const usualLookEverySeconds = 900;

/** @throws AppError `invalid-source-settings`. */
export function parseBorgSettings(settings: SourceSettings): BorgConfig {
  const read = readSourceSettings(settings, known);
  const form = repositoryForm.borg;
  const repository = read.text('repository', form, borgRepositoryPattern);
  if (repository === undefined) throw read.fail('repository', `must be ${form}`);
  const passphraseFile = read.path('passphraseFile');
  const environmentFile = read.path('environmentFile');
  const archivePrefix = read.text(
    'archivePrefix',
    'the beginning of the names, without * ? [ ] { }',
    borgPrefixPattern,
  );
  return {
    repository,
    ...(passphraseFile === undefined ? {} : { passphraseFile }),
    ...(environmentFile === undefined ? {} : { environmentFile }),
    ...(archivePrefix === undefined ? {} : { archivePrefix }),
    lookEverySeconds: read.lookEverySeconds(usualLookEverySeconds),
  };
}
