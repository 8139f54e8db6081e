import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { AppError } from '../../../shared/errors.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';
import { createRunProgram, createStartProgram, type ProgramRun } from './start-program.ts';

function tools(more: object = {}) {
  const stopping = new AbortController();
  const folder = temporaryFolder();
  const environment = { PATH: systemPath, HOME: '/nonexistent' };
  const context = { environment, folder, signal: stopping.signal, ...more };
  const run = createRunProgram(context);
  const shell = (script: string, options: Partial<ProgramRun> = {}) =>
    run({ program: 'bash', args: ['-c', script], ...options });
  return { folder, stopping, run, shell, start: createStartProgram(context) };
}

describe.skipIf(process.platform === 'win32')('a program of a drill', () => {
  it('runs in the folder, in UTC, with what it is given and nothing else of ours', async () => {
    process.env['PANTAU_SECRET_OF_A_TEST'] = 'x';
    const { folder, shell } = tools();
    const { exitCode, stdout, stderr } = await shell('pwd; env; echo complaint >&2; exit 3', { env: { A: '1' } });
    delete process.env['PANTAU_SECRET_OF_A_TEST'];
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: 'complaint\n' });
    expect(stdout).toMatch(`${folder}\n`);
    for (const line of ['TZ=UTC', 'A=1', 'HOME=/nonexistent']) expect(stdout).toContain(`${line}\n`);
    expect(stdout).not.toContain('PANTAU_SECRET');
  });

  it('reads an open file from its beginning, without a permission of its own', async () => {
    const { folder, shell } = tools();
    writeFileSync(join(folder, 'in'), 'abc', { mode: 0o000 });
    const descriptor = openSync(join(folder, 'in'), 'r');
    expect((await shell('cat', { input: descriptor })).stdout).toBe('abc');
    closeSync(descriptor);
  });

  it('reads a stream, and may stop reading it', async () => {
    const { shell } = tools();
    const pieces = function* () {
      for (let n = 0; n < 5000; n++) yield Buffer.alloc(10_000, 'x');
    };
    expect((await shell('wc -c', { input: Readable.from(pieces(), { objectMode: false }) })).stdout.trim()).toBe(
      '50000000',
    );
    expect((await shell('head -c 3', { input: Readable.from(pieces(), { objectMode: false }) })).stdout).toBe('xxx');
  });

  it('fails with the reason of the stream that it reads', async () => {
    const { shell } = tools();
    const broken = function* () {
      yield Buffer.from('x');
      throw new Error('EIO: i/o error, read');
    };
    await expect(shell('cat', { input: Readable.from(broken(), { objectMode: false }) })).rejects.toThrow(
      'EIO: i/o error, read',
    );
  });

  it('has its lines taken one by one, however long they are', async () => {
    const { shell } = tools();
    const lines: string[] = [];
    const result = await shell(
      String.raw`printf 'a\n\nb\351'; head -c 200000 /dev/zero | tr '\0' x; echo; printf last`,
      {
        onLine: (line) => void lines.push(line),
      },
    );
    expect(lines.map(({ length }) => length)).toEqual([1, 0, 65_536, 4]);
    expect(lines[2]?.slice(0, 2)).toBe('b\u00e9');
    expect(result.stdout).toBe('');
  });

  it('has only the beginning of an endless output kept', async () => {
    const { stdout } = await tools().shell('head -c 6000000 /dev/zero');
    expect(stdout.length).toBe(4 * 1024 * 1024);
  });

  it('that is not there is named', async () => {
    const { run, folder } = tools();
    await expect(run({ program: 'no-such-tool', args: [] })).rejects.toMatchObject({ code: 'tool-missing' });
    writeFileSync(join(folder, 'no-program'), '');
    await expect(run({ program: join(folder, 'no-program'), args: [] })).rejects.toThrow('cannot be run (EACCES)');
  });

  it('is ended with all that it started, also when it does not want to', async () => {
    const { shell, stopping } = tools();
    const answer = shell('trap "" TERM; sleep 300 & sleep 300', {});
    stopping.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('tells its last words when its time is over', async () => {
    const { shell, start, stopping } = tools();
    const answer = shell('echo "Load() returned error, retrying: no such file, password x:y@z" >&2; exec sleep 300');
    // Another one says when the first has written.
    const watching = start({ program: 'sleep', args: ['0.3'] });
    watching.stdout.resume();
    await watching.ended;
    stopping.abort(new AppError('time-limit', 'it was not done in time'));
    await expect(answer).rejects.toThrow('it was not done in time; bash said last: Load() returned error, retrying');
  });

  it('is not waited for because of somebody whom it left with its output', async () => {
    const beganAtMs = performance.now();
    const { exitCode, stdout } = await tools().shell('(trap "" HUP; setsid sleep 20) & echo done');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'done\n' });
    expect(performance.now() - beganAtMs).toBeLessThan(15_000);
  });

  it.skipIf(process.getuid?.() !== 0)('has the rights of another user when it is told', async () => {
    const { shell } = tools({ user: { uid: 65_534, gid: 65_534 } });
    expect((await shell('id -u; id -g; id -G', { workingFolder: '/' })).stdout).toBe('65534\n65534\n65534\n');
    const reader = await tools().shell('id -u; pwd', { unprivileged: true });
    expect(reader.stdout).toBe('65534\n/\n');
  });
});
