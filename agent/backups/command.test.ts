import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { systemClock } from '../../shared/clock.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { needs } from '../../test/requirements.ts';
import { runWrapped, startWrapped } from '../cli/backup-run.test-kit.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { backupSourceContract } from './backup-source.contract.ts';
import type { SourceSettings } from './backup-source.ts';
import { commandSource } from './command.ts';
import { type BackupRunner, createBackupRunner } from './run-backups.ts';
import { sourceDeps } from './tools/source-deps.test-kit.ts';

const needed = needs({ linux: true, tools: ['mkfifo'] });
const settings = { kind: 'command' };

backupSourceContract(commandSource, {
  needed,
  good: [settings],
  bad: [
    {
      settings: { kind: 'command', dataset: 'simda' } as SourceSettings,
      field: 'dataset',
      message: 'source.dataset is not a setting of the source "command"; it has none',
    },
  ],
  secrets: ['rahasia1'],
  full: async () => {
    const dataFolder = temporaryFolder();
    await runWrapped(['sh', '-c', 'echo password=rahasia1; exit 2'], { dataFolder });
    await runWrapped(['true'], { dataFolder });
    return { settings, dataFolder };
  },
  empty: () => ({ settings, dataFolder: temporaryFolder() }),
  blind: () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'runs'), '');
    return { settings, dataFolder };
  },
});

/** An agent that starts now. */
function agent(dataFolder: string): BackupRunner {
  const runner = createBackupRunner({ dataFolder, logger: silentLogger, clock: systemClock });
  onTestFinished(() => runner.close());
  return runner;
}

describe.skipIf(!needed.ok)(`the source command ${needed.reason}`, () => {
  const configs = [{ dataset: 'simda', source: settings }];

  it('says that a job has never started until it has', async () => {
    const dataFolder = temporaryFolder();
    const runner = agent(dataFolder);
    const never = { dataset: 'simda', source: 'command', outcome: 'no-data', reason: 'never-started' };
    expect(await runner.run(configs)).toEqual([never]);
    expect(await runner.run(configs)).toEqual([]);
    await runWrapped(['true'], { dataFolder });
    expect(await runner.run(configs)).toMatchObject([{ source: 'command', outcome: 'ok', exitCode: 0 }]);
    expect(await runner.run(configs)).toEqual([]);
  });

  it('tells of a run from its beginning to its end under one name', async () => {
    const dataFolder = temporaryFolder();
    const runner = agent(dataFolder);
    const wrapped = startWrapped(['sh', '-c', 'read -r _; exit 1'], { dataFolder });
    const [begun] = await waitUntil('the beginning', async () => {
      const rows = await runner.run(configs);
      return rows[0]?.outcome === 'running' && rows;
    });
    expect(await runner.run(configs)).toEqual([]);
    wrapped.process.stdin?.end();
    await wrapped.ended;
    const { runId, startedAt } = begun ?? {};
    expect(await runner.run(configs)).toMatchObject([{ runId, startedAt, outcome: 'failed', exitCode: 1 }]);
  });

  it('tells of everything that happened while the agent was away', async () => {
    const dataFolder = temporaryFolder();
    for (const code of [0, 3, 0]) await runWrapped(['sh', '-c', `exit ${code}`], { dataFolder });
    const killed = startWrapped(['sleep', '60'], { dataFolder, stdio: 'ignore' });
    await waitUntil('the fourth', async () => (await agent(dataFolder).run(configs)).length === 4);
    killed.process.kill('SIGKILL');
    await waitUntil('its end', () => killed.process.signalCode === 'SIGKILL');

    const rows = await agent(dataFolder).run(configs);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ok', 'failed', 'ok', 'failed']);
    expect(rows.at(-1)).toMatchObject({
      reason: 'sleep: ended without an exit code (the machine or the wrapper stopped)',
    });
    expect(schemaErrors('backups', rows)).toEqual([]);
  });

  it('explains the newest run, or how to make one', async () => {
    const dataFolder = temporaryFolder();
    const explain = () => commandSource.explain({}, sourceDeps(dataFolder));
    expect(await explain()).toEqual([
      {
        text: 'no run has been written down yet.',
        remedy:
          'let the backup job call "pantau-agent backup-run --dataset simda -- COMMAND", as root or as the agent\'s user',
      },
    ]);
    await runWrapped(['sh', '-c', 'exit 3'], { dataFolder });
    const [{ text } = { text: '' }] = await explain();
    expect(text).toMatch(
      /^1 runs are written down; the newest \(sh\) began at .*Z, took \d+\.\d s and ended with exit code 3: failed\.$/,
    );
  });
});

describe.skipIf(!needed.ok)(`a wrapped command of a dataset with another source ${needed.reason}`, () => {
  const configs = (folder: string) => [{ dataset: 'simda', source: { kind: 'files', path: `${folder}/*.sql` } }];

  it('is told of beside the source, once, and again hourly', async () => {
    const [dataFolder, folder] = [temporaryFolder(), temporaryFolder()];
    let nowMs = systemClock.monotonicMs();
    const clock = { nowMs: () => systemClock.nowMs(), monotonicMs: () => nowMs };
    const runner = createBackupRunner({ dataFolder, logger: silentLogger, clock });
    onTestFinished(() => runner.close());
    const say = async () => (await runner.run(configs(folder))).map(({ source, outcome }) => `${source} ${outcome}`);
    expect(await say()).toEqual(['files no-data']);

    await runWrapped(['false'], { dataFolder });
    await runWrapped(['true'], { dataFolder });
    expect(await say()).toEqual(['command failed', 'command ok']);
    expect(await say()).toEqual([]);
    nowMs += 3_600_000;
    expect(await say()).toEqual(['files no-data', 'command ok']);
    rmSync(join(dataFolder, 'runs'), { recursive: true });
    expect(await say()).toEqual([]);
  });

  it('is not told of twice when the dataset has the source command as well', async () => {
    const [dataFolder, folder] = [temporaryFolder(), temporaryFolder()];
    await runWrapped(['true'], { dataFolder });
    const both = [...configs(folder), { dataset: 'simda', source: settings }];
    expect((await agent(dataFolder).run(both)).map(({ source }) => source)).toEqual(['files', 'command']);
  });

  it('that cannot be read is unknown, and the source is heard all the same', async () => {
    const [dataFolder, folder] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(dataFolder, 'runs'), '');
    const rows = await agent(dataFolder).run(configs(folder));
    expect(rows).toMatchObject([
      { source: 'files', outcome: 'no-data' },
      {
        source: 'command',
        outcome: 'unknown',
        reason: expect.stringMatching(/^the runs written down cannot be read: /),
      },
    ]);
    expect(schemaErrors('backups', rows)).toEqual([]);
  });
});
