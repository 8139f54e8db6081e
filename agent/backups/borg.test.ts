import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs } from '../../test/requirements.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { backupSourceContract, type SourceTrial } from './backup-source.contract.ts';
import type { BackupClaim, SourceSettings } from './backup-source.ts';
import { borgSource } from './borg.ts';
import { borgBench, borgPassphrase } from './borg/repository.test-kit.ts';
import { countedRun, sourceDeps } from './tools/source-deps.test-kit.ts';

const needed = needs({ linux: true, tools: ['borg'] });
const repositoryForm = /^source\.repository must be a repository as borg names it/;

backupSourceContract(borgSource, {
  needed,
  secrets: [borgPassphrase],
  good: [
    { kind: 'borg', repository: '/srv/borg' },
    { kind: 'borg', repository: 'ssh://backup@vault.lebongkab.go.id:22/srv/borg', passphraseFile: '/etc/pantau/borg' },
    { kind: 'borg', repository: 'ssh://[fd00::1]/./borg', environmentFile: '/etc/default/borg' },
    { kind: 'borg', repository: 'backup@vault:borg', archivePrefix: 'simda-', lookEverySeconds: 3600 },
  ] as unknown as SourceSettings[],
  bad: [
    { settings: { kind: 'borg' }, field: 'repository', message: repositoryForm },
    { settings: { kind: 'borg', repository: 'borg' }, field: 'repository', message: repositoryForm },
    {
      settings: { kind: 'borg', repository: 'ssh://-oProxyCommand=x/y' },
      field: 'repository',
      message: repositoryForm,
    },
    { settings: { kind: 'borg', repository: '-oProxyCommand=x:y' }, field: 'repository', message: repositoryForm },
    { settings: { kind: 'borg', repository: '/srv/borg::archive' }, field: 'repository', message: repositoryForm },
    { settings: { kind: 'borg', repository: '/srv/{hostname}' }, field: 'repository', message: repositoryForm },
    {
      settings: { kind: 'borg', repository: '/srv/borg', archivePrefix: 'simda-*' },
      field: 'archivePrefix',
      message: 'source.archivePrefix must be the beginning of the names, without * ? [ ] { }',
    },
    {
      settings: { kind: 'borg', repository: '/srv/borg', passphraseFile: '~/borg' },
      field: 'passphraseFile',
      message: 'source.passphraseFile must be an absolute path, say /etc/pantau/passphraseFile',
    },
    {
      settings: { kind: 'borg', repository: '/srv/borg', lookEverySeconds: 12.5 },
      field: 'lookEverySeconds',
      message: 'source.lookEverySeconds must be a whole number of seconds from 10 to 86400',
    },
  ] as unknown as SourceTrial['bad'],
  full: () => {
    const bench = borgBench();
    bench.borg('create', '::satu', 'source');
    return bench;
  },
  empty: () => borgBench(),
  blind: () => {
    const bench = borgBench();
    writeFileSync(bench.passphraseFile, 'salah sekali');
    return bench;
  },
});

const look = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  borgSource.look(borgSource.parse(settings), deps);
const explain = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  borgSource.explain(borgSource.parse(settings), deps);

