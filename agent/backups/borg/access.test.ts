import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../../sensors/report-checks.ts';
import { askAsNobody, nobodyNeeds } from '../tools/as-nobody.test-kit.ts';
import type { SourceSettings } from '../backup-source.ts';
import { borgSource } from '../borg.ts';
import { itemsArguments, parseArchives, parseItems } from './answers.ts';
import { borgBench, borgPassphrase } from './repository.test-kit.ts';
import { fakeTool, printing, runWith, sourceDeps } from '../tools/source-deps.test-kit.ts';

const needed = needs({ linux: true, tools: ['borg'] });
const look = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  borgSource.look(borgSource.parse(settings), deps);
const reason = async (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) => {
  const claims = await look(settings, deps);
  expect(claims).toEqual([{ outcome: 'unknown', reason: expect.any(String) }]);
  return claims[0]?.reason;
};

describe.skipIf(!needed.ok)(`a borg repository that cannot be looked at ${needed.reason}`, () => {
  it('has another passphrase, or none was given', async () => {
    const { settings, passphraseFile, repository } = borgBench();
    writeFileSync(passphraseFile, 'salah sekali');
    const remedy = 'write the passphrase of this repository into source.passphraseFile';
    expect(await reason(settings)).toBe(
      `wrong-password: borg does not open ${repository} with ${passphraseFile}; ${remedy}`,
    );
    expect(await reason({ kind: 'borg', repository } as SourceSettings)).toBe(
      `wrong-password: borg does not open ${repository} with the passphrase that it is given; ${remedy}`,
    );
    writeFileSync(passphraseFile, 'a\0b');
    expect(await reason(settings)).toBe(
      `secret-file-unreadable: source.passphraseFile ${passphraseFile} holds a zero byte; write the password into ${passphraseFile}`,
    );
  });

  it('is not there, or is another thing', async () => {
    const { settings, repository } = borgBench();
    writeFileSync(join(repository, 'config'), '[repository]\nversion = 9\nid = x\n');
    expect(await reason(settings)).toBe(
      `no-repository: there is no borg repository at ${repository}; make it with "borg init", or correct source.repository`,
    );
    writeFileSync(join(repository, 'config'), Buffer.from([0x80, 0x98]));
    expect(await reason(settings)).toMatch(/^borg-failed: borg ended with exit code 2: UnicodeDecodeError: /);
    rmSync(repository, { recursive: true });
    expect(await reason(settings)).toBe(
      `no-repository: ${repository} holds no borg repository; mount it, make it with "borg init", or correct source.repository`,
    );
  });

  it('is on a machine that does not answer', async () => {
    expect(await reason({ kind: 'borg', repository: 'ssh://nobody@127.0.0.1:1/srv/borg' } as SourceSettings)).toMatch(
      /^repository-unreachable: the machine of ssh:\/\/nobody@127\.0\.0\.1:1\/srv\/borg does not answer with borg; /,
    );
  });

  it('is a copy or is not encrypted: that is no obstacle', async () => {
    const { folder, borg } = borgBench();
    const [plain, copy] = [join(folder, 'plain'), join(folder, 'copy')];
    borg('init', '--encryption=none', plain);
    borg('create', `${plain}::satu`, 'source');
    const deps = sourceDeps(temporaryFolder());
    const settings = (repository: string) => ({ kind: 'borg', repository }) as SourceSettings;
    expect(await look(settings(plain), deps)).toMatchObject([{ outcome: 'ok', objectName: 'satu', sizeBytes: 3200 }]);
    cpSync(plain, copy, { recursive: true });
    borg('create', `${plain}::dua`, 'source');
    expect((await look(settings(plain), deps)).map(({ objectName }) => objectName)).toEqual(['satu', 'dua']);
    // An older copy bears the same id; to borg that looks like an attack, unless it remembers the two apart.
    deps.memory.clear();
    expect(await look(settings(copy), deps)).toMatchObject([{ outcome: 'ok', objectName: 'satu', sizeBytes: 3200 }]);
  });

  it.skipIf(!nobodyNeeds.ok)('may only be read by the agent: that is no obstacle, but not to be read is one', () => {
    const { folder, repository, passphraseFile, settings, borg } = borgBench();
    borg('create', '::satu', 'source');
    chmodSync(folder, 0o755);
    chmodSync(passphraseFile, 0o604);
    execFileSync('chmod', ['-R', 'a+rX', repository]);
    expect(askAsNobody(settings).claims).toMatchObject([{ outcome: 'ok', objectName: 'satu', sizeBytes: 3200 }]);
    chmodSync(repository, 0o700);
    expect(askAsNobody(settings).explanations[0]).toEqual({
      text: `the agent's user nobody may not read the repository ${repository}`,
      remedy: 'run the agent by its own service file, which may read every file, or as the user who makes the backups',
    });
  });

  it('is named with the package when borg is not installed', async () => {
    const { settings } = borgBench();
    expect(await reason(settings, sourceDeps(temporaryFolder(), runWith(temporaryFolder())))).toBe(
      "tool-missing: borg is not installed; install the package borgbackup, or correct PATH in the agent's service",
    );
  });
});

