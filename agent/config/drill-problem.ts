import type { BackupConfig } from '../../shared/agent-config-schema.ts';
import { messageOf } from '../../shared/errors.ts';
import type { CommonSettings } from '../backups/drills/drill.ts';
import { drills } from '../backups/drills/registry.ts';
import type { AnyDrill } from '../backups/restoring/run-restore-test.ts';
import { createTally } from '../backups/restoring/tally.ts';
import { schemaProblem } from './schema-problem.ts';

/** `run` gets only what fits its own schema, so the pair is safe without knowing the type in between. */
export const anyDrills: readonly AnyDrill[] = drills as unknown as readonly AnyDrill[];

/**
 * The first thing that is wrong with the restore test of a dataset, as one sentence that names the field; undefined
 * when it can be run or there is none. Loads the schema library: for short-lived processes only.
 * @param path of the settings, as a JSON pointer.
 */
export async function restoreTestProblem(
  { restoreTest, source }: BackupConfig,
  path: string,
): Promise<string | undefined> {
  if (restoreTest === undefined) return undefined;
  const drill = anyDrills.find(({ kind }) => kind === restoreTest.kind);
  if (drill === undefined) {
    return `${path}/kind: "${restoreTest.kind}" is unknown; known: ${drills.map(({ kind }) => kind).join(', ')}`;
  }
  const problem = schemaProblem(await drill.config(), restoreTest, path);
  if (problem !== undefined) return problem;
  const settings = restoreTest as CommonSettings;
  const lacking = drill.problem?.(settings, source);
  return lacking === undefined ? patternProblem(settings, path) : `${path}/${lacking}`;
}

function patternProblem({ mustContain }: CommonSettings, path: string): string | undefined {
  try {
    createTally(mustContain);
    return undefined;
  } catch (error) {
    return `${path}/mustContain: ${messageOf(error)}`;
  }
}
