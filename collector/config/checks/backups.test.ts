import { describe, expect, it } from 'vitest';
import { n, withMore } from '../bad-config.test-kit.ts';

const dataset = (settings: string) => `    datasets: [{ id: a, ${settings} }]\n`;
const restic = 'source: { kind: restic, repository: /r, passwordFile: /p }';
const heartbeat = 'source: { kind: heartbeat }';

describe('where a backup is looked for, and how it is tried', () => {
  it.each([
    ['restic whose password stands in a file of variables', 'source: { kind: restic, environmentFile: /e }'],
    ['a restore test that takes its repository from the source', `${restic}, restoreTest: { kind: restic }`],
    [
      'a restore test of files that the source names',
      'source: { kind: files, path: /s/* }, restoreTest: { kind: archive }',
    ],
    ['a restore test of files that it names itself', `${heartbeat}, restoreTest: { kind: archive, path: /s/* }`],
    [
      'a restore test of what only a vault shows',
      'source: { kind: vault }, restoreTest: { kind: command, command: x }',
    ],
  ])('may be %s', (_, settings) => {
    expect(withMore(dataset(settings))).toBe('accepted');
  });

  it.each([
    ['an unknown kind', 'source: { kind: resitc }', 'source.kind "resitc" is not a known kind; did you mean "restic"?'],
    [
      'a setting of another kind',
      'source: { kind: nagios, command: x, path: /p }',
      'source.path is not a known key; known here: kind, command, timeoutSeconds, lookEverySeconds.',
    ],
    [
      'a misspelt setting',
      'source: { kind: restic, repositori: /r, passwordFile: /p }',
      'source.repositori is not a known key; did you mean "repository"?',
    ],
    [
      'a relative path',
      'source: { kind: files, path: cadangan/* }',
      'source.path "cadangan/*" does not fit; write an absolute path, say /srv/cadangan/*.',
    ],
    [
      'files without a path',
      'source: { kind: files }',
      'source.path is missing; add it (an absolute path, say /srv/cadangan/*).',
    ],
    [
      'a repository that would run a program, without repeating it',
      'source: { kind: restic, repository: "sftp:-oProxyCommand=x:/r", passwordFile: /p }',
      'source.repository the value does not fit; write a repository as restic names it, say /srv/restic or sftp:backup@host:/srv/restic.',
    ],
    [
      'restic without a repository',
      'source: { kind: restic, passwordFile: /p }',
      'source.repository is missing; add it (the address of the repository).',
    ],
    [
      'restic without a password',
      'source: { kind: restic, repository: /r }',
      'source.passwordFile is missing; add it (a file on the machine of the agent that holds the password, or environmentFile with variables).',
    ],
    [
      'two addresses of one repository',
      'source: { kind: restic, repository: /r, repositoryFile: /f, passwordFile: /p }',
      'source.repositoryFile is there beside repository; keep one of them.',
    ],
    [
      'an unknown restore test',
      `${restic}, restoreTest: { kind: rsetic }`,
      'restoreTest.kind "rsetic" is not a known kind; did you mean "restic"?',
    ],
    [
      'a restore test without a file to read',
      `${heartbeat}, restoreTest: { kind: pg-list }`,
      'restoreTest.path is missing; add it (where the newest file is looked for, say /srv/cadangan/*).',
    ],
    [
      'a restore test without a repository',
      `${heartbeat}, restoreTest: { kind: borg }`,
      'restoreTest.repository is missing; add it (the address of the repository).',
    ],
    [
      'a setting of what only a vault shows',
      'source: { kind: vault, path: /p }',
      'source.path is not a known key; known here: kind.',
    ],
  ])('is refused as %s', (_, settings, message) => {
    const [place, ...rest] = withMore(dataset(settings)).split(' ');

    expect(place).toMatch(new RegExp(`^pantau\\.yaml:${n}:\\d+$`));
    expect(rest.join(' ')).toBe(`perangkatDaerah[0].datasets[0].${message}`);
  });
});
