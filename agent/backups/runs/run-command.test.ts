import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { needs } from '../../../test/requirements.ts';
import { endedRun, ownExitCode } from './ended-run.ts';
import { createOutputTail } from './output-tail.ts';
import { type CommandEnd, runCommand } from './run-command.ts';
import type { RunningRun } from './run-entry.ts';

const posix = needs({ linux: true });
const startedAt = '2026-11-25T18:30:00.000Z';
const running: RunningRun = { state: 'running', runId: 'r', tool: 'restic', startedAt, pid: 1, process: '1' };
const end = (more: Partial<CommandEnd> = {}): CommandEnd => ({
  exitCode: 0,
  isTimeUp: false,
  durationMs: 60_000,
  tails: {},
  ...more,
});
const record = (more: Partial<CommandEnd>, nowMs = Date.parse(startedAt) + 60_000) =>
  endedRun(running, end(more), { nowMs, timeLimitText: '6h', maskLine: (line) => line });

describe.skipIf(!posix.ok)(`running a command ${posix.reason}`, () => {
  it('gives each exit code from 0 to 255 as it is', async () => {
    const codes: number[] = [];
    for (let code = 0; code <= 255; code++) {
      const command = ['sh', '-c', `exit ${code}`];
      const result = await runCommand({ command, environment: process.env, clock: fakeClock(), inheritedFiles: [] });
      codes.push(ownExitCode(result));
    }
    expect(codes).toEqual(Array.from({ length: 256 }, (_, code) => code));
  });

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await runCommand({ command: ['true'], environment: process.env, clock: fakeClock(), inheritedFiles: [] });
    await runCommand({ command: [''], environment: process.env, clock: fakeClock(), inheritedFiles: [] });
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

describe('the end of a run', () => {
  it.each([
    [{ exitCode: 3 }, 'warning', 3],
    [{ exitCode: 143, signal: 'SIGTERM' as const }, 'failed', 143],
    [{ exitCode: 143, signal: 'SIGTERM' as const, isTimeUp: true }, 'failed', 143],
    [{ exitCode: 0, isTimeUp: true }, 'failed', 124],
    [{ exitCode: 0, outputProblem: 'EPIPE' }, 'failed', 141],
    [{ exitCode: 0, outputProblem: 'ENOSPC' }, 'failed', 1],
    [{ exitCode: 3, outputProblem: 'ENOSPC' }, 'warning', 3],
    [{ exitCode: 127, startProblem: 'ENOENT' }, 'failed', 127],
  ])('%o is %s with %d', (more, outcome, exitCode) => {
    expect(record(more)).toMatchObject({ outcome, exitCode });
  });

  it('trusts the clock at the end when it was set meanwhile, and the steady clock for the time between', () => {
    const stepMs = 7 * 3_600_000;
    const nowMs = Date.parse(startedAt) + 60_000 + stepMs;
    expect(record({}, nowMs)).toMatchObject({
      startedAt: '2026-11-26T01:30:00.000Z',
      completedAt: '2026-11-26T01:31:00.000Z',
      durationMs: 60_000,
    });
    expect(record({}, Date.parse(startedAt) - stepMs)).toMatchObject({
      startedAt: '2026-11-25T11:29:00.000Z',
      completedAt: '2026-11-25T11:30:00.000Z',
    });
    expect(record({}, Date.parse(startedAt) + 61_500)).toMatchObject({ startedAt });
  });

  it('keeps the lines of a standard output that is a log, and drops what is data', () => {
    const tail = (text: string) => {
      const made = createOutputTail();
      made.take(Buffer.from(text));
      return made;
    };
    const [small, large, errors] = [tail('log\n'), tail('data\n'.repeat(20_000)), tail('error\n')];
    expect(record({ tails: { stdout: small, stderr: errors } }).lastLines).toEqual(['log', 'error']);
    expect(record({ tails: { stdout: large, stderr: errors } }).lastLines).toEqual(['error']);
    expect(record({ tails: { stdout: large } }).lastLines).toEqual([]);
    expect(record({ tails: { both: large } }).lastLines).toHaveLength(20);
    expect(record({ tails: { both: large } }).outputBytes).toBe(100_000);
  });
});
