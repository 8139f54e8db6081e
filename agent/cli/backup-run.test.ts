import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { needs } from '../../test/requirements.ts';
import { childrenOf, runWrapped, startWrapped, wrapperWords, writtenRuns } from './backup-run.test-kit.ts';

const posix = needs({ linux: true, tools: ['bash', 'mkfifo'] });
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(!posix.ok)(`the output of a wrapped command ${posix.reason}`, () => {
  it('passes byte for byte on both streams, ten megabytes of any bytes', async () => {
    const dataFolder = temporaryFolder();
    const path = join(dataFolder, 'random');
    execFileSync('sh', ['-c', `head -c 10485760 /dev/urandom > ${path}`]);
    const wrapped = startWrapped(['sh', '-c', `cat ${path} & tac ${path} >&2; wait`], { dataFolder });
    expect((await wrapped.ended).code).toBe(0);
    expect(sha256(wrapped.stdout())).toBe(sha256(readFileSync(path)));
    // Behind our own line.
    const errors = wrapped.stderr().subarray(wrapped.stderr().indexOf('\n') + 1);
    expect(sha256(errors)).toBe(sha256(execFileSync('tac', [path], { maxBuffer: 20_000_000 })));
    expect(writtenRuns(dataFolder)).toMatchObject([{ outcome: 'ok', outputBytes: 2 * 10_485_760 }]);
  });

  it('appears while the command still runs, and input reaches it', async () => {
    const dataFolder = temporaryFolder();
    const script = 'read -r word; echo "got $word"; read -r word; echo "and $word"';
    const wrapped = startWrapped(['bash', '-c', script], { dataFolder });
    wrapped.process.stdin?.write('first\n');
    await waitUntil('the first line', () => wrapped.stdout().toString() === 'got first\n');
    wrapped.process.stdin?.end('second\n');
    expect((await wrapped.ended).stdout).toBe('got first\nand second\n');
  });

  it('keeps the order of lines when both streams go to one place', () => {
    const dataFolder = temporaryFolder();
    const log = openSync(join(dataFolder, 'log'), 'a');
    const script = 'for n in $(seq 1 500); do echo "out $n"; echo "err $n" >&2; done';
    spawnSync(process.execPath, wrapperWords(['bash', '-c', script], { dataFolder }), { stdio: ['ignore', log, log] });
    const lines = readFileSync(join(dataFolder, 'log'), 'utf8').trimEnd().split('\n').slice(1);
    expect(lines).toEqual(Array.from({ length: 500 }, (_, n) => [`out ${n + 1}`, `err ${n + 1}`]).flat());
  });

  it('may be opened by name, which scripts do', async () => {
    const script = 'echo one > /dev/stdout; echo two > /dev/stderr; echo three | tee /dev/stderr';
    const { stdout, stderr } = await runWrapped(['bash', '-c', script], { dataFolder: temporaryFolder() });
    expect([stdout, stderr.split('\n').slice(1)]).toEqual(['one\nthree\n', ['two', 'three', '']]);
  });

  it('is a terminal for the command when it is one for the wrapper', () => {
    const dataFolder = temporaryFolder();
    const words = wrapperWords(['sh', '-c', 'test -t 0 && test -t 1 && test -t 2 && echo terminal'], { dataFolder });
    const line = quoted([process.execPath, ...words]);
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8', input: '' });
    expect(stdout).toContain('terminal\r\n');
    expect(writtenRuns(dataFolder)).toMatchObject([{ outcome: 'ok', lastLines: [] }]);
    expect(writtenRuns(dataFolder)[0]).not.toHaveProperty('outputBytes');
  });

  it('of a background job that the command leaves still arrives, and nobody waits for it', async () => {
    const dataFolder = temporaryFolder();
    const go = join(dataFolder, 'go');
    const script = `(until test -e ${go}; do sleep 0.05; done; echo late; echo later >&2) & echo early`;
    const wrapped = startWrapped(['bash', '-c', script], { dataFolder });
    await waitUntil('the end of the wrapper', () => wrapped.process.exitCode === 0);
    expect(wrapped.stdout().toString()).toBe('early\n');
    writeFileSync(go, '');
    const { stdout, stderr } = await wrapped.ended;
    expect(stdout).toBe('early\nlate\n');
    expect(stderr).toMatch(/later\n$/);
  });

  it('that nobody takes ends the command as it would without the wrapper', () => {
    const dataFolder = temporaryFolder();
    const words = wrapperWords(['yes'], { dataFolder });
    const line = `${quoted([process.execPath, ...words])} | head -n 1; echo "\${PIPESTATUS[0]}"`;
    expect(spawnSync('bash', ['-c', line], { encoding: 'utf8' }).stdout).toBe('y\n141\n');
    expect(writtenRuns(dataFolder)).toMatchObject([{ outcome: 'failed', reason: 'yes: ended by signal PIPE' }]);
  });

  it('that a full disk does not take is no success, though the command knew nothing of it', () => {
    const dataFolder = temporaryFolder();
    const full = openSync('/dev/full', 'w');
    const words = wrapperWords(['echo', 'dump'], { dataFolder });
    expect(spawnSync(process.execPath, words, { stdio: ['ignore', full, 'ignore'] }).status).toBe(1);
    expect(writtenRuns(dataFolder)).toMatchObject([
      {
        outcome: 'failed',
        exitCode: 1,
        reason: 'echo: its output could not be written (ENOSPC), so what was written is not complete',
      },
    ]);
  });
});

