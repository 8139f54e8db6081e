import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitVerdict, knownTools, toolOf } from './exit-codes.ts';

describe('the exit code of a tool', () => {
  it.each([
    ['restic', 0, 'ok', undefined],
    ['restic', 3, 'warning', 'some source files could not be read; a snapshot was made without them'],
    ['restic', 1, 'failed', 'a fatal error'],
    ['restic', 10, 'failed', 'the repository does not exist'],
    ['restic', 11, 'failed', 'the repository is locked by another run'],
    ['restic', 12, 'failed', 'the password is wrong'],
    ['restic', 130, 'failed', 'it was cancelled'],
    ['borg', 1, 'warning', 'it reached its end, but there were warnings; read its log'],
    ['borg', 2, 'failed', 'it did not reach its end'],
    ['borg', 3, 'failed', 'it failed'],
    ['borg', 99, 'failed', 'it failed'],
    ['borg', 100, 'warning', 'it reached its end, but there was a warning; read its log'],
    ['borg', 127, 'warning', 'it reached its end, but there was a warning; read its log'],
    ['borg', 143, 'failed', 'signal 15 ended it'],
    ['rsync', 23, 'warning', 'some files could not be copied'],
    ['rsync', 24, 'warning', 'some source files vanished while they were copied'],
    ['rsync', 12, 'failed', 'the connection broke off'],
    ['tar', 1, 'warning', 'some files changed while they were read'],
    ['tar', 2, 'failed', 'a fatal error; the archive is not complete'],
    ['pg_dump', 1, 'failed', 'the dump is not complete'],
    ['mysqldump', 2, 'failed', 'the database server refused or broke off'],
    ['pgbackrest', 50, 'failed', 'another pgBackRest is at work on it'],
    ['rclone', 9, 'warning', 'nothing was transferred'],
    ['robocopy', 3, 'ok', undefined],
    ['robocopy', 4, 'warning', 'some files do not match'],
    ['robocopy', 8, 'failed', 'some files could not be copied'],
    ['backup.sh', 3, 'failed', 'it failed'],
    ['backup.sh', 127, 'failed', 'a program was not found'],
    ['constructor', 1, 'failed', 'it failed'],
  ])('%s %d is %s', (tool, exitCode, outcome, meaning) => {
    expect(exitVerdict(tool, exitCode)).toEqual({ outcome, ...(meaning === undefined ? {} : { meaning }) });
  });

  it('is a success only when it is 0, except of robocopy, and says in words what else it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...knownTools), fc.string()), fc.nat(255), (tool, exitCode) => {
        const { outcome, meaning } = exitVerdict(tool, exitCode);
        if (exitCode === 0) expect(outcome).toBe('ok');
        else if (tool !== 'robocopy') expect(outcome).not.toBe('ok');
        expect(meaning === undefined).toBe(outcome === 'ok');
      }),
    );
  });
});

describe('the tool of a command', () => {
  it.each([
    [['restic', 'backup', '/'], 'restic'],
    [['/usr/local/bin/Restic.EXE', 'backup'], 'restic'],
    [['C:\\Program Files\\borg\\borg.exe'], 'borg'],
    [['nice', '-n', '19', 'ionice', '-c3', '/usr/bin/borg', 'create'], 'borg'],
    [['sudo', '-u', 'postgres', 'pg_dump', 'simda'], 'pg_dump'],
    [['timeout', '6h', './backup.sh', 'rsync'], 'rsync'],
    [['timeout', '6h', './backup.sh'], 'timeout'],
    [['./backup.sh', 'restic'], 'backup.sh'],
    [['sh', '-c', 'restic backup'], 'sh'],
    [[], ''],
  ])('of %j is %s', (command, tool) => {
    expect(toolOf(command)).toBe(tool);
  });
});
