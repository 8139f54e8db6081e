import { spawn } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs } from '../../test/requirements.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { backupSourceContract, type SourceTrial } from './backup-source.contract.ts';
import type { SourceSettings } from './backup-source.ts';
import { resticSource } from './restic.ts';
import { resticBench, resticPassword } from './restic/repository.test-kit.ts';
import { countedRun, sourceDeps, systemPath } from './tools/source-deps.test-kit.ts';

const needed = needs({ linux: true, tools: ['restic'] });
const withPassword = { kind: 'restic', passwordFile: '/etc/pantau/restic' };
const repositoryForm = /^source\.repository must be a repository as restic names it/;

backupSourceContract(resticSource, {
  needed,
  secrets: [resticPassword],
  good: [
    { ...withPassword, repository: '/srv/restic' },
    { ...withPassword, repository: 'sftp:backup@vault.lebongkab.go.id:/srv/restic', tag: 'malam,penuh', path: '/srv' },
    { ...withPassword, repository: 'sftp://backup@[fd00::1]:2222//srv/restic', host: '-not-an-option' },
    { ...withPassword, repository: 'rest:https://vault.lebongkab.go.id:8000/dinkes/' },
    { ...withPassword, repository: 's3:https://s3.lebongkab.go.id/bucket/simda' },
    { ...withPassword, repository: 'rclone:nas kantor:backup' },
    { ...withPassword, repositoryFile: '/etc/pantau/restic-repository', lookEverySeconds: 60 },
    { kind: 'restic', environmentFile: '/etc/default/restic' },
  ] as unknown as SourceSettings[],
  bad: [
    { settings: withPassword, field: 'repository', message: repositoryForm },
    { settings: { ...withPassword, repository: 'relative/path' }, field: 'repository', message: repositoryForm },
    {
      settings: { ...withPassword, repository: 'sftp:-oProxyCommand=touch x:/y' },
      field: 'repository',
      message: repositoryForm,
    },
    {
      settings: { ...withPassword, repository: 'rclone::sftp,ssh="touch x":/y' },
      field: 'repository',
      message: repositoryForm,
    },
    {
      settings: { ...withPassword, repository: 'rclone:x,ssh=touch:/y' },
      field: 'repository',
      message: repositoryForm,
    },
    {
      settings: { ...withPassword, repository: 'rclone:--config=/tmp/x:y' },
      field: 'repository',
      message: repositoryForm,
    },
    { settings: { ...withPassword, repository: '/srv/\nrestic' }, field: 'repository', message: repositoryForm },
    { settings: { ...withPassword, repository: 7 }, field: 'repository', message: repositoryForm },
    {
      settings: { kind: 'restic', repository: '/srv/restic' },
      field: 'passwordFile',
      message: 'source.passwordFile must be the absolute path of the file that holds the password of the repository',
    },
    {
      settings: { ...withPassword, repository: '/srv/restic', passwordFile: 'password' },
      field: 'passwordFile',
      message: 'source.passwordFile must be an absolute path, say /etc/pantau/passwordFile',
    },
    {
      settings: { ...withPassword, repository: '/srv/restic', repositoryFile: '/etc/x' },
      field: 'repositoryFile',
      message: 'source.repositoryFile must not stand beside source.repository',
    },
    {
      settings: { ...withPassword, repository: '/srv/restic', lookEverySeconds: 1 },
      field: 'lookEverySeconds',
      message: 'source.lookEverySeconds must be a whole number of seconds from 10 to 86400',
    },
    {
      settings: { ...withPassword, repository: '/srv/restic', tag: 'a\u0000b' },
      field: 'tag',
      message: 'source.tag must be a plain text of at most 1024 characters',
    },
  ] as unknown as SourceTrial['bad'],
  full: () => resticBench(),
  empty: () => resticBench({ isEmpty: true }),
  blind: () => {
    const { passwordFile, settings } = resticBench();
    writeFileSync(passwordFile, 'salah');
    return { settings };
  },
});

const look = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  resticSource.look(resticSource.parse(settings), deps);
const explain = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  resticSource.explain(resticSource.parse(settings), deps);

