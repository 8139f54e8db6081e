import { randomBytes } from 'node:crypto';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import type { AgentConfig, BackupConfig } from '../../shared/agent-config-schema.ts';
import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { ReportRestoreTest } from '../../shared/report-schema.ts';
import type { DrillSettings } from '../backups/drills/drill.ts';
import { journalId, restoreTestsFolderOf, writeJournal } from '../backups/journal.ts';
import { runRestoreTest } from '../backups/restoring/run-restore-test.ts';
import { usualDrillLine } from '../backups/restoring/usual-drill.ts';
import { possibleBases } from '../backups/restoring/work-base.ts';
import { removeLeftovers } from '../backups/restoring/work-folder.ts';
import { loadConfig } from '../config/config-cache.ts';
import { anyDrills, restoreTestProblem } from '../config/drill-problem.ts';
import { readSettings, toolEnvironment } from '../config/settings.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { cleanText } from '../sensors/clean-text.ts';
import { type Command, type CommandInput, dataHelp, dataOption, textOption } from './command.ts';

const kinds = anyDrills.map(({ kind, docs }) => `  ${kind.padEnd(12)} ${docs}`).join('\n');

export const restoreTestCommand: Command = {
  usage: 'restore-test --dataset NAME [--folder DIR] [--keep] [--json] [--data DIR]',
  help: `Tries whether the newest backup of a dataset can be brought back, says what was compared, and writes the result
down for the agent, which reports it. What comes back lies in a private folder that is gone afterwards, also when the
test is stopped or fails. Exit code 0 when the test passed, 1 when it did not.

What is tried stands under restoreTest of the dataset in pantau.yaml, by its kind:
${kinds}
For all: maxSeconds (3600), maxBytes on disk (10 GiB), minFiles, minBytes, mustContain.

  --dataset NAME
               the dataset of pantau.yaml
  --folder DIR where the private folder is made (else restore-work in the agent's folder, or /var/tmp where the former
               will not do)
  --keep       leaves what came back for you to look into
  --json       prints the result as JSON instead of sentences
${dataHelp}

In cron, as root or as the user who may read the backups:
  0 4 1 * *  root  pantau-agent restore-test --dataset simda --folder /srv/restore`,
  options: {
    ...dataOption,
    dataset: { type: 'string' },
    folder: { type: 'string' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionalCount: 0,
  run: restoreTest,
};

async function restoreTest({ values, print, logger }: CommandInput): Promise<number> {
  const dataset = textOption(values, 'dataset');
  if (dataset === undefined) throw new AppError('wrong-usage', 'Which dataset? Name it with --dataset.');
  const { dataFolder } = readSettings(textOption(values, 'data'));
  const folder = textOption(values, 'folder');
  const chosenFolder = folder === undefined ? undefined : resolve(folder);
  const identity = loadIdentity(dataFolder, logger);
  const backup = await findBackup(loadConfig(dataFolder, identity.collectorPublicKey).config, dataset);
  const drill = anyDrills.find(({ kind }) => kind === backup.restoreTest.kind);
  if (drill === undefined)
    throw new AppError('unknown-drill', `There is no restore test "${backup.restoreTest.kind}".`);
  const isJson = values['json'] === true;
  // Names of files reach a terminal here.
  const say = isJson ? () => {} : (sentence: string) => print(cleanText(sentence, 2000) ?? '');
  bePolite();
  const stopping = stopSignal();
  await removeOld(dataFolder, chosenFolder, say);
  const runId = journalId(systemClock.nowMs(), randomBytes(6));
  say(`Restore test "${drill.kind}" of ${dataset} begins.`);
  const result = await runRestoreTest({
    backup,
    drill,
    runId,
    dataFolder,
    chosenFolder,
    keep: values['keep'] === true,
    environment: toolEnvironment(),
    clock: systemClock,
    signal: stopping,
    say,
  });
  record(dataFolder, result);
  if (isJson) print(JSON.stringify(result, undefined, 2));
  else for (const line of describe(result)) print(line);
  return result.outcome === 'ok' ? 0 : 1;
}

/** @throws AppError when the dataset is unknown, has no restore test, or one that cannot be run. */
async function findBackup(
  { backups }: AgentConfig,
  dataset: string,
): Promise<BackupConfig & { restoreTest: DrillSettings }> {
  const ofDataset = backups.filter((backup) => backup.dataset === dataset);
  const backup = ofDataset.find(({ restoreTest }) => restoreTest !== undefined) ?? ofDataset[0];
  if (backup === undefined) {
    const known = backups.map((each) => each.dataset).join(', ');
    const there = known === '' ? 'it has none' : `it has ${known}`;
    throw new AppError('wrong-usage', `This agent has no dataset "${dataset}"; ${there}.`);
  }
  const { restoreTest } = backup;
  if (restoreTest === undefined) throw withoutTest(backup);
  const problem = await restoreTestProblem(backup, 'restoreTest');
  if (problem !== undefined) {
    throw new AppError('invalid-restore-test', `The restore test of ${dataset} cannot be run: ${problem}.`);
  }
  return { ...backup, restoreTest };
}

function withoutTest({ dataset, source }: BackupConfig): AppError {
  return new AppError(
    'no-restore-test',
    `No restore test is set up for ${dataset}. Write into pantau.yaml, below "- id: ${dataset}" under datasets: ` +
      `"${usualDrillLine(source)}", and how often it is due: "restoreTestEvery: 90d". ` +
      `Kinds: ${anyDrills.map((drill) => drill.kind).join(', ')}.`,
  );
}

/** The machine has other things to do than this. */
function bePolite(): void {
  try {
    setPriority(10);
  } catch {
    // Then at the usual priority.
  }
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Further signals change nothing: cleaning up goes on.
    process.on(signal, () => {
      stopping.abort(new AppError('stopped', `Stopped by ${signal}: nothing was found out and nothing recorded.`));
    });
  }
  return stopping.signal;
}

async function removeOld(
  dataFolder: string,
  chosenFolder: string | undefined,
  say: (sentence: string) => void,
): Promise<void> {
  for (const base of possibleBases(dataFolder, chosenFolder)) {
    for (const path of await removeLeftovers(base, systemClock.nowMs())) {
      say(`Removed ${path}, which an earlier restore test that was killed had left.`);
    }
  }
}

function record(dataFolder: string, result: ReportRestoreTest): void {
  try {
    writeJournal(restoreTestsFolderOf(dataFolder, result.dataset), result.runId, result);
  } catch (cause) {
    const text = `The result (${result.outcome}) could not be recorded: ${messageOf(cause)}`;
    throw new AppError('not-recorded', text, { cause });
  }
}

function describe({ dataset, outcome, reason, objectName, checks = [] }: ReportRestoreTest): string[] {
  const lines = checks.map((check) => `  ${check}`);
  if (outcome === 'ok') return [`PASSED: ${objectName ?? dataset} can be brought back.`, ...lines];
  return [`FAILED: ${reason ?? 'for an unknown reason'}.`, ...lines];
}
