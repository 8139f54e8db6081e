import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../test/kit/programs.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { needs } from '../../test/requirements.ts';
import { runsFolderOf } from '../backups/journal.ts';
import { journalClaims } from '../backups/runs/journal-claims.ts';
import { startCollector } from './collector.test-kit.ts';
import { runWrapped, startWrapped, wrapperWords, writtenRuns } from './backup-run.test-kit.ts';

const posix = needs({ linux: true, tools: ['bash', 'mkfifo'] });
const root = needs({ linux: true, root: true, tools: ['mount', 'umount', 'setpriv'] });
const tools = needs({ linux: true, tools: ['rsync', 'borg', 'tar', 'mkfifo'] });
const agentMain = new URL('main.ts', import.meta.url).pathname;

describe.skipIf(!posix.ok)(`what backup-run writes down ${posix.reason}`, () => {
  it('is a run that goes on, then its end, under one name', async () => {
    const dataFolder = temporaryFolder();
    const wrapped = startWrapped(['sh', '-c', 'read -r _; echo done'], { dataFolder });
    await waitUntil('the beginning', () => writtenRuns(dataFolder).length === 1);
    const [running] = writtenRuns(dataFolder);
    expect(running).toMatchObject({ state: 'running', tool: 'sh', pid: wrapped.process.pid });
    expect(journalClaims(dataFolder, 'simda')).toEqual([
      { outcome: 'running', runId: running?.['runId'], startedAt: running?.['startedAt'] },
    ]);

    wrapped.process.stdin?.end('\n');
    await wrapped.ended;
    const [ended, ...others] = writtenRuns(dataFolder);
    expect(others).toEqual([]);
    expect(ended).toMatchObject({
      state: 'ended',
      runId: running?.['runId'],
      outcome: 'ok',
      exitCode: 0,
      outputBytes: 5,
    });
    const { runId, startedAt, completedAt } = ended as Record<string, string>;
    expect(journalClaims(dataFolder, 'simda')).toEqual([{ outcome: 'ok', runId, startedAt, completedAt, exitCode: 0 }]);
    const [name = ''] = readdirSync(runsFolderOf(dataFolder, 'simda'));
    expect(statSync(join(runsFolderOf(dataFolder, 'simda'), name)).mode & 0o777).toBe(0o600);
  });

  it('maps the exit code by the tool, by its name or as told', async () => {
    const dataFolder = temporaryFolder();
    const restic = join(dataFolder, 'restic');
    writeFileSync(restic, '#!/bin/sh\necho some files >&2\nexit 3\n', { mode: 0o755 });
    const codes = [
      await runWrapped([restic, 'backup'], { dataFolder }),
      await runWrapped(['nice', '-n', '1', restic, 'backup'], { dataFolder }),
      await runWrapped(['sh', '-c', 'exit 1'], { dataFolder, options: ['--tool', 'borg'] }),
      await runWrapped(['sh', '-c', 'exit 1'], { dataFolder }),
    ].map(({ code }) => code);
    expect(codes).toEqual([3, 3, 1, 1]);
    const partial = 'restic: some source files could not be read; a snapshot was made without them (exit code 3)';
    expect(journalClaims(dataFolder, 'simda')).toMatchObject([
      { outcome: 'warning', reason: partial, lastLines: ['some files'] },
      { outcome: 'warning', reason: partial },
      { outcome: 'warning', exitCode: 1 },
      { outcome: 'failed', exitCode: 1, reason: 'sh: it failed (exit code 1)' },
    ]);
  });

  it('holds the last lines, and no secret: neither those that were given nor what looks like one', async () => {
    const dataFolder = temporaryFolder();
    const script = `
      for n in $(seq 1 30); do echo "line $n"; done
      echo "opening rest:https://dinkes:kucing99@vault/simda"
      echo "+ mysqldump -uroot -pKucing77 simda" >&2
      echo "using Kucing-Rahasia for the repository" >&2
      echo "token=abc.def.ghi" >&2
      exit 1`;
    const env = { RESTIC_PASSWORD: 'Kucing-Rahasia' };
    const { stderr } = await runWrapped(['bash', '-c', script, 'x', '--password', 'Gajah-1'], { dataFolder, env });
    expect(stderr).toContain('using Kucing-Rahasia for');
    const text = readdirSync(runsFolderOf(dataFolder, 'simda'))
      .map((name) => readFileSync(join(runsFolderOf(dataFolder, 'simda'), name), 'utf8'))
      .join('');
    for (const secret of ['kucing99', 'Kucing77', 'Kucing-Rahasia', 'abc.def', 'Gajah'])
      expect(text).not.toContain(secret);
    const [run] = writtenRuns(dataFolder);
    expect(run?.['lastLines']).toHaveLength(20);
    expect(journalClaims(dataFolder, 'simda')[0]?.lastLines).toEqual([
      'line 30',
      'opening rest:https://***@vault/simda',
      '+ mysqldump -uroot -p*** simda',
      'using *** for the repository',
      'token=***',
    ]);
  });

  it('leaves out the output of a dump that goes elsewhere than its errors: it is the data', async () => {
    const dataFolder = temporaryFolder();
    const dump = join(dataFolder, 'pg_dump');
    writeFileSync(dump, '#!/bin/sh\necho "1703010101900001 Budi"\necho "connection lost" >&2\nexit 1\n', {
      mode: 0o755,
    });
    await runWrapped([dump, 'simda'], { dataFolder });
    await runWrapped(['sh', '-c', 'seq 1 20000; exit 1'], { dataFolder });
    expect(writtenRuns(dataFolder)).toMatchObject([
      { lastLines: ['connection lost'], reason: 'pg_dump: the dump is not complete (exit code 1)' },
      { lastLines: [] },
    ]);
  });

  it('of two runs at once is one entry each', async () => {
    const dataFolder = temporaryFolder();
    const [first, second] = [0, 1].map((code) => startWrapped(['sh', '-c', `read -r _; exit ${code}`], { dataFolder }));
    await waitUntil('both', () => journalClaims(dataFolder, 'simda').length === 2);
    expect(journalClaims(dataFolder, 'simda').map(({ outcome }) => outcome)).toEqual(['running', 'running']);
    first?.process.stdin?.end();
    await first?.ended;
    expect(
      journalClaims(dataFolder, 'simda')
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['ok', 'running']);
    second?.process.stdin?.end();
    await second?.ended;
    expect(
      journalClaims(dataFolder, 'simda')
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['failed', 'ok']);
  });

  it('says of a run whose wrapper was killed that it ended without an exit code', async () => {
    const dataFolder = temporaryFolder();
    const wrapped = startWrapped(['sleep', '0.2'], { dataFolder });
    const memory = new Map<string, unknown>();
    const look = () => journalClaims(dataFolder, 'simda', { memory, nowMs: Date.now() + 60_000 });
    await waitUntil('the beginning', () => look().length === 1);
    const [{ runId, startedAt } = {}] = look();
    wrapped.process.kill('SIGKILL');
    await wrapped.ended;
    expect(look()).toEqual([
      {
        outcome: 'failed',
        runId,
        startedAt,
        reason: 'sleep: ended without an exit code (the machine or the wrapper stopped)',
      },
    ]);
  });
});

