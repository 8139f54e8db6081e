import { AppError } from '../../../shared/errors.ts';
import { createLineMask } from '../../../shared/mask-lines.ts';
import { localCommand } from '../tools/local-commands.ts';
import { complaintOf } from '../restoring/tool-text.ts';
import { tallyFolder } from '../restoring/tally-folder.ts';
import type { CommandDrillSettings } from '../../../shared/backup-settings/drills/command.schema.ts';
import type { Drill, DrillDeps } from './drill.ts';

export const commandDrill = {
  kind: 'command' as const,
  docs: 'Runs a program that this machine allows in commands.json; exit code 0 means restored.',
  counts: 'files',
  // It may restore elsewhere, into a database server of its own say.
  mayLeaveNothing: true,
  config: async () => (await import('../../../shared/backup-settings/drills/command.schema.ts')).CommandDrillSchema,
  run: restore,
} satisfies Drill<CommandDrillSettings>;

async function restore({ command }: CommandDrillSettings, deps: DrillDeps): Promise<string[]> {
  const { folder, dataset, dataFolder, tally, signal, run, say } = deps;
  const [program, ...args] = localCommand(dataFolder, command);
  say(`Running the command ${command}.`);
  const env = { RESTORE_FOLDER: folder, RESTORE_DATASET: dataset };
  const result = await run({ program, args, env });
  if (result.exitCode !== 0) {
    const said = createLineMask()(complaintOf(result));
    const ended = result.exitCode === undefined ? `was ended by ${result.signal}` : `exit code ${result.exitCode}`;
    throw new AppError('command-failed', `the command ${command} failed (${ended}): ${said}`);
  }
  await tallyFolder(folder, tally, signal);
  return [`The command ${command} ended with exit code 0.`];
}
