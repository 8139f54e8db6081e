import { describe, expect, it } from 'vitest';
import { createRunTool } from './run-tool.ts';

const run = createRunTool({ PATH: process.env['PATH'] ?? '', HOME: '/' });
const shell = (script: string, more = {}) => run({ program: 'sh', args: ['-c', script], timeoutMs: 10_000, ...more });

describe.skipIf(process.platform === 'win32')('a tool', () => {
  it('gives its output and exit code', async () => {
    const { exitCode, stdout, stderr } = await shell('echo out; echo err >&2; exit 3');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('sees UTC, a plain language and what it is given, and nothing else of ours', async () => {
    process.env['PANTAU_SECRET_OF_A_TEST'] = 'x';
    const { stdout } = await shell('env', { env: { RESTIC_REPOSITORY: '/r' } });
    delete process.env['PANTAU_SECRET_OF_A_TEST'];
    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    expect(stdout).toContain('TZ=UTC\n');
    expect(stdout).toContain('RESTIC_REPOSITORY=/r\n');
    expect(names).not.toContain('PANTAU_SECRET_OF_A_TEST');
  });

  it('hands arguments over as they are', async () => {
    const hostile = '$(touch /tmp/never); `id` "\'';
    const { stdout } = await run({ program: 'printf', args: ['%s', hostile], timeoutMs: 5000 });
    expect(stdout).toBe(hostile);
  });

  it('is ended with its children when it takes too long', async () => {
    const began = process.hrtime.bigint();
    await expect(shell('sleep 60 & sleep 60', { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'tool-timeout',
      message: 'sh did not answer within 0.2 seconds',
    });
    expect(Number(process.hrtime.bigint() - began) / 1e9).toBeLessThan(20);
  });

  it('is ended when it writes without end', async () => {
    await expect(shell('yes', { maxOutputBytes: 100_000 })).rejects.toMatchObject({ code: 'tool-output-too-large' });
  });

  it('that is not installed is named with the remedy', async () => {
    await expect(run({ program: 'no-such-tool', args: [], timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'tool-missing',
      message: "no-such-tool is not installed; install it, or correct the path of the agent's service",
    });
  });

  it('stops with the one who asked', async () => {
    const asking = new AbortController();
    const answer = shell('sleep 60', { signal: asking.signal });
    asking.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });
});
