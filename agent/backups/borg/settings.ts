import type { SourceSettings } from '../backup-source.ts';
import { readSourceSettings } from '../tools/tool-settings.ts';

export interface BorgConfig {
  repository: string;
  passphraseFile?: string;
  environmentFile?: string;
  archivePrefix?: string;
  lookEverySeconds: number;
}

const path = '(?:(?!::)[^\\u0000-\\u001f\\u007f{}]){1,1023}';
const user = '[A-Za-z0-9_][A-Za-z0-9_.+-]*';

/**
 * An absolute path, `ssh://[user@]host[:port]/path` or `[user@]host:path`. A host never begins with a dash, which ssh
 * would take for an option; `::` would name an archive and braces are placeholders to borg.
 */
export const borgRepositoryPattern = [
  `^(?:/${path}`,
  `ssh://(?:${user}@)?[A-Za-z0-9_\\[][A-Za-z0-9_.:%\\]-]*/${path}`,
  `(?:${user}@)?[A-Za-z0-9_][A-Za-z0-9_.-]*:(?!//)${path})$`,
].join('|');

/** Without what borg takes for a pattern or a placeholder. */
export const borgPrefixPattern = '^[^*?\\[\\]{}\\\\\\u0000-\\u001f\\u007f]{1,200}$';

const known = ['repository', 'passphraseFile', 'environmentFile', 'archivePrefix', 'lookEverySeconds'];
const usualLookEverySeconds = 900;

/** @throws AppError `invalid-source-settings`. */
export function parseBorgSettings(settings: SourceSettings): BorgConfig {
  const read = readSourceSettings(settings, known);
  const form = 'a repository as borg names it, say /srv/borg or ssh://backup@host/srv/borg';
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
