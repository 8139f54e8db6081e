import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { toolEnvironment } from '../../config/settings.ts';
import type { BackupDeps } from '../backup-source.ts';
import { createHashCache } from '../files/hash-cache.ts';
import { createRunTool, type RunTool } from './run-tool.ts';
import { createSeenFiles } from '../files/seen-files.ts';

export const systemPath = toolEnvironment()['PATH'] ?? '/usr/bin:/bin';

/** What a source gets from the runner, with a clock that stands still. */
export function sourceDeps(dataFolder: string, run: RunTool = runWith()): BackupDeps & { clock: FakeClock } {
  mkdirSync(dataFolder, { recursive: true });
  const clock = fakeClock();
  const hashes = createHashCache({ filePath: join(dataFolder, 'backup-hashes.json'), logger: silentLogger, clock });
  const memory = new Map<string, unknown>();
  return {
    dataset: 'simda',
    dataFolder,
    cacheFolder: dataFolder,
    clock,
    logger: silentLogger,
    hashes,
    run,
    memory,
    seenFiles: createSeenFiles(),
  };
}

/** Runs the tools that are found in these folders. */
export function runWith(path = systemPath): RunTool {
  return createRunTool({ PATH: path, HOME: '/nonexistent' });
}

/** Counts the runs of each command word, in front of the real tools. */
export function countedRun(run: RunTool = runWith()): { run: RunTool; words: string[] } {
  const words: string[] = [];
  return {
    words,
    run: (what) => {
      words.push(what.args.find((word) => /^[a-z]+$/.test(word)) ?? '');
      return run(what);
    },
  };
}

/** A tool that answers as a shell script says. @returns a runner that finds it first. */
export function fakeTool(folder: string, name: string, script: string): RunTool {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return runWith(`${bin}:${systemPath}`);
}

/** A script that prints exactly this text on the given stream and ends with that code. */
export function printing(stdout: string, exitCode = 0, stderr = ''): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `printf %s ${quote(stdout)}; printf %s ${quote(stderr)} >&2; exit ${exitCode}`;
}
