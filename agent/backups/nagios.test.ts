import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { needs } from '../../test/requirements.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { backupSourceContract } from './backup-source.contract.ts';
import type { BackupClaim, SourceSettings } from './backup-source.ts';
import { localCommandsPathOf } from './tools/local-commands.ts';
import { nagiosSource } from './nagios.ts';
import { countedRun, sourceDeps } from './tools/source-deps.test-kit.ts';

const plugins = '/usr/lib/nagios/plugins';
const posix = needs({ linux: true });
// Plugins do not stand in PATH.
const needed = needs(
  { linux: true, tools: ['check_file_age', 'check_dummy'] },
  { isRoot: false, isLinux: process.platform === 'linux', isCi: process.env['CI'] === 'true', path: plugins },
);
const settings = { kind: 'nagios', command: 'check' } as SourceSettings;

/** A data folder in which `check` is that command. */
function folderFor(command: readonly unknown[]): string {
  const dataFolder = temporaryFolder();
  writeFileSync(localCommandsPathOf(dataFolder), JSON.stringify({ check: command }), { mode: 0o600 });
  return dataFolder;
}
const shell = (script: string) => folderFor(['sh', '-c', script]);

backupSourceContract(nagiosSource, {
  needed: posix,
  good: [
    settings,
    { ...settings, timeoutSeconds: 60, lookEverySeconds: 60 },
    { kind: 'nagios', command: 'Check_SIMDA-1.sh' },
  ] as unknown as SourceSettings[],
  bad: [
    { settings: { kind: 'nagios' }, field: 'command', message: /^source\.command is missing/ },
    {
      settings: { kind: 'nagios', command: '/usr/bin/id' } as SourceSettings,
      field: 'command',
      message: 'source.command must be the name of a command in commands.json, say check-simda',
    },
    {
      settings: { kind: 'nagios', command: '../x' } as SourceSettings,
      field: 'command',
      message: /must be the name of a command/,
    },
    {
      settings: { ...settings, timeoutSeconds: 61 } as unknown as SourceSettings,
      field: 'timeoutSeconds',
      message: 'source.timeoutSeconds must be a whole number of seconds from 1 to 60',
    },
    {
      settings: { ...settings, lookEverySeconds: 1 } as unknown as SourceSettings,
      field: 'lookEverySeconds',
      message: /must be a whole number of seconds from 10 to 86400/,
    },
  ],
  secrets: ['rahasia1'],
  full: () => ({ settings, dataFolder: shell("echo 'BACKUP WARNING password=rahasia1 | age=60s'; exit 1") }),
  blind: () => ({ settings, dataFolder: shell("echo 'usage: check -f FILE, not password=rahasia1'; exit 3") }),
});

async function look(dataFolder: string, more: Record<string, unknown> = {}): Promise<BackupClaim> {
  const config = nagiosSource.parse({ ...settings, ...more });
  const [claim] = await nagiosSource.look(config, sourceDeps(dataFolder));
  expect(schemaErrors('backups', [{ dataset: 'simda', source: 'nagios', ...claim }])).toEqual([]);
  return claim ?? { outcome: 'unknown' };
}
/** Where the clock of the tests stands. */
const nowText = '2026-11-22T03:00:00.000Z';

describe.skipIf(!needed.ok)(`real plugins ${needed.reason}`, () => {
  it('tell by their exit code how it is', async () => {
    const dummy = (state: string) => look(folderFor([`${plugins}/check_dummy`, state, 'said so']));
    expect(await dummy('0')).toEqual({ outcome: 'ok', completedAt: nowText, exitCode: 0 });
    expect(await dummy('1')).toEqual({
      outcome: 'warning',
      reason: 'WARNING: said so',
      completedAt: nowText,
      exitCode: 1,
    });
    expect(await dummy('2')).toEqual({ outcome: 'failed', reason: 'CRITICAL: said so', exitCode: 2 });
    expect(await dummy('3')).toEqual({ outcome: 'unknown', reason: 'UNKNOWN: said so', exitCode: 3 });
  });

  it('give the time and size of a file, which stay the same while the file does', async () => {
    const file = join(temporaryFolder(), 'simda.sql');
    writeFileSync(file, 'x'.repeat(4096));
    const dataFolder = folderFor([`${plugins}/check_file_age`, '-w', '7200', '-c', '14400', '-f', file]);
    const deps = sourceDeps(dataFolder);
    // The plugin reads the machine's own clock.
    const clock = { nowMs: () => Date.now(), monotonicMs: () => deps.clock.monotonicMs() };
    const config = nagiosSource.parse(settings);
    const claims: BackupClaim[] = [];
    const again = async () => {
      deps.clock.advanceMs(300_000);
      claims.push(...(await nagiosSource.look(config, { ...deps, clock })));
      return claims.at(-1);
    };
    const modifiedAtMs = Math.floor(Date.now() / 1000 - 3600) * 1000;
    utimesSync(file, modifiedAtMs / 1000, modifiedAtMs / 1000);
    const first = await again();
    expect(first).toMatchObject({ outcome: 'ok', sizeBytes: 4096 });
    expect(Math.abs(Date.parse(first?.completedAt ?? '') - modifiedAtMs)).toBeLessThanOrEqual(1000);
    expect(await again()).toEqual(first);
    utimesSync(file, modifiedAtMs / 1000 - 7200, modifiedAtMs / 1000 - 7200);
    expect(await again()).toMatchObject({ outcome: 'warning', reason: expect.stringMatching(/^FILE_AGE WARNING: /) });
    utimesSync(file, modifiedAtMs / 1000 - 86_400, modifiedAtMs / 1000 - 86_400);
    expect(await again()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^FILE_AGE CRITICAL: /) });
  });
});

