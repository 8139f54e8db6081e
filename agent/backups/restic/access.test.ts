import { appendFileSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { askAsNobody, nobodyNeeds } from '../tools/as-nobody.test-kit.ts';
import type { SourceSettings } from '../backup-source.ts';
import { resticSource } from '../restic.ts';
import { resticBench, resticPassword } from './repository.test-kit.ts';
import { countedRun, fakeTool, runWith, sourceDeps } from '../tools/source-deps.test-kit.ts';

const needed = needs({ linux: true, tools: ['restic'] });
const look = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  resticSource.look(resticSource.parse(settings), deps);
const explain = (settings: SourceSettings) =>
  resticSource.explain(resticSource.parse(settings), sourceDeps(temporaryFolder()));

describe.skipIf(!needed.ok)(`a restic repository that cannot be looked at ${needed.reason}`, () => {
  const reason = async (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) => {
    const claims = await look(settings, deps);
    expect(claims).toEqual([{ outcome: 'unknown', reason: expect.any(String) }]);
    return claims[0]?.reason;
  };

  it('has another password', async () => {
    const { settings, passwordFile, repository } = resticBench();
    writeFileSync(passwordFile, 'salah-sekali');
    expect(await reason(settings)).toBe(
      `wrong-password: restic does not open ${repository} with ${passwordFile}; write the password of this repository into it, or correct the settings`,
    );
  });

  it('is not there, has no config, or its password file is not there', async () => {
    const { settings, repository, passwordFile } = resticBench();
    rmSync(join(repository, 'config'));
    const gone = `no-repository: ${repository} holds no restic repository; mount it, make it with "restic init", or correct source.repository`;
    expect(await reason(settings)).toBe(gone);
    rmSync(repository, { recursive: true });
    expect(await reason(settings)).toBe(gone);
    rmSync(passwordFile);
    expect(await reason(settings)).toBe(
      `secret-file-unreadable: source.passwordFile ${passwordFile} does not exist; write it, or correct source.passwordFile`,
    );
  });

  it('is on a machine that does not answer, and the password in its address stays hidden', async () => {
    const { settings, folder } = resticBench();
    const secret = 'kata-sandi-vault';
    const { repository: _, ...others } = settings as SourceSettings & { repository: string };
    const repositoryFile = join(folder, 'address');
    writeFileSync(repositoryFile, `rest:http://dinkes:${secret}@127.0.0.1:1/simda\n`, { mode: 0o600 });
    const elsewhere = { ...others, repositoryFile } as SourceSettings;
    expect(await reason(elsewhere)).toBe(
      'repository-unreachable: rest:http://***@127.0.0.1:1/simda does not answer; check the network, the name, and that the agent may log in there without being asked',
    );
    expect(JSON.stringify(await explain(elsewhere))).not.toContain(secret);
    chmodSync(repositoryFile, 0o622);
    expect(await reason(elsewhere)).toBe(
      `secret-file-unsafe: source.repositoryFile ${repositoryFile} is not followed: others may change it; run "chmod go-w ${repositoryFile}"`,
    );
  });

  it('is looked at again after five minutes, or once its snapshots change', async () => {
    const { settings, passwordFile } = resticBench();
    writeFileSync(passwordFile, 'salah');
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    await reason(settings, deps);
    writeFileSync(passwordFile, resticPassword);
    await reason(settings, deps);
    expect(words).toHaveLength(1);
    deps.clock.advanceMs(300_000);
    expect(await look(settings, deps)).toHaveLength(2);
  });
});

describe.skipIf(!needed.ok)(`the environment of restic ${needed.reason}`, () => {
  it('comes from a file of this machine, without what restic has no use for', async () => {
    const { folder, repository } = resticBench();
    const environmentFile = join(folder, 'restic.env');
    const variables = [
      `RESTIC_REPOSITORY=${repository}`,
      `export RESTIC_PASSWORD='${resticPassword}'`,
      'LD_PRELOAD=/x.so',
    ];
    writeFileSync(environmentFile, `# for the backup job\n${variables.join('\n')}\n`, { mode: 0o600 });
    expect(await look({ kind: 'restic', environmentFile } as SourceSettings)).toHaveLength(2);

    const run = fakeTool(folder, 'restic', 'env | cut -d= -f1 | sort | tr "\\n" " " >&2; exit 1');
    const [claim] = await look(
      { kind: 'restic', environmentFile } as SourceSettings,
      sourceDeps(temporaryFolder(), run),
    );
    expect(claim?.reason).toContain('RESTIC_CACHE_DIR RESTIC_PASSWORD RESTIC_REPOSITORY TZ');
    expect(claim?.reason).not.toContain('LD_PRELOAD');

    appendFileSync(environmentFile, `RESTIC_PASSWORD "${resticPassword}"\n`);
    const [broken] = await look({ kind: 'restic', environmentFile } as SourceSettings);
    expect(broken?.reason).toBe(
      `secret-file-unreadable: line 5 of source.environmentFile ${environmentFile} is not KEY=VALUE; correct that line, or put # in front of it`,
    );
  });

  it('gives a password of this machine to no server that the configuration names', async () => {
    const { folder, passwordFile } = resticBench();
    const environmentFile = join(folder, 'restic.env');
    writeFileSync(environmentFile, 'RESTIC_REST_USERNAME=dinkes\nRESTIC_REST_PASSWORD=panjang\n', { mode: 0o600 });
    const run = fakeTool(folder, 'restic', 'env | grep -c REST_ >&2; exit 1');
    const settings = { kind: 'restic', repository: 'rest:http://elsewhere/', passwordFile, environmentFile };
    const [claim] = await look(settings, sourceDeps(temporaryFolder(), run));
    expect(claim?.reason).toContain('restic ended with exit code 1: 0;');
  });
});

describe.skipIf(!needed.ok)(`restic that is not installed ${needed.reason}`, () => {
  it('is named with the package', async () => {
    const deps = sourceDeps(temporaryFolder(), runWith(temporaryFolder()));
    expect(await look(resticBench().settings, deps)).toEqual([
      {
        outcome: 'unknown',
        reason:
          "tool-missing: restic is not installed; install the package restic, or correct PATH in the agent's service",
      },
    ]);
  });
});

describe.skipIf(!needed.ok || !nobodyNeeds.ok)(`restic for a user without rights ${nobodyNeeds.reason}`, () => {
  it('names the password file and the repository that it may not read, and the remedy', () => {
    const { settings, repository, passwordFile, folder } = resticBench();
    chmodSync(folder, 0o755);
    expect(askAsNobody(settings).explanations).toEqual([
      {
        text: `source.passwordFile ${passwordFile} may not be read by the agent's user nobody`,
        remedy: `run "chown nobody ${passwordFile} && chmod 600 ${passwordFile}", and let nobody search the folders above it`,
      },
    ]);
    chmodSync(passwordFile, 0o604);
    chmodSync(repository, 0o700);
    expect(askAsNobody(settings).explanations).toContainEqual({
      text: `the agent's user nobody may not read the repository ${repository}`,
      remedy: 'run the agent by its own service file, which may read every file, or as the user who makes the backups',
    });
  });
});
