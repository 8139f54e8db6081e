import { describe, expect, it } from 'vitest';
import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import { someConfig } from './agent-config.test-kit.ts';
import { configProblem } from './check-configuration.ts';

const agent = 'a'.repeat(16);
const files = { kind: 'files', path: '/backup/*.dump' };

async function problemOf(restoreTest: unknown, source: unknown): Promise<string | undefined> {
  const backups = [{ dataset: 'simda', source, restoreTest } as BackupConfig];
  return configProblem(JSON.stringify(someConfig(agent, { backups })), agent);
}

describe('restore tests in a configuration', () => {
  it.each<[unknown, unknown?]>([
    [undefined],
    [{ kind: 'archive' }],
    [{ kind: 'archive', path: '/elsewhere/*.zip' }, { kind: 'command' }],
    [{ kind: 'pg-list', tables: 'pegawai, keuangan.spm' }],
    [{ kind: 'postgres', query: 'SELECT count(*) FROM pegawai', expect: '>=100' }],
    [{ kind: 'restic' }, { kind: 'restic', repository: '/srv/restic', passwordFile: '/etc/restic' }],
    [{ kind: 'restic', repository: '/srv/restic', passwordFile: '/etc/restic' }],
    [
      { kind: 'borg', include: 'etc' },
      { kind: 'borg', repository: '/srv/borg' },
    ],
    [{ kind: 'command', command: 'restore-simda' }],
  ])('are taken: %j', async (restoreTest, source = files) => {
    expect(await problemOf(restoreTest, source)).toBeUndefined();
  });

  it.each([
    { kind: 'archive', path: '/elsewhere/*.zip' },
    { kind: 'restic', repository: '/srv/restic', passwordFile: '/etc/restic' },
    { kind: 'borg', repository: '/srv/borg' },
    { kind: 'command', command: 'restore-simda' },
  ])('are taken where the agent has no source, when they say themselves what to try: %j', async (restoreTest) => {
    expect(await problemOf(restoreTest, undefined)).toBeUndefined();
  });

  it.each([
    ['archive', 'path: must name the backup files, because this agent has no source for the dataset'],
    ['pg-list', 'path: must name the backup files, because this agent has no source for the dataset'],
    ['postgres', 'path: must name the backup files, because this agent has no source for the dataset'],
    ['restic', 'the restore test must name it, because this agent has no source for the dataset'],
    ['borg', 'the restore test must name it, because this agent has no source for the dataset'],
  ])('are refused where the agent has no source to take it from: %s', async (kind, problem) => {
    expect(await problemOf({ kind }, undefined)).toMatch(/^\/backups\/0\/restoreTest\/(path|repository): /);
    expect(await problemOf({ kind }, undefined)).toContain(problem);
  });

  it.each<[unknown, string, unknown?]>([
    [{ kind: 'magic' }, '/kind: "magic" is unknown; known: archive, borg, command, pg-list, postgres, restic'],
    [{ kind: 'archive', maxSeconds: '60' }, '/maxSeconds: must be integer'],
    [{ kind: 'archive', tables: 'x' }, '/tables: is not a known field'],
    [
      { kind: 'archive' },
      '/path: must name the backup files, because the source of the dataset is not "files"',
      { kind: 'command' },
    ],
    [{ kind: 'archive', path: 'backup/*' }, '/path: must match pattern'],
    [{ kind: 'archive', mustContain: '{a,b}'.repeat(10) }, '/mustContain: it has more than 64 alternatives'],
    [{ kind: 'postgres', expect: '1' }, '/query: is missing, and expect needs it'],
    [{ kind: 'restic' }, '/repository: source.repository must be a repository as restic names it'],
    [{ kind: 'borg' }, '/repository: source.repository must be a repository as borg names it'],
    [{ kind: 'restic', repository: 'rclone:x,y=z:' }, '/repository: must match pattern'],
    [{ kind: 'command' }, ': must have required properties command'],
    [{ kind: 'command', command: ['rm', '-rf', '/'] }, '/command: must be string'],
  ])('are refused by field: %j', async (restoreTest, problem, source = files) => {
    const found = await problemOf(restoreTest, source);
    // A list is refused before the kind is looked at.
    expect(found?.replace('/backups/0/restoreTest', '')).toContain(problem);
  });
});
