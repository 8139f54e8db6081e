import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaErrors } from '../sensors/report-checks.ts';
import { clockFinding } from './doctor/check-collector.ts';
import { nodeNameOf } from './node-name.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PANTAU_AGENT_DATA: join(folder, 'data') };
    execFile(process.execPath, [main, ...args], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('pantau-agent', () => {
  it.each([
    [[], 'Usage: pantau-agent <command> [options]'],
    [['frobnicate'], '"frobnicate" is not a command of pantau-agent. See "pantau-agent --help".'],
    [['constructor'], '"constructor" is not a command of pantau-agent. See "pantau-agent --help".'],
    [['--frob'], '"--frob" is not an option of pantau-agent. See "pantau-agent --help".'],
    [['run', '--frob'], 'Unknown option \'--frob\'. See "pantau-agent run --help".'],
    [['run', 'now'], '"now" is one word too many. See "pantau-agent run --help".'],
    [['enroll'], 'needs one more word. See "pantau-agent enroll --help".'],
    [['once', '--data'], 'See "pantau-agent once --help".'],
    [['once', '--', '--print'], '"--print" is one word too many. See "pantau-agent once --help".'],
    [['backup-run', '--dataset', 'a'], '"--" and the command behind it are missing.'],
    [['backup-run', 'a', '--', 'true'], '"a" is one word too many. See "pantau-agent backup-run --help".'],
    [['backup-run', '--', 'true'], '--dataset is missing'],
  ])('answers wrong usage %j with one sentence and exit code 2', async (args, sentence) => {
    const { code, stdout, stderr } = await cli(...args);

    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each(['enroll', 'run', 'once', 'doctor', 'backup-run'])('explains "%s" with --help', async (name) => {
    const { code, stdout } = await cli(name, '--help');

    expect(stdout).toMatch(new RegExp(`^Usage: pantau-agent ${name}.*\\n\\n[A-Z]`));
    expect(stdout).toContain('--data DIR');
    expect(code).toBe(0);
  });

  it('lists its commands and its version', async () => {
    expect(await cli('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
    const { stdout } = await cli('--help');
    for (const name of ['enroll', 'run', 'once', 'doctor', 'backup-run'])
      expect(stdout).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
    expect(stdout).not.toContain('warm');
  });

  it('hands the words behind "--" to backup-run as they are, options of its own included', async () => {
    const words = ['printf', '%s|', '--help', '--data', '--', '-h', '--dataset=x', ''];
    const { code, stdout } = await cli('backup-run', '--dataset', 'simda', '--', ...words);

    expect(stdout).toBe('--help|--data|--|-h|--dataset=x||');
    expect(code).toBe(0);
  });

  it.each([['run'], ['once']])('says what to do when "%s" comes before the enrolment', async (name) => {
    const { code, stderr } = await cli(name);

    expect(stderr).toMatch(/^This agent is not enrolled: .* Run "pantau-agent enroll <token>".*\n$/);
    expect(code).toBe(1);
  });

  it.each([
    ['nonsense', 'it must start with "pantau1."'],
    ['pantau1.bm9uc2Vuc2U', 'it is cut off or mistyped'],
  ])('says what is wrong with the token %s', async (token, reason) => {
    const { code, stderr } = await cli('enroll', token);

    expect(stderr).toContain(reason);
    expect(code).toBe(1);
  });

  it('shows before the enrolment what it would measure, as JSON, and sends nothing', async () => {
    const { code, stdout } = await cli('once', '--print');
    const report = JSON.parse(stdout) as { host: object; memory: object; seq: number; network: object };

    expect(report).toMatchObject({ seq: 1, host: { uptimeSeconds: expect.any(Number) as number } });
    expect(report.memory).toBeDefined();
    expect(schemaErrors('network', report.network)).toEqual([]);
    expect(code).toBe(0);
  });

  it('lets the doctor say what is missing and how to repair it', async () => {
    const { code, stdout } = await cli('doctor');

    expect(stdout).toMatch(/^PROBLEM {2}data folder: .* does not exist\. Remedy: run "pantau-agent enroll <token>"/m);
    expect(stdout).toMatch(/^PROBLEM {2}identity: this machine is not enrolled\. Remedy: get a token/m);
    expect(stdout).toMatch(/^OK {7}network: the collector is spoken to from 127\.0\.0\.1/m);
    expect(stdout).toMatch(/^OK {7}sensor memory: measures memory\.$/m);
    expect(stdout).toMatch(/problems found\.\n$/);
    expect(code).toBe(1);
  });
});

describe('name of a machine', () => {
  it.each([
    ['SRV-DINKES.lebong.go.id', 'srv-dinkes'],
    ['--web server_1', 'web-server-1'],
    ['x'.repeat(80), 'x'.repeat(63)],
    ['', 'node'],
    ['…', 'node'],
  ])('%s becomes %s', (hostname, name) => {
    expect(nodeNameOf(hostname)).toBe(name);
  });
});

describe('doctor', () => {
  const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
  const atMs = Date.parse(date);

  it.each([
    [date, 500, 'agrees with the collector.'],
    [date, 5500, 'agrees with the collector.'],
    [date, 90_500, 'this machine is 90 seconds ahead of the collector.'],
    [date, -3_600_000, 'this machine is 3600 seconds behind the collector.'],
    [undefined, 0, 'the collector did not say its time, so it was not compared.'],
  ])('compares the clock with %s, %d ms later', (header, laterMs, text) => {
    expect(clockFinding(header, atMs + laterMs).text).toBe(text);
  });
});