describe.skipIf(!tools.ok)(`what real tools mean by their exit codes ${tools.reason}`, () => {
  it('is written down in words: a warning is neither a success nor a failure', async () => {
    const dataFolder = temporaryFolder();
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    mkdirSync(at('source'));
    const env = { BORG_PASSPHRASE: 'rahasia1', BORG_BASE_DIR: at('base'), LC_ALL: 'C.UTF-8' };
    execFileSync('borg', ['init', '-e', 'repokey', at('vault')], { env: { ...process.env, ...env }, stdio: 'pipe' });
    const codes: (number | null)[] = [];
    for (const command of [
      ['rsync', '-a', at('source'), at('missing'), at('copy')],
      ['borg', 'create', `${at('vault')}::one`, at('source'), at('missing')],
      ['tar', '-cf', at('all.tar'), at('source'), at('missing')],
    ]) {
      codes.push((await runWrapped(command, { dataFolder, env })).code);
    }
    expect(codes).toEqual([23, 1, 2]);
    expect(journalClaims(dataFolder, 'simda').map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['warning', 'rsync: some files could not be copied (exit code 23)'],
      ['warning', 'borg: it reached its end, but there were warnings; read its log (exit code 1)'],
      ['failed', 'tar: a fatal error; the archive is not complete (exit code 2)'],
    ]);
  });
});