describe.skipIf(!posix.ok)(`a wrapped command ${posix.reason}`, () => {
  it('gets its words as they are, its environment, and the files it was started with', async () => {
    const dataFolder = temporaryFolder();
    const words = ['--help', '--', '', '$(id)', '\'"', '--data', 'x'];
    const { stdout } = await runWrapped(['printf', '[%s]', ...words], { dataFolder });
    expect(stdout).toBe('[--help][--][][$(id)][\'"][--data][x]');

    const env = { NODE_COMPILE_CACHE: join(dataFolder, 'cache'), BACKUP_TEST: 'x y' };
    const seen = await runWrapped(['sh', '-c', 'echo "$BACKUP_TEST/$NODE_COMPILE_CACHE"'], { dataFolder, env });
    expect(seen.stdout).toBe('x y/\n');

    const line = `${quoted([process.execPath, ...wrapperWords(['sh', '-c'], { dataFolder })])} 'cat "$0"; cat <&7' <(echo one) 7< <(echo two)`;
    expect(spawnSync('bash', ['-c', line], { encoding: 'utf8' }).stdout).toBe('one\ntwo\n');
  });

  it('that is not there gives 127, one that may not be run 126, as in a shell, and both are failed runs', async () => {
    const dataFolder = temporaryFolder();
    const script = join(dataFolder, 'script');
    writeFileSync(script, '#!/bin/sh\n');
    chmodSync(script, 0o644);
    const missing = await runWrapped(['no-such-tool', '--password', 'x'], { dataFolder });
    const forbidden = await runWrapped([script], { dataFolder });
    expect([missing.code, forbidden.code]).toEqual([127, 126]);
    expect(missing.stderr).toMatch(/^pantau-agent: no-such-tool: not found$/m);
    expect(forbidden.stderr).toMatch(/^pantau-agent: .*\/script: permission denied$/m);
    expect(writtenRuns(dataFolder)).toMatchObject([
      { outcome: 'failed', exitCode: 127, reason: 'no-such-tool: the command was not found (exit code 127)' },
      { outcome: 'failed', exitCode: 126, reason: 'script: the command could not be started (EACCES, exit code 126)' },
    ]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1'] as const)(
    'gets %s when the wrapper gets it, once',
    async (signal) => {
      const dataFolder = temporaryFolder();
      const name = signal.slice(3);
      const script = `trap 'echo got ${name}; exit 7' ${name}; echo ready; while :; do sleep 0.05; done`;
      const wrapped = startWrapped(['bash', '-c', script], { dataFolder });
      await waitUntil('the command', () => wrapped.stdout().toString() === 'ready\n');
      wrapped.process.kill(signal);
      const { code, stdout } = await wrapped.ended;
      expect([code, stdout]).toEqual([7, `ready\ngot ${name}\n`]);
    },
  );

  it('gets Ctrl-C of its terminal once, not a second time from the wrapper', async () => {
    const dataFolder = temporaryFolder();
    const go = join(dataFolder, 'go');
    const script = `trap "echo hit" INT; echo ready; until test -e ${go}; do sleep 0.05; done; echo over`;
    const line = quoted([process.execPath, ...wrapperWords(['bash', '-c', script], { dataFolder })]);
    const terminal = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
    onTestFinished(() => void terminal.kill('SIGKILL'));
    let shown = '';
    terminal.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    await waitUntil('the command', () => shown.includes('ready'));
    terminal.stdin.write('\u0003');
    await waitUntil('the signal', () => shown.includes('hit'));
    writeFileSync(go, '');
    await waitUntil('the end', () => shown.includes('over') && writtenRuns(dataFolder)[0]?.['state'] === 'ended');
    expect(shown.match(/hit/g)).toHaveLength(1);
  });

  it('that a signal ends gives 128 and its number', async () => {
    const dataFolder = temporaryFolder();
    const wrapped = startWrapped(['sh', '-c', 'echo ready; exec sleep 60'], { dataFolder });
    await waitUntil('the command', () => wrapped.stdout().toString() === 'ready\n');
    wrapped.process.kill('SIGTERM');
    expect((await wrapped.ended).code).toBe(143);
    const killed = await runWrapped(['sh', '-c', 'kill -9 $$'], { dataFolder });
    expect(killed.code).toBe(137);
    expect(writtenRuns(dataFolder)).toMatchObject([
      { outcome: 'failed', exitCode: 143, signal: 'SIGTERM', reason: 'sh: ended by signal TERM' },
      { outcome: 'failed', exitCode: 137, signal: 'SIGKILL', reason: 'sh: ended by signal KILL' },
    ]);
  });

  it('is ended with everything that it started when its time is up', async () => {
    const dataFolder = temporaryFolder();
    const wrapped = startWrapped(['bash', '-c', 'sleep 300 | sleep 301'], { dataFolder, options: ['--timeout', '1s'] });
    const sleeps = await waitUntil('both programs of the pipeline', () => {
      const shell = childrenOf(wrapped.process.pid ?? 0).find((pid) => comm(pid) === 'bash');
      const found = shell === undefined ? [] : childrenOf(shell).filter((pid) => comm(pid) === 'sleep');
      return found.length === 2 && found;
    });
    expect((await wrapped.ended).code).toBe(143);
    expect(sleeps.filter(isAlive)).toEqual([]);
    expect(writtenRuns(dataFolder)).toMatchObject([
      { outcome: 'failed', reason: 'bash: ended by its time limit of 1s' },
    ]);
  });

  it('does not make a success of it when it answers its time limit with 0', async () => {
    const dataFolder = temporaryFolder();
    const script = "trap 'exit 0' TERM; while :; do sleep 0.05; done";
    expect((await runWrapped(['bash', '-c', script], { dataFolder, options: ['--timeout', '1s'] })).code).toBe(124);
    expect(writtenRuns(dataFolder)).toMatchObject([{ outcome: 'failed', exitCode: 124 }]);
  });

  it('that is asked to end goes, though nobody reads what it wrote', async () => {
    const dataFolder = temporaryFolder();
    const wrapped = startWrapped(['yes'], { dataFolder, stdio: ['ignore', 'pipe', 'ignore'] });
    wrapped.process.stdout?.removeAllListeners('data').pause();
    await waitUntil('the run', () => writtenRuns(dataFolder).length === 1);
    const [pid = 0] = await waitUntil('the command', () => {
      const found = childrenOf(wrapped.process.pid ?? 0).filter((each) => comm(each) === 'yes');
      return found.length === 1 && found;
    });
    const seen: string[] = [];
    await waitUntil('the standstill', () => {
      seen.push(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? '');
      return Number(seen.at(-1)) > 100_000 && new Set(seen.slice(-5)).size === 1;
    });
    wrapped.process.kill('SIGTERM');
    // A shell says 143 of both.
    const { process: wrapper } = wrapped;
    await waitUntil('the end', () => wrapper.signalCode === 'SIGTERM' || wrapper.exitCode === 143);
    expect(isAlive(pid)).toBe(false);
    expect(writtenRuns(dataFolder)).toMatchObject([{ outcome: 'failed', signal: 'SIGTERM' }]);
  });
});

/** For a shell; none of the words holds a quote. */
function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' ');
}

function comm(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
