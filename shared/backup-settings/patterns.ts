/** Plain text without control characters, as the settings of the tools have it. */
export const settingTextPattern = '^[^\\u0000-\\u001f\\u007f]{1,1024}$';
export const absolutePathPattern = '^(/|[A-Za-z]:[/\\\\])[^\\u0000-\\u001f\\u007f]{0,4094}$';
export const absolutePathForm = 'an absolute path, say /etc/pantau/sandi';
/** How often a repository may be asked again. */
export const lookEveryLimits = { minimum: 10, maximum: 86_400 } as const;

/** Name of a stanza, as in pgbackrest.conf. */
export const stanzaPattern = '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$';

const borgPath = '(?:(?!::)[^\\u0000-\\u001f\\u007f{}]){1,1023}';
const sshUser = '[A-Za-z0-9_][A-Za-z0-9_.+-]*';

/**
 * An absolute path, `ssh://[user@]host[:port]/path` or `[user@]host:path`. A host never begins with a dash, which ssh
 * would take for an option; `::` would name an archive and braces are placeholders to borg.
 */
export const borgRepositoryPattern = [
  `^(?:/${borgPath}`,
  `ssh://(?:${sshUser}@)?[A-Za-z0-9_\\[][A-Za-z0-9_.:%\\]-]*/${borgPath}`,
  `(?:${sshUser}@)?[A-Za-z0-9_][A-Za-z0-9_.-]*:(?!//)${borgPath})$`,
].join('|');

/** Without what borg takes for a pattern or a placeholder. */
export const borgPrefixPattern = '^[^*?\\[\\]{}\\\\\\u0000-\\u001f\\u007f]{1,200}$';

/**
 * Addresses that the configuration may name. It comes from the collector, which must never be able to run a program on
 * a department's server: `sftp:` hosts do not begin with a dash and `rclone:` names a configured remote and no
 * connection string. Anything else stands in a file of the machine.
 */
export const resticRepositoryPattern = [
  '^(?:(?:local:)?/[^\\u0000-\\u001f\\u007f]+',
  '(?:local:)?[A-Za-z]:[/\\\\][^\\u0000-\\u001f\\u007f]*',
  'rest:https?://[^\\s\\u0000-\\u001f\\u007f]+',
  '(?:s3|b2|azure|gs|swift):[^\\s\\u0000-\\u001f\\u007f]+',
  'sftp:(?://)?(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*@)?[A-Za-z0-9_\\[][A-Za-z0-9_.:%\\]-]*[:/][^\\u0000-\\u001f\\u007f]+',
  'rclone:[A-Za-z0-9_][A-Za-z0-9_ .+@-]*:[^\\u0000-\\u001f\\u007f]*)$',
].join('|');

/** What the patterns ask for, in words that end a sentence. */
export const repositoryForm = {
  borg: 'a repository as borg names it, say /srv/borg or ssh://backup@host/srv/borg',
  restic: 'a repository as restic names it, say /srv/restic or sftp:backup@host:/srv/restic',
} as const;