describe.skipIf(process.platform === 'win32')('borg that is not as expected', () => {
  const bench = (script: string, more: object = {}) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'repository'));
    writeFileSync(join(folder, 'repository', 'config'), 'x');
    const settings = { kind: 'borg', repository: join(folder, 'repository'), ...more } as SourceSettings;
    return { settings, deps: sourceDeps(join(folder, 'data'), fakeTool(folder, 'borg', script)), folder };
  };
  const id = 'ab'.repeat(32);
  const list = (archives: object[]) => JSON.stringify({ archives, repository: { id }, encryption: { mode: 'none' } });
  const archive = { id, name: 'satu', start: '2026-11-21T23:00:00.000000', end: '2026-11-21T23:05:00.250000' };

  it.each([
    { name: 'nothing', stdout: '', problem: 'is not a list of archives' },
    { name: 'a list', stdout: '[]', problem: 'is not a list of archives' },
    { name: 'no id', stdout: '{"archives":[],"repository":{}}', problem: 'is not a list of archives' },
    {
      name: 'other rows',
      stdout: list([{ id: 7 }, { ...archive, start: 'now' }]),
      problem: 'holds no archive with an id and a time',
    },
  ])('answers $name', async ({ stdout, problem }) => {
    const { settings, deps } = bench(printing(stdout));
    expect(await reason(settings, deps)).toBe(
      `answer-not-understood: what borg answered ${problem}; run "borg list --json" by hand; borg 1.1 to 1.4 are understood`,
    );
  });

  it.each([1, 100, 127])('ends with the warning %i, which does not spoil the answer', async (exitCode) => {
    const { settings, deps } = bench(printing(list([archive]), exitCode, 'Warning: x'));
    expect(await look(settings, deps)).toMatchObject([
      { outcome: 'ok', startedAt: '2026-11-21T23:00:00.000Z', completedAt: '2026-11-21T23:05:00.250Z' },
    ]);
  });

  it.each([
    { exitCode: 2, stderr: 'Killed', expected: /^borg-failed: borg ended with exit code 2: Killed; / },
    { exitCode: 99, stderr: '', expected: /^borg-failed: borg ended with exit code 99: it gave no reason; / },
    { exitCode: 128, stderr: 'x', expected: /^borg-failed: borg ended with exit code 128: x; / },
    {
      exitCode: 2,
      stderr: '{"levelname":"ERROR","msgid":"Cache.RepositoryReplay","message":"x"}\nnoise',
      expected: /^repository-replaced: /,
    },
  ])('ends with exit code $exitCode and "$stderr"', async ({ exitCode, stderr, expected }) => {
    const { settings, deps } = bench(printing('', exitCode, stderr));
    expect(await reason(settings, deps)).toMatch(expected);
  });

  it('repeats a secret, which is taken out', async () => {
    const script = 'echo "bad passphrase $BORG_PASSPHRASE for ssh://u:$BORG_PASSPHRASE@host/x" >&2; exit 2';
    const { settings, deps, folder } = bench(script, { passphraseFile: '/dev/null' });
    const passphraseFile = join(folder, 'passphrase');
    writeFileSync(passphraseFile, borgPassphrase);
    expect(await reason({ ...settings, passphraseFile } as SourceSettings, deps)).toMatch(
      /^borg-failed: borg ended with exit code 2: bad passphrase \*\*\* for ssh:\/\/\*\*\*@host\/x; /,
    );
  });

  it('gets its variables from a file of this machine, except those that the settings decide', async () => {
    const { settings, deps, folder } = bench('env | grep ^BORG_ | sort | tr "\\n" " " | cut -c1-200 >&2; exit 2');
    const environmentFile = join(folder, 'borg.env');
    writeFileSync(environmentFile, 'BORG_REPO=/elsewhere\nBORG_HOST_ID=a\nPYTHONPATH=/x\n', { mode: 0o600 });
    const told = await reason({ ...settings, environmentFile } as SourceSettings, deps);
    expect(told).toMatch(/BORG_BASE_DIR=\/.*\/data\/borg\/[0-9a-f]{16} BORG_HOST_ID=a/);
    expect(told).not.toContain('elsewhere');
    expect(told).not.toContain('PYTHONPATH');
  });
});

describe('parseItems', () => {
  it('adds up sizes, and counts files but no folders and links', () => {
    expect(parseItems('d0\n-3000\n-200\nl0\nc0\n')).toEqual({ sizeBytes: 3200, fileCount: 2 });
    expect(parseItems('')).toEqual({ sizeBytes: 0, fileCount: 0 });
  });

  it.each(['-3000', '-3000\n-', '-x\n', '-1.5\n', '--1\n', '-9007199254740991\n-9007199254740991\n'])(
    'does not guess from %j',
    (stdout) => {
      expect(() => parseItems(stdout)).toThrow(expect.objectContaining({ code: 'answer-not-understood' }));
    },
  );

  it('is asked for with the name as it is', () => {
    expect(itemsArguments('{now} --help').at(-1)).toBe('::{{now}} --help');
  });
});

describe('parseArchives', () => {
  it('gives claims that fit the report, or a problem, for anything at all', () => {
    const row = fc.record(
      {
        id: fc.oneof(fc.constant('cd'.repeat(32)), fc.string()),
        name: fc.string({ unit: 'binary' }),
        start: fc.oneof(fc.constant('2026-11-21T23:00:00.000000'), fc.string()),
        end: fc.oneof(fc.constant('9999-12-31T23:59:60.0'), fc.jsonValue()),
        hostname: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const list = fc.record({
      archives: fc.array(fc.oneof(row, fc.jsonValue())),
      repository: fc.constant({ id: 'ef'.repeat(32) }),
    });
    fc.assert(
      fc.property(fc.oneof(list, fc.jsonValue()), (answer) => {
        try {
          const { claims } = parseArchives(JSON.stringify(answer), 'none');
          const rows = claims.map((claim) => ({ dataset: 'simda', source: 'borg', ...claim }));
          expect(schemaErrors('backups', rows)).toEqual([]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'answer-not-understood' });
        }
      }),
      { numRuns: 100 },
    );
  });
});
