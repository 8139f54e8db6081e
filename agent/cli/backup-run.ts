import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemClock } from '../../shared/clock.ts';
import { durationPattern, durationSeconds } from '../../shared/duration.ts';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import { createLineMask } from '../../shared/mask-lines.ts';
import { knownTools, toolOf } from '../backups/tools/exit-codes.ts';
import { journalId } from '../backups/journal.ts';
import { endedRun, ownExitCode } from '../backups/runs/ended-run.ts';
import { inheritedFiles } from '../backups/runs/inherited-files.ts';
import { processMark } from '../backups/runs/process-facts.ts';
import { type CommandEnd, runCommand } from '../backups/runs/run-command.ts';
import type { RunningRun } from '../backups/runs/run-entry.ts';
import { createRunRecord, noRunRecord } from '../backups/runs/run-record.ts';
import { secretsGiven } from '../backups/runs/secrets-given.ts';
import { loadConfig } from '../config/config-cache.ts';
import { readSettings } from '../config/settings.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { type Command, type CommandInput, dataHelp, dataOption, textOption } from './command.ts';

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** What a timer can hold. */
const longestDays = 24;

export const backupRunCommand: Command = {
  usage: 'backup-run --dataset NAME [--tool TOOL] [--timeout TIME] [--data DIR] -- COMMAND [ARGUMENT...]',
  help: `Runs a backup command and writes down for the agent how it went: when, for how long, with which exit code and,
when it failed, its last lines without what looks like a password. The agent reports it, also later.

The command runs as if it stood there alone: no shell in between, its input and output byte for byte, signals
passed on, and its exit code is the exit code of backup-run (128+N when signal N ended it, 127 when it was not
found). Whatever goes wrong with the watching is one line on stderr; the backup runs all the same. An output that
is a terminal is the command's own, and nothing is kept of it. Background jobs that it leaves keep their output.

  --dataset NAME
               the dataset of pantau.yaml that this backup belongs to
  --tool TOOL  whose exit codes these are, when the command's name does not say it, say for a script:
               ${knownTools.slice(0, 7).join(', ')} and others; of an unknown one only 0 counts as success
  --timeout TIME
               ends the command and everything it started after 90s, 15m or 6h; it has failed then
${dataHelp}

In cron:
  30 1 * * *  root  pantau-agent backup-run --dataset simda -- restic -r /mnt/vault/simda --password-file /etc/pantau/simda.sandi backup /srv/simda
A pipeline needs a shell, and "pipefail", without which a failing dump counts as a success:
  45 1 * * *  root  pantau-agent backup-run --dataset simpeg -- bash -o pipefail -c 'mysqldump simpeg | gzip > /backup/simpeg.sql.gz'
For a run that is to outlive its terminal take "setsid" or a systemd unit; "nohup" has no effect through Node.`,
  options: { ...dataOption, dataset: { type: 'string' }, tool: { type: 'string' }, timeout: { type: 'string' } },
  positionalCount: 0,
  takesCommand: true,
  async run(input) {
    // Before anything of ours is open.
    const inherited = inheritedFiles();
    const options = readOptions(input);
    const { command, dataFolder, dataset, tool, maskLine } = options;
    const startedAtMs = systemClock.nowMs();
    const runId = journalId(startedAtMs, randomBytes(6));
    const running: RunningRun = {
      state: 'running',
      runId,
      tool,
      startedAt: new Date(startedAtMs).toISOString(),
      pid: process.pid,
      process: processMark(process.pid),
    };
    const record = namePattern.test(dataset)
      ? createRunRecord(dataFolder, dataset)
      : noRunRecord(`"${dataset}" cannot be the name of a dataset`);
    record.begin(running);
    const warning = warningOf(record.problem(), options);
    if (warning !== undefined) complain(warning);
    const end = await runCommand({
      command,
      environment: environmentOf(dataFolder),
      clock: systemClock,
      inheritedFiles: inherited,
      timeLimitMs: options.timeLimitMs,
    });
    const { timeLimitText } = options;
    record.end(() => endedRun(running, end, { nowMs: systemClock.nowMs(), timeLimitText, maskLine }));
    if (warning === undefined && record.problem() !== undefined) complain(notRecorded(record.problem()));
    sayWhyNotStarted(command, end);
    if (end.stuckAfter !== undefined) process.kill(process.pid, end.stuckAfter);
    return ownExitCode(end);
  },
};

