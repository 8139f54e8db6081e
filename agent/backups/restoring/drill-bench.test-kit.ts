import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '../../../shared/clock.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ReportRestoreTest } from '../../../shared/report-schema.ts';
import { anyDrills, restoreTestProblem } from '../../config/drill-problem.ts';
import { schemaErrors } from '../../sensors/report-checks.ts';
import type { SourceSettings } from '../backup-source.ts';
import type { DrillSettings } from '../drills/drill.ts';
import { journalId } from '../journal.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';
import { runRestoreTest } from './run-restore-test.ts';

export interface DrillRun {
  result: ReportRestoreTest;
  /** What was said meanwhile. */
  said: string[];
}

export interface DrillOptions {
  /** PATH of the tools. */
  path?: string;
  signal?: AbortSignal;
  /** Gets what is said, while it is said. */
  said?: string[];
}

export interface DrillBench {
  dataFolder: string;
  /**
   * Runs a restore test as the command does, the settings checked first; sees to it that the result fits a report and
   * that nothing is left on disk.
   */
  run: (restoreTest: object, source?: object, more?: DrillOptions) => Promise<DrillRun>;
}

/** @param folder of this test; the agent's folder and the private folders of the drills lie in it. */
export function drillBench(folder: string): DrillBench {
  const dataFolder = join(folder, 'data');
  const workFolder = join(folder, 'work');
  // The user of a server must be able to enter it.
  chmodSync(folder, 0o755);
  mkdirSync(dataFolder, { mode: 0o700 });
  mkdirSync(workFolder, { mode: 0o755 });
  return {
    dataFolder,
    async run(restoreTest, source = { kind: 'heartbeat' }, { path = systemPath, signal, said = [] } = {}) {
      const backup = {
        dataset: 'simda',
        source: source as SourceSettings,
        restoreTest: restoreTest as DrillSettings,
      };
      const problem = await restoreTestProblem(backup, 'restoreTest');
      if (problem !== undefined) throw new AppError('invalid-restore-test', problem);
      const drill = anyDrills.find(({ kind }) => kind === backup.restoreTest.kind);
      if (drill === undefined) throw new Error('it was checked before');
      try {
        const result = await runRestoreTest({
          backup,
          drill,
          runId: journalId(systemClock.nowMs(), randomBytes(6)),
          dataFolder,
          chosenFolder: workFolder,
          keep: false,
          environment: { PATH: path, HOME: '/nonexistent' },
          clock: systemClock,
          signal: signal ?? new AbortController().signal,
          say: (sentence) => void said.push(sentence),
        });
        expect(schemaErrors('restoreTests', [result])).toEqual([]);
        return { result, said };
      } finally {
        expect(readdirSync(workFolder)).toEqual([]);
      }
    },
  };
}