describe.skipIf(!needed.ok)(`a restic repository ${needed.reason}`, () => {
  it('is told snapshot by snapshot, the size of the newest worked out apart, and explained', async () => {
    const { settings, restic, repository, passwordFile } = resticBench();
    chmodSync(passwordFile, 0o644);
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    const claims = await look(settings, deps);
    const snapshots = JSON.parse(restic('snapshots', '--json')) as { id: string; paths: string[] }[];
    const { id: repositoryId } = JSON.parse(restic('cat', 'config')) as { id: string };
    const claim = (at: (typeof snapshots)[number] | undefined, completedAt: string) => ({
      outcome: 'ok',
      objectName: `${at?.id.slice(0, 8)} ${at?.paths.join(' ')}`,
      objectId: at?.id,
      repositoryId,
      startedAt: completedAt,
      completedAt,
    });
    expect(claims).toEqual([
      claim(snapshots[0], '2026-11-20T23:00:00.000Z'),
      { ...claim(snapshots[1], '2026-11-21T23:00:00.000Z'), sizeBytes: 3200 },
    ]);

    expect(await explain(settings, deps)).toEqual([
      {
        text:
          `restic repository ${repositoryId.slice(0, 10)} at ${repository}: 2 snapshots in all; the newest that counts ` +
          `is ${claims[1]?.objectName} of server-simda, 2026-11-21T23:00:00.000Z.`,
      },
      { text: 'this restic keeps no summary: the start of a backup stands for its end. Since 0.17 it keeps both.' },
      {
        text: `everybody on this machine may read ${passwordFile}.`,
        remedy: `run "chmod o-rwx ${passwordFile}".`,
      },
    ]);
    expect(words).toEqual(['snapshots', 'cat', 'stats']);
  });

  it('can be narrowed to a tag, a host or a path', async () => {
    const { settings } = resticBench();
    const tagged = await look({ ...settings, tag: 'malam', host: 'server-simda' } as SourceSettings);
    expect(tagged.map(({ completedAt }) => completedAt)).toEqual(['2026-11-20T23:00:00.000Z']);
    expect(await look({ ...settings, host: '--help' } as SourceSettings)).toEqual([
      { outcome: 'no-data', reason: 'no-snapshot-matches' },
    ]);
  });

  it('is asked again only when the folder of snapshots changed or the time is up', async () => {
    const { settings, restic, repository } = resticBench();
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    const first = await look(settings, deps);
    expect(await look(settings, deps)).toEqual(first);
    deps.clock.advanceMs(899_000);
    await look(settings, deps);
    expect(words).toHaveLength(3);
    deps.clock.advanceMs(1000);
    await look(settings, deps);
    expect(words.slice(3)).toEqual(['snapshots']);

    // Reading it fails for everybody; the snapshot that restic keeps all the same is a snapshot.
    expect(() => restic('backup', '/proc/self/mem')).toThrow(expect.objectContaining({ status: 3 }));
    const third = await look(settings, deps);
    expect(words.slice(4)).toEqual(['snapshots', 'stats']);
    expect(third.slice(0, 2)).toEqual(first);
    expect(third.slice(2)).toMatchObject([{ outcome: 'ok', objectName: expect.stringMatching(/ \/proc\/self\/mem$/) }]);
    expect(readdirSync(join(repository, 'locks'))).toEqual([]);
  });

  it('is asked for its id again when it was made anew in the same place', async () => {
    const { settings, repository } = resticBench();
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    await look(settings, deps);
    const other = resticBench({ isEmpty: true });
    other.restic('backup', 'source');
    rmSync(repository, { recursive: true });
    cpSync(other.repository, repository, { recursive: true });
    expect(await look(settings, deps)).toMatchObject([{ outcome: 'ok', sizeBytes: 3200 }]);
    expect(words).toEqual(['snapshots', 'cat', 'stats', 'snapshots', 'cat', 'stats']);
  });

  it('is read while a backup runs, and its lock is explained', async () => {
    const { settings, restic, repository, passwordFile, folder } = resticBench();
    const env = { PATH: systemPath, HOME: folder, RESTIC_REPOSITORY: repository, RESTIC_PASSWORD_FILE: passwordFile };
    const backup = spawn('restic', ['backup', '--stdin', '--no-cache'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    onTestFinished(() => void backup.kill('SIGKILL'));
    const locks = () => readdirSync(join(repository, 'locks'));
    await waitUntil('restic has locked the repository', () => locks().length > 0);
    expect(() => restic('prune')).toThrow(/already locked/);
    const deps = sourceDeps(temporaryFolder());
    expect(await look(settings, deps)).toHaveLength(2);
    expect(locks()).toHaveLength(1);

    deps.clock.setMs(Date.now());
    expect(await explain(settings, deps)).toContainEqual({
      text: expect.stringMatching(/^the repository is locked, last confirmed 20.*: restic is at work there\.$/),
    });
    for (const lock of locks()) utimesSync(join(repository, 'locks', lock), 1_790_000_000, 1_790_000_000);
    expect(await explain(settings, deps)).toContainEqual({
      text: 'the repository has been locked since 2026-09-21T14:13:20.000Z, and nothing has confirmed the lock for 30 minutes.',
      remedy: 'when no backup runs, run "restic unlock"; until then a prune or check may not start.',
    });
  });

  it('with hostile names gives a report that fits, without control characters', async () => {
    const { settings, restic, folder } = resticBench();
    const path = `${folder}/\u001b[31m\n${'ü'.repeat(100)}`;
    writeFileSync(path, 'x');
    restic('backup', path, '--host=\u001b]0;owned\u0007', '--tag=a\nb');
    const deps = sourceDeps(temporaryFolder());
    const claims = await look(settings, deps);
    const rows = claims.map((claim) => ({ dataset: 'simda', source: 'restic', ...claim }));
    expect(schemaErrors('backups', rows)).toEqual([]);
    expect(claims.at(-1)?.objectName).toContain('/\uFFFD[31m\uFFFDüüü');
    const texts = (await explain(settings, deps)).map(({ text }) => text).join(' ');
    // oxlint-disable-next-line no-control-regex -- what must not reach a terminal
    expect(texts).not.toMatch(/[\u0000-\u001f]/);
    expect(texts).toContain('of \uFFFD]0;owned\uFFFD,');
  });
});