interface Options {
  command: string[];
  dataFolder: string;
  dataset: string;
  /** What stood behind --tool. */
  namedTool: string | undefined;
  tool: string;
  timeLimitMs: number | undefined;
  timeLimitText: string | undefined;
  maskLine: (line: string) => string;
}

/** @throws AppError `wrong-usage`. */
function readOptions({ values, rest }: CommandInput): Options {
  const dataset = textOption(values, 'dataset');
  if (dataset === undefined) throw wrongUsage('--dataset is missing: it names the dataset that the backup belongs to.');
  const timeLimitText = textOption(values, 'timeout');
  const namedTool = textOption(values, 'tool')?.toLowerCase();
  return {
    command: rest,
    dataFolder: readSettings(textOption(values, 'data')).dataFolder,
    dataset,
    namedTool,
    tool: namedTool ?? toolOf(rest),
    timeLimitMs: timeLimitText === undefined ? undefined : timeLimitOf(timeLimitText),
    timeLimitText,
    maskLine: createLineMask(secretsGiven(process.env as Record<string, string>, rest)),
  };
}

function timeLimitOf(text: string): number {
  const seconds = new RegExp(durationPattern).test(text) ? durationSeconds(text) : Infinity;
  if (seconds <= longestDays * 86_400) return seconds * 1000;
  throw wrongUsage(`--timeout ${text} is no time of at most ${longestDays} days: write 90s, 15m, 6h or 2d.`);
}

/** One line at most: what keeps the run from being recorded, else what keeps it from being reported or judged. */
function warningOf(recordProblem: string | undefined, { dataFolder, dataset, namedTool }: Options): string | undefined {
  if (recordProblem !== undefined) return notRecorded(recordProblem);
  const problem = reportProblem(dataFolder, dataset);
  if (problem !== undefined) return `this run is recorded, but not reported: ${problem}`;
  if (namedTool === undefined || knownTools.includes(namedTool)) return undefined;
  return `no exit codes are known of the tool "${namedTool}": anything but 0 counts as a failure`;
}

const notRecorded = (problem = 'unknown') => `this run is not recorded: ${problem}`;

/** @returns undefined also when this user may not know. */
function reportProblem(dataFolder: string, dataset: string): string | undefined {
  try {
    const identity = loadIdentity(dataFolder, silentLogger);
    const { backups } = loadConfig(dataFolder, identity.collectorPublicKey).config;
    if (backups.some((backup) => backup.dataset === dataset)) return undefined;
    const known = backups.map((backup) => backup.dataset).join(', ');
    return `the dataset "${dataset}" is not in this agent's configuration (${known === '' ? 'it has none' : `it has ${known}`}); add it to pantau.yaml`;
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'not-enrolled';
    return isMissing ? 'this machine is not enrolled; run "pantau-agent enroll <token>"' : undefined;
  }
}

/** Our caller's, without the cache for compiled code that the launcher gave to us alone. */
function environmentOf(dataFolder: string): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: cache, ...others } = process.env;
  const isOurs =
    cache === undefined ||
    [join(dataFolder, 'cache'), process.env['PANTAU_AGENT_CACHE']].includes(cache) ||
    basename(cache).startsWith('pantau-agent-cache-');
  return isOurs ? others : process.env;
}

function sayWhyNotStarted([program = '']: readonly string[], { startProblem }: CommandEnd): void {
  if (startProblem === undefined) return;
  const problem = { ENOENT: 'not found', EACCES: 'permission denied' }[startProblem] ?? startProblem;
  complain(`${program}: ${problem}`);
}

/** Straight to the file: Node's stream would change how an output that we share works. */
function complain(line: string): void {
  try {
    writeSync(2, `pantau-agent: ${line}\n`);
  } catch {
    // Nobody is there to read it.
  }
}

function wrongUsage(message: string): AppError {
  return new AppError('wrong-usage', message);
}
