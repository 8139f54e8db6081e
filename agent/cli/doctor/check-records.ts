import type { BackupConfig } from '../../../shared/agent-config-schema.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { ReportRestoreTest } from '../../../shared/report-schema.ts';
import { commandSource } from '../../backups/command.ts';
import { localCommand } from '../../backups/tools/local-commands.ts';
import { readRestoreTests } from '../../backups/restore-tests.ts';
import { usualDrillLine } from '../../backups/restoring/usual-drill.ts';
import { describeRun } from '../../backups/runs/describe-run.ts';
import { journalRuns } from '../../backups/runs/journal-claims.ts';
import { fine, type Finding, problem } from './finding.ts';

/** What "backup-run" recorded of a dataset; the source `command` explains that itself. */
export function runFindings({ dataset, source }: BackupConfig, dataFolder: string): Finding[] {
  if (source?.kind === commandSource.kind) return [];
  const subject = `runs ${dataset}`;
  let runs;
  try {
    runs = journalRuns(dataFolder, dataset);
  } catch (error) {
    const remedy = `let this user read the folder runs in ${dataFolder}.`;
    return [problem(subject, `they cannot be read: ${messageOf(error)}.`, remedy)];
  }
  const newest = runs.at(-1);
  if (newest === undefined) return [fine(subject, 'none was recorded by "pantau-agent backup-run".')];
  const text = `${runs.length} recorded by "pantau-agent backup-run"; the newest ${describeRun(newest)}.`;
  const { run, isLost } = newest;
  const isBad = isLost || (run.state === 'ended' && run.outcome !== 'ok');
  return [
    isBad ? problem(subject, text, 'read what the job wrote, repair it, and run it again.') : fine(subject, text),
  ];
}

/** Which restore test a dataset has, what that lacks, and how the last one ended. */
export function restoreTestFindings({ dataset, source, restoreTest }: BackupConfig, dataFolder: string): Finding[] {
  const subject = `restore test ${dataset}`;
  if (restoreTest === undefined) {
    const line = usualDrillLine(source);
    return [fine(subject, `none is set up; "${line}" below the dataset in pantau.yaml would prove more.`)];
  }
  const { kind } = restoreTest;
  const run = `"pantau-agent restore-test --dataset ${dataset} --data ${dataFolder}"`;
  const lacking = commandProblem(restoreTest, dataFolder);
  if (lacking !== undefined) {
    return [problem(subject, `"${kind}" cannot be run: ${lacking}.`, `correct commands.json, then run ${run}.`)];
  }
  let last;
  try {
    last = readRestoreTests(dataFolder, [dataset]).at(-1);
  } catch (error) {
    const remedy = `let this user read the folder restore-tests in ${dataFolder}.`;
    return [problem(subject, `what the last one found cannot be read: ${messageOf(error)}.`, remedy)];
  }
  if (last === undefined) return [problem(subject, `"${kind}" is set up and was never run.`, `run ${run}.`)];
  return [lastTestFinding(subject, last, run)];
}

function lastTestFinding(subject: string, last: ReportRestoreTest, run: string): Finding {
  const { drill, completedAt, objectName, outcome, reason = 'for an unknown reason' } = last;
  const what = `the last one ("${drill}", ${completedAt}${objectName === undefined ? '' : `, ${objectName}`})`;
  if (outcome === 'ok') return fine(subject, `${what} passed.`);
  return problem(subject, `${what} failed: ${reason}.`, `repair what the reason names, then run ${run}.`);
}

/** A program that only this machine can allow. */
function commandProblem(restoreTest: NonNullable<BackupConfig['restoreTest']>, dataFolder: string): string | undefined {
  const { kind, command } = restoreTest as { kind: string; command?: unknown };
  if (kind !== 'command' || typeof command !== 'string') return undefined;
  try {
    localCommand(dataFolder, command);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
