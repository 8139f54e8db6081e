import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentMain, runProgram, startProgram } from '../../test/kit/programs.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { needs } from '../../test/requirements.ts';
import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import type { ReportRestoreTest } from '../../shared/report-schema.ts';
import { agentIdOf, createKeyPair, exportPublicKey } from '../../shared/signing.ts';
import { restoreTestsFolderOf } from '../backups/journal.ts';
import { localCommandsPathOf } from '../backups/tools/local-commands.ts';
import { readRestoreTests } from '../backups/restore-tests.ts';
import { pgTools, restoringProcesses } from '../backups/restoring/pg-dumps.test-kit.ts';
import { removeLeftovers } from '../backups/restoring/work-folder.ts';
import { resticBench, resticPassword } from '../backups/restic/repository.test-kit.ts';
import { signConfig, someConfig } from '../config/agent-config.test-kit.ts';
import { saveConfig } from '../config/config-cache.ts';
import { saveIdentity } from '../identity/store-identity.ts';
import { schemaErrors } from '../sensors/report-checks.ts';

const linux = needs({ linux: true, tools: ['bash', 'tar'] });
const restic = needs({ linux: true, tools: ['restic'] });

/** The folder of an enrolled agent with these backups; with the dataset `simda` tested by a script unless told. */
function enrolledAgent(script = 'echo x > file', backups?: object[]) {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const [own, collector] = [createKeyPair(), createKeyPair()];
  const agent = agentIdOf(exportPublicKey(own.publicKey));
  const collectorUrl = 'https://127.0.0.1:1';
  saveIdentity(data, { agent, ...own, collectorUrl, collectorPublicKey: collector.publicKey, allowPlainHttp: false });
  const simda = { dataset: 'simda', source: { kind: 'command' }, restoreTest: { kind: 'command', command: 'restore' } };
  const config = someConfig(agent, { backups: (backups ?? [simda]) as AgentConfig['backups'] });
  saveConfig(data, signConfig(config, collector.privateKey));
  writeFileSync(localCommandsPathOf(data), JSON.stringify({ restore: ['/bin/bash', '-c', script] }), { mode: 0o600 });
  const words = (...more: string[]) => ['restore-test', '--dataset', 'simda', '--data', data, ...more];
  return {
    folder,
    data,
    run: (...more: string[]) => runProgram(agentMain, words(...more)),
    start: (...more: string[]) => startProgram([process.execPath, agentMain, ...words(...more)]),
    tests: () => readRestoreTests(data, ['simda']),
    leftBehind: () => (existsSync(join(data, 'restore-work')) ? readdirSync(join(data, 'restore-work')) : []),
  };
}

