import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { nobodyNeeds } from '../../backups/tools/as-nobody.test-kit.ts';
import { borgBench } from '../../backups/borg/repository.test-kit.ts';
import { resticBench } from '../../backups/restic/repository.test-kit.ts';
import { systemPath } from '../../backups/tools/source-deps.test-kit.ts';
import { lookAtVault, type VaultLook } from '../../backups/vault-look/look-at-vault.ts';
import { lookInChild } from '../../backups/vault-look/look-in-child.ts';
import { checkVaults, vaultFindings } from './check-vaults.ts';
import { type Finding, formatFinding } from './finding.ts';

function vaultOf(root: string, ...paths: string[]): VaultConfig {
  return {
    id: 'utama',
    location: 'pusat-data',
    root,
    hashBytesPerSecond: 1e8,
    coverSeconds: 3600,
    scanEverySeconds: 60,
    datasets: paths.map((path) => ({ pd: 'dinkes', dataset: path.replaceAll('/', '-'), path })),
  };
}

function write(root: string, path: string, content = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const shown = (findings: readonly Finding[], root: string) =>
  findings.map((finding) => formatFinding(finding).replaceAll(root, '<root>'));

/** What the doctor prints of one vault. */
async function lines(config: VaultConfig): Promise<string[]> {
  return shown(await checkVaults({ vaults: [config] }), config.root);
}

describe('the doctor on vaults', () => {
  it('has nothing to say to an agent that reads none', async () => {
    expect(await checkVaults({})).toEqual([]);
  });

  it('counts the folders that are there, and names what is missing and what belongs to nobody', async () => {
    const root = temporaryFolder();
    write(root, 'dinkes/simpus/db-1.sql');
    write(root, 'dinkes/simpus/2026/db-2.sql');
    mkdirSync(join(root, 'dinkes/kosong'));
    for (const name of ['lama', 'sisa', 'tua', 'zaman']) write(root, `${name}/x`);
    write(root, 'dinkes/catatan.txt');
    mkdirSync(join(root, 'lost+found'));
    expect(await lines(vaultOf(root, 'dinkes/simpus', 'dinkes/kosong', 'dinkes/hilang', 'bkd/simpeg'))).toEqual([
      'OK       vault utama: <root> can be read; 2 of 4 dataset folders were seen (1 plain files, 1 empty); none of dinkes/dinkes-hilang, dinkes/bkd-simpeg.',
      'PROBLEM  vault utama: 5 entries belong to no dataset: dinkes/catatan.txt, lama, sisa and 2 more. Remedy: name the folder as "vault" of its dataset in pantau.yaml, or move what belongs to nobody elsewhere.',
    ]);
  });

  it('tells a dataset inside of another one apart', async () => {
    const root = temporaryFolder();
    write(root, 'a/x.sql');
    write(root, 'a/b/y.sql');
    expect(await lines(vaultOf(root, 'a', 'a/b', 'a/c'))).toEqual([
      'OK       vault utama: <root> can be read; 2 of 3 dataset folders were seen (2 plain files); none of dinkes/a-c.',
    ]);
  });

  it('says what to do when there is no root, or nothing of it', async () => {
    const folder = temporaryFolder();
    const root = join(folder, 'brankas');
    expect(await lines(vaultOf(root, 'a'))).toEqual([
      'PROBLEM  vault utama: <root> does not exist. Remedy: create it, mount it, or correct its root in pantau.yaml.',
    ]);
    writeFileSync(root, '');
    expect(await lines(vaultOf(root, 'a'))).toEqual([
      'PROBLEM  vault utama: <root> is not a folder. Remedy: correct its root in pantau.yaml.',
    ]);
    expect(await lines(vaultOf(folder, 'a'))).toContain(
      'PROBLEM  vault utama: <root> can be read; 0 of 1 dataset folders were seen; none of dinkes/a. Remedy: mount the storage at <root>, or correct root and vault in pantau.yaml.',
    );
  });

  it('follows no link, waits for no pipe, and prints hostile names as text', async () => {
    const root = temporaryFolder();
    symlinkSync('/etc', join(root, 'tautan'));
    mkdirSync(join(root, 'pipa'));
    execFileSync('mkfifo', [join(root, 'pipa', 'a.sql'), join(root, 'pipa-saja')]);
    write(root, '\u001b[2J\nhapus');
    expect(await lines(vaultOf(root, 'tautan', 'pipa', 'pipa-saja'))).toEqual([
      'OK       vault utama: <root> can be read; 1 of 3 dataset folders were seen (1 plain files).',
      expect.stringMatching(
        /^PROBLEM {2}vault utama: 2 entries cannot be read: pipa-saja \(not a folder\), tautan \(not a folder\)\. Remedy: /,
      ) as string,
      expect.stringContaining('1 entry belongs to no dataset: \uFFFD[2J\uFFFDhapus.') as string,
    ]);
  });

  it('waits no longer than it is told for a vault that does not answer', async () => {
    const folder = temporaryFolder();
    const scriptPath = join(folder, 'silent.ts');
    writeFileSync(scriptPath, 'setInterval(() => {}, 1000);');
    const beganAtMs = performance.now();
    await expect(lookInChild(vaultOf(folder), { timeoutMs: 300, scriptPath })).rejects.toThrow(
      'it does not answer within 0.3 seconds',
    );
    expect(performance.now() - beganAtMs).toBeLessThan(5000);
  });

  it('says when there was no time for everything, and does not call the rest missing', () => {
    const root = temporaryFolder();
    write(root, 'a/x.sql');
    const config = vaultOf(root, 'a');
    const clock = { monotonicMs: () => 5 };
    expect(shown(vaultFindings(config, lookAtVault(config, { clock, untilMs: 5 })), root)).toEqual([
      'OK       vault utama: <root> can be read; 0 of 1 dataset folders were seen; there was no time to see everything.',
    ]);
  });

  it('says so when the look itself fails', async () => {
    const scriptPath = join(temporaryFolder(), 'broken.ts');
    writeFileSync(scriptPath, 'process.exit(3);');
    await expect(lookInChild(vaultOf('/x'), { timeoutMs: 5000, scriptPath })).rejects.toThrow(
      /^it could not be looked at: /,
    );
  });
});

const looker = fileURLToPath(new URL('../../backups/vault-look/look-at-vault-main.ts', import.meta.url));
describe.skipIf(!nobodyNeeds.ok)(`the doctor as a user without rights ${nobodyNeeds.reason}`, () => {
  function lookAsNobody(config: VaultConfig): string[] {
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const output = execFileSync('setpriv', [...user, process.execPath, looker, '5000'], {
      input: JSON.stringify(config),
      encoding: 'utf8',
      cwd: '/',
      env: { PATH: systemPath },
    });
    return shown(vaultFindings(config, JSON.parse(output) as VaultLook), config.root);
  }

  it('names the folders and files that cannot be read, and the root', () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    write(root, 'tertutup/x.sql');
    chmodSync(join(root, 'tertutup'), 0o700);
    write(root, 'terbuka/malam/rahasia.sql');
    chmodSync(join(root, 'terbuka/malam/rahasia.sql'), 0o600);
    const config = vaultOf(root, 'tertutup', 'terbuka');
    const [seen, unreadable] = lookAsNobody(config);
    expect(seen).toBe('OK       vault utama: <root> can be read; 1 of 2 dataset folders were seen (1 plain files).');
    expect(unreadable).toMatch(
      /^PROBLEM {2}vault utama: 2 entries cannot be read: terbuka\/malam\/rahasia\.sql \(EACCES\), tertutup \(EACCES\)\. Remedy: let the agent's user read them/,
    );
    chmodSync(root, 0o700);
    expect(lookAsNobody(config)).toEqual([
      "PROBLEM  vault utama: <root> may not be read by this user. Remedy: let the agent's user read and search it, or run the agent by its own service file, which may read every file.",
    ]);
  });
});

const tools = needs({ tools: ['restic', 'borg'] });
describe.skipIf(!tools.ok)(`the doctor on repositories in a vault ${tools.reason}`, () => {
  it('recognises them without their passwords', () => {
    const restic = resticBench();
    const borg = borgBench();
    for (const { folder } of [restic, borg]) {
      const look = lookAtVault(vaultOf(folder, 'repository'), {
        clock: systemClock,
        untilMs: systemClock.monotonicMs() + 5000,
      });
      const kind = folder === restic.folder ? 'restic' : 'borg';
      expect(look.layouts).toEqual({ restic: 0, borg: 0, files: 0, empty: 0, [kind]: 1 });
      expect(look.unreadable).toEqual({ count: 0, first: [] });
    }
  });
});