describe.skipIf(!posix.ok)(`a problem of the watching ${posix.reason}`, () => {
  const trouble = async (dataFolder: string, more: { dataset?: string; options?: string[] } = {}) => {
    const { code, stdout, stderr } = await runWrapped(['sh', '-c', 'echo out; exit 5'], { dataFolder, ...more });
    expect([code, stdout]).toEqual([5, 'out\n']);
    return stderr.replaceAll(dataFolder, '<data>');
  };

  it('is one line on stderr, and the command runs and keeps its exit code', async () => {
    expect(await trouble(join(temporaryFolder(), 'none'))).toBe(
      "pantau-agent: this run is not recorded: the agent's data folder <data> does not exist; enrol, or name the folder with --data\n",
    );
    const blocked = temporaryFolder();
    writeFileSync(join(blocked, 'runs'), '');
    expect(await trouble(blocked)).toBe(
      'pantau-agent: this run is not recorded: <data>/runs is not a folder; nothing is written there; run "rm <data>/runs"\n',
    );
    expect(await trouble(temporaryFolder(), { dataset: '../etc' })).toBe(
      'pantau-agent: this run is not recorded: "../etc" cannot be the name of a dataset\n',
    );
    const notEnrolled = temporaryFolder();
    expect(await trouble(notEnrolled)).toBe(
      'pantau-agent: this run is recorded, but not reported: this machine is not enrolled; run "pantau-agent enroll <token>"\n',
    );
    expect(writtenRuns(notEnrolled)).toHaveLength(1);
  });

  it('names the datasets that there are when it is another one, and a tool that is not known', async () => {
    const collector = await startCollector({ backups: [{ dataset: 'simda', source: { kind: 'command' } }] });
    onTestFinished(() => collector.close());
    const dataFolder = join(temporaryFolder(), 'data');
    await runProgram(agentMain, ['enroll', collector.token, '--data', dataFolder]);
    expect(await trouble(dataFolder)).toBe('');
    expect(await trouble(dataFolder, { dataset: 'simpeg' })).toBe(
      'pantau-agent: this run is recorded, but not reported: the dataset "simpeg" is not in this agent\'s configuration (it has simda); add it to pantau.yaml\n',
    );
    expect(await trouble(dataFolder, { options: ['--tool', 'resitc'] })).toBe(
      'pantau-agent: no exit codes are known of the tool "resitc": anything but 0 counts as a failure\n',
    );
    expect(writtenRuns(dataFolder)).toHaveLength(2);
  });

  it.each([
    [['backup-run', '--', 'true'], '--dataset is missing: it names the dataset that the backup belongs to.'],
    [['backup-run', '--dataset', 'a'], '"--" and the command behind it are missing.'],
    [['backup-run', '--dataset', 'a', '--'], '"--" and the command behind it are missing.'],
    [['backup-run', '--dataset', 'a', 'true'], '"true" is one word too many.'],
    [['backup-run', '--dataset', 'a', '--timeout', '6', '--', 'true'], '--timeout 6 is no time of at most 24 days:'],
    [['backup-run', '--dataset', 'a', '--timeout', '4w', '--', 'true'], '--timeout 4w is no time of at most 24 days:'],
    [['backup-run', '--dataset', 'a', '--frob', '--', 'true'], "Unknown option '--frob'."],
  ])('that is only a mistyped line is wrong usage: %j', (words, sentence) => {
    const run = () => execFileSync(process.execPath, [agentMain, ...words], { stdio: 'pipe', encoding: 'utf8' });
    expect(run).toThrow(expect.objectContaining({ status: 2, stderr: expect.stringContaining(sentence) as string }));
  });
});

describe.skipIf(!root.ok)(`a data folder that cannot be written ${root.reason}`, () => {
  it('because it is not for this user, leaves the backup alone', () => {
    const dataFolder = temporaryFolder();
    chmodSync(dataFolder, 0o755);
    const words = wrapperWords(['sh', '-c', 'echo out; exit 5'], { dataFolder });
    const asNobody = ['--reuid', '65534', '--clear-groups', process.execPath, ...words];
    const run = () => execFileSync('setpriv', asNobody, { stdio: 'pipe', encoding: 'utf8' });
    expect(run).toThrow(
      expect.objectContaining({
        status: 5,
        stdout: 'out\n',
        stderr: `pantau-agent: this run is not recorded: this user may not write ${dataFolder}; run the backup as root or as the agent's user\n`,
      }),
    );
  });

  it('because the disk is full, leaves the exit code alone; a run that was begun still gets its end', async () => {
    const disk = join(temporaryFolder(), 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', ['-l', disk]));
    const fill = `cat /dev/zero > ${disk}/ballast 2>/dev/null; exit 0`;

    const filling = await runWrapped(['sh', '-c', fill], { dataFolder: disk });
    expect(filling.code).toBe(0);
    expect(journalClaims(disk, 'simda')).toMatchObject([{ outcome: 'ok', exitCode: 0 }]);

    const full = await runWrapped(['sh', '-c', 'echo out; exit 5'], { dataFolder: disk });
    expect([full.code, full.stdout]).toEqual([5, 'out\n']);
    expect(full.stderr).toBe(`pantau-agent: this run is not recorded: the disk of ${disk} is full\n`);
    expect(readdirSync(runsFolderOf(disk, 'simda'))).toHaveLength(1);
  });

  it("of an agent that runs as another user gets a run of root as that user's file", async () => {
    const dataFolder = temporaryFolder();
    chownSync(dataFolder, 65_534, 65_534);
    await runWrapped(['true'], { dataFolder });
    const [name = ''] = readdirSync(runsFolderOf(dataFolder, 'simda'));
    expect(statSync(join(runsFolderOf(dataFolder, 'simda'), name)).uid).toBe(65_534);
  });
});