describe.skipIf(!linux.ok)(`pantau-agent restore-test ${linux.reason}`, () => {
  it('says that a backup can be brought back, records it for the agent alone, and leaves nothing behind', async () => {
    const { data, run, tests, leftBehind } = enrolledAgent();
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'Restore test "command" of simda begins.',
      'Running the command restore.',
      'PASSED: simda can be brought back.',
      '  The command restore ended with exit code 0.',
      '  There are 1 files with 2 bytes in all; at least 0 with 0 bytes had to be there.',
      '',
    ]);
    expect(tests()).toMatchObject([{ dataset: 'simda', drill: 'command', outcome: 'ok', fileCount: 1, sizeBytes: 2 }]);
    expect(schemaErrors('restoreTests', tests())).toEqual([]);
    const [name = ''] = readdirSync(restoreTestsFolderOf(data, 'simda'));
    expect(statSync(join(restoreTestsFolderOf(data, 'simda'), name)).mode & 0o777).toBe(0o600);
    expect(`${tests()[0]?.runId}.json`).toBe(name);
    expect(leftBehind()).toEqual([]);
  });

  it('says why a backup cannot be brought back, and records that too', async () => {
    const { run, tests, leftBehind } = enrolledAgent('echo "cannot read the tape" >&2; exit 4');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout).toContain(
      'FAILED: command-failed: the command restore failed (exit code 4): cannot read the tape.\n',
    );
    expect(tests()).toMatchObject([
      { outcome: 'failed', reason: expect.stringMatching(/^command-failed: /) as string },
    ]);
    expect(leftBehind()).toEqual([]);
  });

  it('prints the result as JSON and nothing else when it is told', async () => {
    const { run, tests } = enrolledAgent();
    const { code, stdout } = await run('--json');
    expect(JSON.parse(stdout) as ReportRestoreTest).toEqual(tests()[0]);
    expect(code).toBe(0);
  });

  it('keeps what came back when it is told, and a later test leaves it there', async () => {
    const { run, leftBehind, data } = enrolledAgent();
    expect((await run('--keep')).stdout).toMatch(
      /What came back is kept in .*\/files; remove .* when you have seen it\./,
    );
    await run();
    const [kept = ''] = leftBehind();
    expect(readFileSync(join(data, 'restore-work', kept, 'files/file'), 'utf8')).toBe('x\n');
  });

  it('works in another folder when it is told', async () => {
    const place = temporaryFolder();
    const { run, leftBehind } = enrolledAgent('[[ $PWD == $0* ]] || pwd >&2; [[ $PWD == /tmp/* ]]');
    expect((await run('--folder', place, '--keep')).code).toBe(0);
    expect(readdirSync(place)).toHaveLength(1);
    expect(leftBehind()).toEqual([]);
    const { code, stderr } = await run('--folder', join(place, 'none'));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/none cannot be used for restore tests: ENOENT/)]);
  });

  it.each([
    [[], 2, 'This agent has no dataset "simda"; it has none.'],
    [[{ dataset: 'simpeg', source: { kind: 'command' } }], 2, 'This agent has no dataset "simda"; it has simpeg.'],
    [
      [{ dataset: 'simda', source: { kind: 'restic', repository: '/r', passwordFile: '/p' } }],
      1,
      'No restore test is set up for simda. Write into pantau.yaml, below "- id: simda" under datasets: ' +
        '"restoreTest: { kind: restic }", and how often it is due: "restoreTestEvery: 90d".',
    ],
    [
      [{ dataset: 'simda', source: { kind: 'command' }, restoreTest: { kind: 'archive' } }],
      1,
      'The restore test of simda cannot be run: restoreTest/path: must name the backup files',
    ],
  ])('says what is wrong with the configuration %j', async (backups, expected, sentence) => {
    const { run, tests } = enrolledAgent('', backups);
    const { code, stdout, stderr } = await run();
    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([expected, '']);
    expect(tests()).toEqual([]);
  });

  it('asks for the dataset, and for an enrolment', async () => {
    const nowhere = join(temporaryFolder(), 'none');
    const without = await runProgram(agentMain, ['restore-test', '--data', nowhere]);
    expect([without.code, without.stderr]).toEqual([
      2,
      'Which dataset? Name it with --dataset. See "pantau-agent restore-test --help".\n',
    ]);
    const unknown = await runProgram(agentMain, ['restore-test', '--dataset', 'x', '--data', nowhere]);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/^This agent is not enrolled/)]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'cleans up when %s stops it, and claims nothing',
    async (signal) => {
      const place = temporaryFolder();
      const { start, tests, leftBehind } = enrolledAgent(`echo $$ > ${place}/pid; echo x > file; sleep 300`);
      const running = start();
      const pid = await waitUntil(
        'the command runs',
        () => existsSync(join(place, 'pid')) && readFileSync(join(place, 'pid'), 'utf8').trim(),
      );
      expect(await running.signal(signal)).toBe(1);
      expect(running.output()).toContain(`Stopped by ${signal}: nothing was found out and nothing recorded.\n`);
      expect(isRunning(pid)).toBe(false);
      expect(leftBehind()).toEqual([]);
      expect(tests()).toEqual([]);
    },
  );

  it('cleans up at the next test after it was killed, with the programs that it left', async () => {
    const place = temporaryFolder();
    const script = `if [ -e ${place}/pid ]; then exit 0; fi; echo $$ > ${place}/pid; chmod 500 .; sleep 300`;
    const { start, run, tests, leftBehind } = enrolledAgent(script);
    const killed = start();
    const pid = await waitUntil(
      'the command runs',
      () => existsSync(join(place, 'pid')) && readFileSync(join(place, 'pid'), 'utf8').trim(),
    );
    await killed.signal('SIGKILL');
    expect(isRunning(pid)).toBe(true);
    expect(leftBehind()).toHaveLength(1);
    const { code, stdout } = await run();
    expect(stdout).toMatch(
      /^Removed .*restore-work\/pantau-restore-\w+, which an earlier restore test that was killed had left\.\n/,
    );
    expect(code).toBe(0);
    expect(isRunning(pid)).toBe(false);
    expect(leftBehind()).toEqual([]);
    expect(tests()).toHaveLength(1);
  });

  it('leaves a test alone that runs at the same time', async () => {
    const place = temporaryFolder();
    const script = `if mkdir ${place}/first; then until [ -e ${place}/second ]; do sleep 0.05; done; echo x > file; else touch ${place}/second; fi`;
    const { start, run, tests } = enrolledAgent(script);
    const first = start();
    await waitUntil('the first runs', () => existsSync(join(place, 'first')));
    expect((await run()).code).toBe(0);
    expect(await first.exited).toBe(0);
    expect(tests().map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  });

  it('fails when the result cannot be recorded, and says what it was', async () => {
    const { run, data } = enrolledAgent();
    writeFileSync(join(data, 'restore-tests'), 'in the way');
    const { code, stderr } = await run();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The result \(ok\) could not be recorded: /)]);
  });

  it.skipIf(process.getuid?.() !== 0)(
    "run by root in another user's folder, gives the result to that user",
    async () => {
      const { run, data } = enrolledAgent();
      execFileSync('chown', ['-R', '65534:65534', data]);
      chownSync(localCommandsPathOf(data), 0, 0);
      chmodSync(join(data, '..'), 0o755);
      const { code, stdout } = await run();
      expect([code, stdout]).toEqual([0, expect.stringContaining('PASSED')]);
      const place = restoreTestsFolderOf(data, 'simda');
      for (const path of [place, ...readdirSync(place).map((name) => join(place, name))]) {
        expect(statSync(path).uid).toBe(65_534);
      }
      expect(readdirSync('/var/tmp').filter((name) => name.startsWith('pantau-restore-'))).toEqual([]);
    },
  );

  it('explains itself and its kinds', async () => {
    const { stdout, code } = await runProgram(agentMain, ['restore-test', '--help']);
    expect(stdout).toMatch(/^Usage: pantau-agent restore-test --dataset NAME/);
    for (const kind of ['archive', 'borg', 'command', 'pg-list', 'postgres', 'restic'])
      expect(stdout).toContain(`\n  ${kind} `);
    expect(stdout).toContain('--data DIR');
    expect(code).toBe(0);
    for (const line of stdout.split('\n').filter((each) => !each.includes('* * root')))
      expect(line.length).toBeLessThan(125);
  });
});

