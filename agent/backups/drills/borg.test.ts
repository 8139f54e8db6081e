import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { needs } from '../../../test/requirements.ts';
import { borgBench, borgPassphrase } from '../borg/repository.test-kit.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { borgDrill } from './borg.ts';

drillContract(borgDrill, import.meta.url, {
  restoreTest: { kind: 'borg' },
  source: { kind: 'borg', repository: '/srv/borg', passphraseFile: '/etc/pantau/borg' },
});

const tools = needs({ linux: true, tools: ['borg'] });

describe.skipIf(!tools.ok)(`restore test borg ${tools.reason}`, () => {
  it('extracts the newest archive, whatever its name is', async () => {
    const { settings, borg } = borgBench();
    borg('create', '::lama', 'source/simda.sql');
    borg('create', '::simda-{{2026}} malam', 'source');
    const { result } = await drillBench(temporaryFolder()).run({ kind: 'borg', mustContain: 'source/*.sql' }, settings);
    const { archives } = JSON.parse(borg('list', '--json')) as { archives: { id: string }[] };
    expect(result).toMatchObject({
      outcome: 'ok',
      objectName: 'simda-{2026} malam',
      objectId: archives[1]?.id,
      fileCount: 2,
      sizeBytes: 3200,
    });
    expect(result.checks).toEqual([
      'borg checked each piece of the files against its hash.',
      'There are 2 files with 3200 bytes in all; at least 1 with 1 bytes had to be there.',
      '"source/*.sql" is among them.',
    ]);
  });

  it('takes the archives that the source chooses, and only a part of them when it is told', async () => {
    const { settings, borg } = borgBench();
    borg('create', '::simda-1', 'source/simda.sql');
    borg('create', '::lain-1', 'source');
    const { run } = drillBench(temporaryFolder());
    const chosen = await run({ kind: 'borg' }, { ...settings, archivePrefix: 'simda-' });
    expect(chosen.result).toMatchObject({ outcome: 'ok', objectName: 'simda-1', fileCount: 1 });
    const part = await run({ kind: 'borg', include: 'source/log.txt' }, settings);
    expect(part.result).toMatchObject({ outcome: 'ok', objectName: 'lain-1', fileCount: 1, sizeBytes: 200 });
    const none = await run({ kind: 'borg', archivePrefix: 'tidak-' }, settings);
    expect(none.result.reason).toMatch(/^nothing-to-restore: .* holds no archive whose name begins with tidak-$/);
  });

  it('finds damaged data, and a repository without an archive', async () => {
    const { settings, repository, borg } = borgBench();
    const { run } = drillBench(temporaryFolder());
    const empty = await run({ kind: 'borg' }, settings);
    expect(empty.result.reason).toBe(
      `nothing-to-restore: there is no backup to restore: ${repository} holds no archive`,
    );
    borg('create', '::satu', 'source');
    const [largest = ''] = segmentsOf(repository).toSorted((x, y) => statSync(y).size - statSync(x).size);
    const bytes = readFileSync(largest);
    for (let at = 200; at < bytes.length; at += 50) bytes[at] = 0xff;
    writeFileSync(largest, bytes);
    const { result } = await run({ kind: 'borg' }, settings);
    expect(result.reason).toBe(`repository-damaged: borg finds ${repository} damaged`);
  });

  it('fails when nothing comes back, and with the words of borg when it cannot extract', async () => {
    const { folder, settings, borg } = borgBench();
    borg('create', '::satu', 'source');
    const { run } = drillBench(temporaryFolder());
    const none = await run({ kind: 'borg', include: 'tidak/ada' }, settings);
    expect(none.result.reason).toMatch(/^too-few-files: there are 0 files /);
    mkdirSync(join(folder, 'bin'));
    const real = execFileSync('sh', ['-c', 'command -v borg'], { encoding: 'utf8' }).trim();
    const script = `#!/bin/sh\ncase " $* " in *" extract "*) echo "KeyError: 6" >&2; exit 2;; esac\nexec ${real} "$@"\n`;
    writeFileSync(join(folder, 'bin/borg'), script, { mode: 0o755 });
    const { result } = await run({ kind: 'borg' }, settings, { path: `${folder}/bin:${systemPath}` });
    expect(result).toMatchObject({
      objectName: 'satu',
      reason: 'restore-failed: the archive satu could not be restored: borg ended with exit code 2: KeyError: 6',
    });
  });

  it('says that the passphrase is wrong, and never what it is', async () => {
    const { settings, passphraseFile, repository, borg } = borgBench();
    borg('create', '::satu', 'source');
    writeFileSync(passphraseFile, 'salah-sama-sekali\n');
    const { result, said } = await drillBench(temporaryFolder()).run({ kind: 'borg' }, settings);
    expect(result.reason).toBe(`wrong-password: borg does not open ${repository} with ${passphraseFile}`);
    expect(JSON.stringify([result, said])).not.toMatch(new RegExp(`salah-sama|${borgPassphrase}`));
  });

  it('waits until a backup that is being made has ended, and takes no lock itself', async () => {
    const { settings, repository, borg } = borgBench();
    borg('create', '::satu', 'source');
    mkdirSync(join(repository, 'lock.exclusive'));
    const said: string[] = [];
    const answer = drillBench(temporaryFolder()).run({ kind: 'borg' }, settings, { said });
    await waitUntil('the lock was seen', () => said.length > 0);
    rmSync(join(repository, 'lock.exclusive'), { recursive: true });
    const { result } = await answer;
    expect(result.outcome).toBe('ok');
    expect(said).toEqual(['A backup is being made; waiting for its end.', 'Restoring archive satu.']);
    expect(readdirSync(repository).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('does not begin to restore what needs more room than it may have', async () => {
    const { settings, borg } = borgBench();
    borg('create', '::satu', 'source');
    const { result } = await drillBench(temporaryFolder()).run({ kind: 'borg', maxBytes: 3000 }, settings);
    expect(result.reason).toBe('space-limit: it needs 3200 bytes, and 3000 are allowed (maxBytes)');
  });
});

function segmentsOf(repository: string): string[] {
  return readdirSync(join(repository, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