describe.skipIf(!posix.ok)(`the source nagios ${posix.reason}`, () => {
  it.each([
    ["echo 'OK | age=3600 size=1.5KiB'", { outcome: 'ok', completedAt: '2026-11-22T02:00:00.000Z', sizeBytes: 1536 }],
    ["echo 'OK | age=90000ms size=2MB'", { completedAt: '2026-11-22T02:58:30.000Z', sizeBytes: 2_000_000 }],
    ["echo 'OK | age=U size=U'", { outcome: 'ok', completedAt: nowText }],
    ["echo 'OK | age=-50s size=-1B'", { outcome: 'ok', completedAt: nowText }],
    ["echo 'OK | age=1e300s size=1e300B'", { outcome: 'ok', completedAt: nowText }],
    ["echo 'OK | age=1e12s'", { outcome: 'ok', completedAt: '1970-01-01T00:00:00.000Z' }],
    ['true', { outcome: 'ok', completedAt: nowText }],
    ['echo broken >&2; exit 2', { outcome: 'failed', reason: 'broken' }],
    ['exit 2', { outcome: 'failed', reason: 'the plugin said nothing (exit code 2)' }],
    ['echo odd; exit 77', { outcome: 'unknown', reason: 'odd (exit code 77 is none of a plugin)', exitCode: 77 }],
    ['kill -9 $$', { outcome: 'unknown', reason: 'the plugin was ended by signal SIGKILL' }],
    ["printf '\\033[31mBAD\\007 \\377| x'; exit 2", { outcome: 'failed', reason: '\uFFFD[31mBAD\uFFFD \uFFFD' }],
    ["head -c 5000 /dev/zero | tr '\\0' x; exit 2", { outcome: 'failed', reason: 'x'.repeat(256) }],
    ["echo 'CRITICAL: mysql://budi:rahasia1@db'; exit 2", { reason: 'CRITICAL: mysql://***@db' }],
  ])('makes a claim of %s', async (script, claim) => {
    expect(await look(shell(script))).toMatchObject(claim);
  });

  it('does not know how it is when the plugin cannot say', async () => {
    expect(await look(shell('sleep 60'), { timeoutSeconds: 1 })).toEqual({
      outcome: 'unknown',
      reason: 'sh did not answer within 1 seconds',
    });
    expect(await look(shell('yes'))).toEqual({ outcome: 'unknown', reason: 'sh wrote more than is read' });
    expect((await look(folderFor(['/no/such/plugin']))).reason).toMatch(/^\/no\/such\/plugin is not installed; /);
    expect((await look(temporaryFolder())).reason).toMatch(/commands\.json does not exist, so "check" is not known/);
    const open = shell('true');
    chmodSync(localCommandsPathOf(open), 0o666);
    expect((await look(open)).reason).toMatch(/^others may change .*commands\.json/);
  });

  it('runs the plugin when it is time to, and its last word stands until then', async () => {
    const dataFolder = shell('true');
    const { run, words } = countedRun();
    const deps = sourceDeps(dataFolder, run);
    const config = nagiosSource.parse(settings);
    const first = await nagiosSource.look(config, deps);
    deps.clock.advanceMs(299_000);
    expect(await nagiosSource.look(config, deps)).toEqual(first);
    expect(words).toHaveLength(1);
    deps.clock.advanceMs(1000);
    expect(await nagiosSource.look(config, deps)).toEqual([
      { outcome: 'ok', completedAt: '2026-11-22T03:05:00.000Z', exitCode: 0 },
    ]);
    expect(words).toHaveLength(2);
  });

  it('lets nobody wait for a plugin that has become slow', async () => {
    const gate = temporaryFolder();
    const script = `test -e ${gate}/slow && until test -e ${gate}/go; do sleep 0.05; done; test ! -e ${gate}/go`;
    const deps = sourceDeps(shell(script));
    const config = nagiosSource.parse({ ...settings, timeoutSeconds: 30 } as unknown as SourceSettings);
    const outcome = async () => (await nagiosSource.look(config, deps))[0]?.outcome;
    expect(await outcome()).toBe('ok');
    mkdirSync(join(gate, 'slow'));
    deps.clock.advanceMs(300_000);
    expect(await outcome()).toBe('ok');
    mkdirSync(join(gate, 'go'));
    await waitUntil('the new word', async () => (await outcome()) === 'warning');
  });

  it('explains what the plugin says, and what to do when it says nothing', async () => {
    const explain = (dataFolder: string) =>
      nagiosSource.explain(
        nagiosSource.parse({ ...settings, timeoutSeconds: 1 } as unknown as SourceSettings),
        sourceDeps(dataFolder),
      );
    expect(await explain(shell("echo 'OK: fine | age=5s'"))).toEqual([
      { text: '"check" ended with 0 and says: OK: fine; it gives an age and no size.' },
    ]);
    expect(await explain(shell("echo 'usage'; exit 3"))).toMatchObject([
      { remedy: 'run the command "check" of commands.json by hand as the agent\'s user' },
    ]);
    expect(await explain(shell('sleep 60'))).toMatchObject([
      { remedy: expect.stringContaining('a larger timeoutSeconds') },
    ]);
    expect(await explain(temporaryFolder())).toMatchObject([
      { remedy: 'correct "check" in commands.json of the agent\'s data folder' },
    ]);
  });
});
