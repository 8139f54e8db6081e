import { basename } from 'node:path';

/** What the exit code of a backup tool means. */
export interface ExitVerdict {
  outcome: 'ok' | 'warning' | 'failed';
  /** In words; absent when all is well. */
  meaning?: string;
}

interface ExitCodes {
  warnings?: Readonly<Record<number, string>>;
  failures?: Readonly<Record<number, string>>;
  /** For codes that stand in neither list. */
  otherwise?: (exitCode: number) => ExitVerdict | undefined;
}

const someChanged = 'some files changed while they were read';

/** Borg: 1 and 100 to 127 are warnings, 2 to 99 errors, whichever way BORG_EXIT_CODES is set. */
const borg: ExitCodes = {
  warnings: { 1: 'it reached its end, but there were warnings; read its log' },
  failures: { 2: 'it did not reach its end' },
  otherwise: (exitCode) =>
    exitCode >= 100 && exitCode <= 127
      ? { outcome: 'warning', meaning: 'it reached its end, but there was a warning; read its log' }
      : undefined,
};

const mysqlDump: ExitCodes = {
  failures: {
    1: 'it was called in a wrong way',
    2: 'the database server refused or broke off',
    3: 'a check of the data failed',
    4: 'it ran out of memory',
    5: 'the dump could not be written',
  },
};

const postgresDump: ExitCodes = { failures: { 1: 'the dump is not complete' } };

const sevenZip: ExitCodes = {
  warnings: { 1: 'some files could not be read' },
  failures: { 2: 'a fatal error', 7: 'it was called in a wrong way', 8: 'it ran out of memory', 255: 'it was stopped' },
};

/** By the tool's name. 0 is always success, what is in no list a failure. Sources: the tools' own manuals. */
const tools: Readonly<Record<string, ExitCodes>> = {
  restic: {
    warnings: { 3: 'some source files could not be read; a snapshot was made without them' },
    failures: {
      1: 'a fatal error',
      2: 'it crashed',
      10: 'the repository does not exist',
      11: 'the repository is locked by another run',
      12: 'the password is wrong',
      130: 'it was cancelled',
    },
  },
  borg,
  borgmatic: { failures: { 1: 'it failed; read its log' } },
  rsync: {
    warnings: {
      23: 'some files could not be copied',
      24: 'some source files vanished while they were copied',
      25: 'it stopped deleting at its --max-delete',
    },
    failures: {
      1: 'it was called in a wrong way',
      2: 'the two sides do not understand each other',
      3: 'the source or the target cannot be used',
      5: 'the other side refused to begin',
      10: 'the connection broke or was refused',
      11: 'files could not be written or read',
      12: 'the connection broke off',
      14: 'its processes lost each other',
      20: 'it was stopped',
      22: 'it ran out of memory',
      30: 'the other side did not answer in time',
      35: 'the other side did not answer in time',
    },
  },
  // GNU tar; other tars have no warnings.
  tar: { warnings: { 1: someChanged }, failures: { 2: 'a fatal error; the archive is not complete' } },
  zip: {
    warnings: { 18: 'some files could not be read' },
    failures: { 12: 'there was nothing to do', 14: 'the archive could not be written' },
  },
  '7z': sevenZip,
  '7za': sevenZip,
  '7zz': sevenZip,
  pg_dump: postgresDump,
  pg_dumpall: postgresDump,
  pg_basebackup: { failures: { 1: 'the copy is not complete' } },
  mysqldump: mysqlDump,
  'mariadb-dump': mysqlDump,
  pgbackrest: {
    failures: {
      50: 'another pgBackRest is at work on it',
      55: 'a file is missing; was stanza-create run?',
      56: 'the database does not answer',
      82: 'the write-ahead log did not reach the archive in time',
      103: 'no repository can be used',
      105: 'the access was refused',
    },
  },
  rclone: {
    warnings: { 9: 'nothing was transferred' },
    failures: {
      1: 'it was called in a wrong way',
      3: 'a folder does not exist',
      4: 'a file does not exist',
      5: 'the other side failed for a time; its retries were used up',
      6: 'some files could not be copied',
      7: 'a fatal error, such as a suspended account',
      8: 'its limit of transfer was reached',
      10: 'its limit of time was reached',
    },
  },
  rsnapshot: {
    warnings: { 2: 'it reached its end, but there were warnings; read its log' },
    failures: { 1: 'a fatal error' },
  },
  // A sum of bits: 1 copied, 2 more there than here, 4 mismatches, 8 not copied, 16 fatal.
  robocopy: {
    otherwise: (exitCode) => {
      if (exitCode < 4) return { outcome: 'ok' };
      if (exitCode < 8) return { outcome: 'warning', meaning: 'some files do not match' };
      return { outcome: 'failed', meaning: 'some files could not be copied' };
    },
  },
};

/** Programs that start another one, which the verdict is about. */
const starters = new Set(
  'chrt chronic doas env flock ionice nice nohup runuser setpriv setsid stdbuf sudo systemd-inhibit timeout unbuffer'.split(
    ' ',
  ),
);

export const knownTools: readonly string[] = Object.keys(tools);

/**
 * Which tool a command runs, by the name of its program. Behind `nice`, `sudo` and their like the first word that is
 * the name of a known tool counts.
 */
export function toolOf([program = '', ...args]: readonly string[]): string {
  const name = toolName(program);
  if (!starters.has(name)) return name;
  return args.map(toolName).find((word) => Object.hasOwn(tools, word)) ?? name;
}

/** @param exitCode from 0 to 255, or as the system gives it. */
export function exitVerdict(tool: string, exitCode: number): ExitVerdict {
  if (exitCode === 0) return { outcome: 'ok' };
  const codes = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
  const warning = codes?.warnings?.[exitCode];
  if (warning !== undefined) return { outcome: 'warning', meaning: warning };
  const failure = codes?.failures?.[exitCode];
  if (failure !== undefined) return { outcome: 'failed', meaning: failure };
  return codes?.otherwise?.(exitCode) ?? { outcome: 'failed', meaning: commonMeaning(exitCode) };
}

function commonMeaning(exitCode: number): string {
  if (exitCode === 126) return 'the program may not be run';
  if (exitCode === 127) return 'a program was not found';
  if (exitCode > 128 && exitCode <= 128 + 64) return `signal ${exitCode - 128} ended it`;
  return 'it failed';
}

function toolName(path: string): string {
  return basename(path.replaceAll('\\', '/'))
    .toLowerCase()
    .replace(/\.exe$/, '');
}
