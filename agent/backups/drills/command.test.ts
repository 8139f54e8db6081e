import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { needs } from '../../../test/requirements.ts';
import { localCommandsPathOf } from '../tools/local-commands.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { commandDrill } from './command.ts';

drillContract(commandDrill, import.meta.url, {
  restoreTest: { kind: 'command', command: 'restore-simda' },
  source: { kind: 'heartbeat' },
});

const posix = needs({ linux: true, tools: ['bash'] });

describe.skipIf(!posix.ok)(`restore test command ${posix.reason}`, () => {
  /** Allows a script on this machine under the name `restore-simda`. */
  function bench(script: string) {
    const { run, dataFolder } = drillBench(temporaryFolder());
    const commands = { 'restore-simda': ['/bin/bash', '-c', script, 'bash', '$(id); "x"'] };
    writeFileSync(localCommandsPathOf(dataFolder), JSON.stringify(commands), { mode: 0o600 });
    return (more: object = {}, options = {}) =>
      run({ kind: 'command', command: 'restore-simda', ...more }, undefined, options);
  }

  it('runs what the machine allows in the private folder and counts what is there afterwards', async () => {
    const run = bench(
      '[ "$PWD" = "$RESTORE_FOLDER" ] && echo "$RESTORE_DATASET" > dataset && ln -s /etc link && mkdir -p a/b && printf "%s" "$1" > a/b/c',
    );
    const { result } = await run({ mustContain: 'link' });
    expect(result).toMatchObject({ outcome: 'ok', fileCount: 2, sizeBytes: 16 });
    expect(result).not.toHaveProperty('objectName');
    expect(result.checks).toEqual([
      'The command restore-simda ended with exit code 0.',
      'There are 2 files with 16 bytes in all; at least 0 with 0 bytes had to be there.',
      '"link" is among them.',
    ]);
  });

  it('may restore elsewhere and leave nothing, unless something is asked for', async () => {
    const run = bench('true');
    expect((await run()).result.outcome).toBe('ok');
    expect((await run({ minFiles: 1 })).result.reason).toBe(
      'too-few-files: there are 0 files with 0 bytes in all, and 1 files must be there (minFiles)',
    );
  });

  it.each([
    ['exit 3', 'command-failed: the command restore-simda failed (exit code 3): it ended with exit code 3'],
    [
      'echo out; echo "error: password=rahasia1 is wrong" >&2; exit 1',
      'command-failed: the command restore-simda failed (exit code 1): error: password=*** is wrong',
    ],
    ['kill -SEGV $$', 'command-failed: the command restore-simda failed (was ended by SIGSEGV): SIGSEGV ended it'],
  ])('fails with its last words: %s', async (script, reason) => {
    expect((await bench(script)()).result).toMatchObject({ outcome: 'failed', reason });
  });

  it('refuses a name that this machine does not allow', async () => {
    const { result } = await bench('true')({ command: '/bin/sh' });
    expect(result.reason).toMatch(/^unknown-local-command: .* holds no command "\/bin\/sh"; it holds restore-simda$/);
  });

  it('is ended with all that it started when its time is over', async () => {
    const beganAtMs = performance.now();
    const { result } = await bench('trap "" TERM; sleep 300 & (setsid sleep 300 &) ; sleep 300')({ maxSeconds: 1 });
    expect(result.reason).toBe('time-limit: it was not done within 1 seconds (maxSeconds)');
    expect(performance.now() - beganAtMs).toBeLessThan(20_000);
  });

  it('is ended when it fills the disk', async () => {
    const { result } = await bench('while :; do head -c 1000000 /dev/urandom >> big; sleep 0.02; done')({
      maxBytes: 2_000_000,
    });
    expect(result).toMatchObject({
      outcome: 'failed',
      reason: 'space-limit: what came back takes more than 2000000 bytes (maxBytes)',
    });
  });

  it('is not waited for when it leaves something running in the background', async () => {
    const { result } = await bench('sleep 300 & disown; echo x > file')();
    expect(result).toMatchObject({ outcome: 'ok', fileCount: 1 });
  });

  it('is cleaned up after, whatever permissions it leaves', async () => {
    const run = bench('mkdir -p a/b/c; echo x > a/b/c/d; mkfifo a/p; chmod 000 a/b/c; chmod 500 a/b; chmod 400 a');
    expect((await run()).result.outcome).toBe('ok');
  });

  it('is cleaned up after when a path is longer than anybody may name', async () => {
    const run = bench('for i in {1..60}; do mkdir -p $(printf x%.0s {1..200}) && cd x*; done; echo deep > file');
    expect((await run()).result.outcome).toBe('ok');
  });

  it('finds nothing out when it is stopped', async () => {
    const stopping = new AbortController();
    const place = temporaryFolder();
    const answer = bench(`echo x > ${place}/began; sleep 300`)({}, { signal: stopping.signal });
    await waitUntil('it began', () => isThere(join(place, 'began')));
    stopping.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('says what is wrong with the file of commands', async () => {
    const { run, dataFolder } = drillBench(temporaryFolder());
    mkdirSync(join(dataFolder, 'x'));
    const reasonOf = async () => (await run({ kind: 'command', command: 'a' })).result.reason;
    expect(await reasonOf()).toMatch(/^no-local-commands: .*commands\.json does not exist/);
    writeFileSync(localCommandsPathOf(dataFolder), '{"a": ["true"]}');
    chmodSync(localCommandsPathOf(dataFolder), 0o666);
    expect(await reasonOf()).toMatch(/^unsafe-local-commands: others may change /);
  });
});

async function isThere(path: string): Promise<boolean> {
  const { access } = await import('node:fs/promises');
  return access(path).then(
    () => true,
    () => false,
  );
}