describe.skipIf(!needed.ok)(`a borg repository ${needed.reason}`, () => {
  it('is told archive by archive, with the size and count of the newest', async () => {
    const { settings, borg } = borgBench();
    borg('create', '::satu', 'source', '--timestamp=2026-11-20T23:00:00');
    borg('create', '::dua', 'source', '--timestamp=2026-11-21T23:00:00');
    const list = JSON.parse(borg('list', '--json')) as { archives: { id: string }[]; repository: { id: string } };
    const deps = sourceDeps(temporaryFolder());
    const claims = await look(settings, deps);
    const claim = (name: string, objectId: string | undefined, at: string) => ({
      outcome: 'ok',
      objectName: name,
      objectId,
      repositoryId: list.repository.id,
      startedAt: at,
      completedAt: expect.stringMatching(new RegExp(`^${at.slice(0, 17)}`)),
    });
    expect(claims).toEqual([
      claim('satu', list.archives[0]?.id, '2026-11-20T23:00:00.000Z'),
      { ...claim('dua', list.archives[1]?.id, '2026-11-21T23:00:00.000Z'), sizeBytes: 3200, fileCount: 2 },
    ]);
    expect((await explain(settings, deps))[0]?.text).toMatch(
      /^borg repository [0-9a-f]{10} at \/.*: the newest 2 archives were read; the newest is dua of .+, 2026-11-21T23:00:/,
    );
  });

  it('tells the right moment whatever the zones of the agent and of the backup job are', async () => {
    const { settings, borg, folder } = borgBench({ TZ: 'Asia/Jayapura' });
    const beganAtMs = Date.now();
    borg('create', '::papua', 'source');
    const endedAtMs = Date.now();
    const script = `
      import { borgSource } from ${JSON.stringify(new URL('borg.ts', import.meta.url).href)};
      import { sourceDeps } from ${JSON.stringify(new URL('tools/source-deps.test-kit.ts', import.meta.url).href)};
      const config = borgSource.parse(${JSON.stringify(settings)});
      const [claim] = await borgSource.look(config, sourceDeps(${JSON.stringify(join(folder, 'agent'))}));
      console.log(JSON.stringify({ claim, zoneMinutes: new Date().getTimezoneOffset() }));`;
    const node = [process.execPath, '--input-type=module-typescript', '-e', script] as const;
    const env = { PATH: process.env['PATH'] ?? '', TZ: 'America/St_Johns' };
    const [program, ...args] = node;
    const answer = JSON.parse(execFileSync(program, args, { encoding: 'utf8', env })) as {
      claim: BackupClaim;
      zoneMinutes: number;
    };
    expect(answer.zoneMinutes).toBe(210);
    // Borg keeps whole seconds here.
    expect(Date.parse(answer.claim.startedAt ?? '')).toBeGreaterThanOrEqual(beganAtMs - 1000);
    expect(Date.parse(answer.claim.completedAt ?? '')).toBeLessThanOrEqual(endedAtMs);
  });

  it('can be narrowed to names that begin alike', async () => {
    const { settings, borg } = borgBench();
    borg('create', '::simda-1', 'source');
    borg('create', '::lain-1', 'source');
    const names = async (archivePrefix: string) =>
      (await look({ ...settings, archivePrefix } as SourceSettings)).map(
        ({ objectName, reason }) => objectName ?? reason,
      );
    expect(await names('simda-')).toEqual(['simda-1']);
    expect(await names('imda')).toEqual(['no-archive-matches']);
  });

  it('is asked again only after a commit or when the time is up, and is never locked or written', async () => {
    const { settings, borg, repository } = borgBench();
    borg('create', '::satu', 'source');
    const before = readdirSync(repository, { recursive: true });
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    const first = await look(settings, deps);
    await look(settings, deps);
    expect(words).toEqual(['list', 'list']);
    expect(readdirSync(repository, { recursive: true })).toEqual(before);
    deps.clock.advanceMs(900_000);
    await look(settings, deps);
    expect(words.slice(2)).toEqual(['list']);

    borg('create', '::dua', 'source');
    const second = await look(settings, deps);
    expect(words.slice(3)).toEqual(['list', 'list']);
    expect(second).toMatchObject([{ ...first[0] }, { objectName: 'dua', sizeBytes: 3200 }]);
  });

  it('is left alone while borg works in it: what was seen stands, and without that it says since when', async () => {
    const { settings, borg, repository, env, folder } = borgBench();
    borg('create', '::satu', 'source');
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    const seen = await look(settings, deps);
    const backup = spawn('borg', ['create', '::dua', '-'], { env, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
    onTestFinished(() => void backup.kill('SIGKILL'));
    await waitUntil('borg has locked the repository', () => existsSync(join(repository, 'lock.exclusive')));

    deps.clock.advanceMs(900_000);
    expect(await look(settings, deps)).toEqual(seen);
    expect(words).toEqual(['list', 'list']);
    expect((await explain(settings, deps)).at(-1)?.text).toMatch(
      / has been locked since 20.*Z: borg is at work there\.$/,
    );
    const [blind] = await look(settings);
    expect(blind?.outcome).toBe('unknown');
    expect(blind?.reason).toMatch(
      /^repository-locked: \/.* has been locked since 20.*Z; wait for the backup to end; when none runs, run "borg break-lock"$/,
    );
    deps.clock.advanceMs(86_400_000);
    expect(await look(settings, deps)).toEqual([blind]);

    backup.stdin.end('data');
    await new Promise((resolve) => backup.once('close', resolve));
    expect((await look(settings, deps)).map(({ objectName }) => objectName)).toEqual(['satu', 'dua']);
  });

  it('with hostile names gives a report that fits', async () => {
    const { settings, borg } = borgBench();
    borg('create', `::\u001b[31m\n{{now}}${'ü'.repeat(60)} --help`, 'source', '--comment=\u0007');
    const claims = await look(settings);
    const rows = claims.map((claim) => ({ dataset: 'simda', source: 'borg', ...claim }));
    expect(schemaErrors('backups', rows)).toEqual([]);
    expect(claims[0]).toMatchObject({ objectName: `\uFFFD[31m\uFFFD{now}${'ü'.repeat(60)} --help`, sizeBytes: 3200 });
  });
});