describe.skipIf(!restic.ok)(`pantau-agent restore-test of a restic repository ${restic.reason}`, () => {
  it('shows no secret, whether it passes or fails', async () => {
    const bench = resticBench();
    const backup = { dataset: 'simda', source: bench.settings, restoreTest: { kind: 'restic', minFiles: 2 } };
    const { run, tests, data } = enrolledAgent('', [backup]);
    const passed = await run();
    expect([passed.code, passed.stdout]).toEqual([0, expect.stringContaining('PASSED: ')]);
    writeFileSync(bench.passwordFile, 'salah-sama-sekali\n');
    const failed = await run();
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining('FAILED: wrong-password: ')]);
    expect(tests().map(({ outcome }) => outcome)).toEqual(['ok', 'failed']);
    const place = restoreTestsFolderOf(data, 'simda');
    const written = readdirSync(place).map((name) => readFileSync(join(place, name), 'utf8'));
    const all = [passed.stdout, passed.stderr, failed.stdout, failed.stderr, ...written].join('\n');
    expect(all).not.toMatch(new RegExp(`${resticPassword}|salah-sama`));
  });
});

const server = needs({ ...pgTools, tools: [...pgTools.tools, 'setpriv'] });

describe.skipIf(!server.ok)(`pantau-agent restore-test with a server ${server.reason}`, () => {
  it('leaves no server behind when it is killed', async () => {
    const dump = join(temporaryFolder(), 'simda.sql');
    writeFileSync(dump, 'CREATE TABLE pegawai (id int);\n');
    const source = { kind: 'files', path: dump, settleSeconds: 0 };
    const restoreTest = { kind: 'postgres', query: 'SELECT pg_sleep(60)' };
    const { start } = enrolledAgent('', [{ dataset: 'simda', source, restoreTest }]);
    const place = temporaryFolder();
    chmodSync(place, 0o755);
    const killed = start('--folder', place);
    await waitUntil('the query runs', () => restoringProcesses().length > 0);
    await killed.signal('SIGKILL');
    await waitUntil('the server has ended', () => restoringProcesses().length === 0);
    expect(await removeLeftovers(place, Date.now())).toHaveLength(1);
    expect(readdirSync(place)).toEqual([]);
  });
});

/** A process that has ended may still be listed, until its parent asks how it went. */
function isRunning(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
