import { type ExitVerdict, exitVerdict } from '../tools/exit-codes.ts';
import type { CommandEnd, Tails } from './run-command.ts';
import { type EndedRun, keptLineCount, type RunningRun } from './run-entry.ts';

/** More than this on an output of its own is data, a dump say, and no log. */
const mostLogBytes = 64 * 1024;
/** Programs whose standard output is the backup itself: citizens' data, which must not end up in a report. */
const writesDataToOutput = /^(?:pg_dump|pg_dumpall|mysqldump|mariadb-dump|mongodump|sqlite3|tar|cat|dd|gzip|zstd|xz)$/;
/** A clock that was set during the run differs by more than this from the one that does not jump. */
const clockStepMs = 2000;

/** The shell's code of a process that wrote into a pipe which nobody reads. */
const brokenPipe = 141;
/** As timeout(1) has it. */
const timeIsUp = 124;

/**
 * What our own exit code is: the command's, except where it claims a success that was none, because its output got lost
 * on the way or because it was ended by its time limit.
 */
export function ownExitCode({ exitCode, outputProblem, isTimeUp }: CommandEnd): number {
  if (exitCode !== 0) return exitCode;
  if (outputProblem !== undefined) return outputProblem === 'EPIPE' ? brokenPipe : 1;
  return isTimeUp ? timeIsUp : 0;
}

export interface EndOptions {
  nowMs: number;
  timeLimitText: string | undefined;
  maskLine: (line: string) => string;
}

/** @param running as the journal has it since the start. */
export function endedRun(running: RunningRun, end: CommandEnd, options: EndOptions): EndedRun {
  const { runId, tool } = running;
  const { signal, tails } = end;
  const durationMs = Math.round(end.durationMs);
  const exitCode = ownExitCode(end);
  const { outcome, meaning } = verdictOf(tool, end, options.timeLimitText);
  const counts = Object.values(tails).map((tail) => tail.totalBytes());
  return {
    state: 'ended',
    runId,
    tool,
    ...timesOf(running.startedAt, options.nowMs, durationMs),
    durationMs,
    outcome,
    exitCode,
    ...(signal === undefined ? {} : { signal }),
    ...(meaning === undefined ? {} : { reason: options.maskLine(meaning) }),
    ...(counts.length === 0 ? {} : { outputBytes: counts.reduce((sum, count) => sum + count, 0) }),
    lastLines: lastLines(tool, tails, options.maskLine),
  };
}

function verdictOf(tool: string, end: CommandEnd, timeLimitText: string | undefined): ExitVerdict {
  const { exitCode, signal, startProblem, outputProblem, isTimeUp } = end;
  const failed = (meaning: string): ExitVerdict => ({ outcome: 'failed', meaning: `${tool}: ${meaning}` });
  if (startProblem === 'ENOENT') return failed('the command was not found (exit code 127)');
  if (startProblem !== undefined) return failed(`the command could not be started (${startProblem}, exit code 126)`);
  if (isTimeUp) return failed(`ended by its time limit of ${timeLimitText ?? 'unknown length'}`);
  if (signal !== undefined) return failed(`ended by signal ${signal.replace(/^SIG/, '')}`);
  if (outputProblem !== undefined && exitCode === 0) {
    return failed(`its output could not be written (${outputProblem}), so what was written is not complete`);
  }
  const { outcome, meaning } = exitVerdict(tool, exitCode);
  return meaning === undefined ? { outcome } : { outcome, meaning: `${tool}: ${meaning} (exit code ${exitCode})` };
}

/** A clock that was set while the command ran is right at the end, sooner than at the start. */
function timesOf(startedAt: string, nowMs: number, durationMs: number): Pick<EndedRun, 'startedAt' | 'completedAt'> {
  const completedAt = new Date(nowMs).toISOString();
  const isSteady = Math.abs(nowMs - Date.parse(startedAt) - durationMs) <= clockStepMs;
  return { startedAt: isSteady ? startedAt : new Date(nowMs - durationMs).toISOString(), completedAt };
}

/** Standard error comes last, because it says what went wrong. */
function lastLines(tool: string, { stdout, stderr, both }: Tails, maskLine: (line: string) => string): string[] {
  const isData = writesDataToOutput.test(tool) || (stdout?.totalBytes() ?? 0) > mostLogBytes;
  const logs = [both, isData ? undefined : stdout, stderr];
  return logs.flatMap((tail) => tail?.lines(keptLineCount, maskLine) ?? []).slice(-keptLineCount);
}
