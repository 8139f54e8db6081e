import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { resticBench, resticPassword } from '../restic/repository.test-kit.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { resticDrill } from './restic.ts';

drillContract(resticDrill, import.meta.url, {
  restoreTest: { kind: 'restic' },
  source: { kind: 'restic', repository: '/srv/restic', passwordFile: '/etc/pantau/restic' },
});

const tools = needs({ linux: true, tools: ['restic'] });

describe.skipIf(!tools.ok)(`restore test restic ${tools.reason}`, () => {
  it('restores the latest snapshot and has restic compare it', async () => {
    const { folder, settings, restic } = resticBench();
    const { result, said } = await drillBench(temporaryFolder()).run(
      { kind: 'restic', mustContain: '**/source/simda.sql', minFiles: 2 },
      settings,
    );
    const [newest] = JSON.parse(
      restic('snapshots', '--json', '--latest=1', '--path', join(folder, 'none')),
    ) as unknown[];
    expect(newest).toBeUndefined();
    const all = JSON.parse(restic('snapshots', '--json')) as { id: string; time: string }[];
    const latest = all.toSorted((a, b) => (a.time < b.time ? 1 : -1))[0];
    expect(result).toMatchObject({
      outcome: 'ok',
      drill: 'restic',
      objectId: latest?.id,
      fileCount: 2,
      sizeBytes: 3200,
    });
    expect(result.checks).toEqual([
      'restic compared the content of each restored file with the hashes in the snapshot.',
      'There are 2 files with 3200 bytes in all; at least 2 with 1 bytes had to be there.',
      '"**/source/simda.sql" is among them.',
    ]);
    expect(said).toEqual([`Restoring snapshot ${result.objectName}.`]);
  });

  it('takes the snapshots that the source chooses, and only a part of them when it is told', async () => {
    const { settings } = resticBench();
    const { run } = drillBench(temporaryFolder());
    const tagged = await run({ kind: 'restic' }, { ...settings, tag: 'malam' });
    expect(tagged.result).toMatchObject({ outcome: 'ok', fileCount: 1, sizeBytes: 3000 });
    const part = await run({ kind: 'restic', include: '*.txt' }, settings);
    expect(part.result).toMatchObject({ outcome: 'ok', fileCount: 1, sizeBytes: 200 });
    expect(part.result.checks?.[0]).toMatch(/ Only \*\.txt was restored\.$/);
    const none = await run({ kind: 'restic', host: 'lain' }, settings);
    expect(none.result.reason).toMatch(/^nothing-to-restore: .* holds no snapshot that matches --host=lain$/);
  });

  it('takes a repository of its own when the source is of another kind, or it names another', async () => {
    const { settings, repository, passwordFile } = resticBench();
    const { run } = drillBench(temporaryFolder());
    const own = { kind: 'restic', repository, passwordFile };
    expect((await run(own, { kind: 'heartbeat' })).result.outcome).toBe('ok');
    const file = join(temporaryFolder(), 'address');
    writeFileSync(file, repository, { mode: 0o600 });
    const other = { kind: 'restic', repositoryFile: file };
    expect((await run(other, { ...settings, repository: '/nowhere' })).result.outcome).toBe('ok');
    await expect(run({ kind: 'restic' }, { kind: 'heartbeat' })).rejects.toThrow(
      /^restoreTest\/repository: source\.repository must be a repository as restic names it/,
    );
  });

  it('finds a repository without a snapshot', async () => {
    const { settings, repository } = resticBench({ isEmpty: true });
    const { result } = await drillBench(temporaryFolder()).run({ kind: 'restic' }, settings);
    expect(result.reason).toBe(`nothing-to-restore: there is no backup to restore: ${repository} holds no snapshot`);
  });

  it.each([
    ['flipped in', (bytes: Buffer) => bytes.fill(0xff, 30_000, 30_100)],
    ['missing from', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['all missing from', undefined],
  ])('finds bytes that are %s a pack of data', async (_, change) => {
    const { folder, settings, repository, restic } = resticBench();
    writeFileSync(join(folder, 'source/acak.bin'), randomBytes(50_000));
    restic('backup', 'source');
    for (const path of filesBelow(join(repository, 'data'))) {
      const bytes = readFileSync(path);
      if (bytes.length < 40_000) continue;
      chmodSync(path, 0o600);
      if (change === undefined) rmSync(path);
      else writeFileSync(path, change(bytes));
    }
    // Restic tries again for a quarter of an hour before it gives a pack up.
    const { result } = await drillBench(temporaryFolder()).run({ kind: 'restic', maxSeconds: 4 }, settings);
    expect(result).toMatchObject({ outcome: 'failed', objectId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(result.reason).toMatch(
      /^(restore-failed: restic could not restore snapshot [0-9a-f]{8}: |time-limit: .*; restic said last: ).{10}/,
    );
  });

  it('says that the password is wrong, and never what it is', async () => {
    const { settings, passwordFile, repository } = resticBench();
    writeFileSync(passwordFile, 'salah-sama-sekali\n');
    const { result, said } = await drillBench(temporaryFolder()).run({ kind: 'restic' }, settings);
    expect(result.reason).toBe(`wrong-password: restic does not open ${repository} with ${passwordFile}`);
    expect(JSON.stringify([result, said])).not.toMatch(new RegExp(`salah-sama|${resticPassword}`));
  });

  it('does not begin to restore what needs more room than it may have', async () => {
    const { settings } = resticBench();
    const { result, said } = await drillBench(temporaryFolder()).run({ kind: 'restic', maxBytes: 3000 }, settings);
    expect(result.reason).toBe('space-limit: it needs 3200 bytes, and 3000 are allowed (maxBytes)');
    expect(said).toEqual([]);
  });

  it('leaves no lock in the repository, and says when restic is missing', async () => {
    const { settings, repository } = resticBench();
    const { run } = drillBench(temporaryFolder());
    await run({ kind: 'restic' }, settings);
    expect(readdirSync(join(repository, 'locks'))).toEqual([]);
    const { result } = await run({ kind: 'restic' }, settings, { path: '/nonexistent' });
    expect(result.reason).toBe('tool-missing: restic is not installed; install it, or correct the PATH');
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
