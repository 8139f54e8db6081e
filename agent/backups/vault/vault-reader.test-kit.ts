import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import { type Clock, systemClock } from '../../../shared/clock.ts';
import { createLogger } from '../../../shared/logger.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { VaultReport } from './vault-report.ts';
import { VaultReader, type VaultReaderOptions } from './vault-reader.ts';

/** The real clocks, moved: times of inodes cannot be set, so the tests live in the future. */
export interface MovedClock extends Clock {
  advanceMs(durationMs: number): void;
  /** The wall clock alone, as a correction would. */
  jumpMs(durationMs: number): void;
}

export function movedClock(): MovedClock {
  let wallMs = 0;
  let steadyMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + wallMs,
    monotonicMs: () => systemClock.monotonicMs() + steadyMs,
    advanceMs(durationMs) {
      wallMs += durationMs;
      steadyMs += durationMs;
    },
    jumpMs: (durationMs) => void (wallMs += durationMs),
  };
}

export interface VaultBench {
  root: string;
  clock: MovedClock;
  lines: string[];
  reader: () => VaultReader;
  /** A minute later: one whole look, and everything that is to be told. */
  look: () => Promise<VaultReport>;
  /** The same without waiting a minute. */
  lookNow: () => Promise<VaultReport>;
  /** Ends the reader and starts another one with the same data. */
  restart: () => Promise<void>;
  write: (path: string, content: string | Buffer) => void;
}

export const minuteMs = 60_000;

/** A vault of this test alone and a reader of it, in this process. @param paths of the datasets, which bear the same names. */
export function vaultBench(
  paths: readonly string[],
  change: Partial<VaultConfig> = {},
  options: Partial<VaultReaderOptions> = {},
): VaultBench {
  const folder = temporaryFolder();
  const root = change.root ?? join(folder, 'vault');
  mkdirSync(root, { recursive: true });
  const clock = movedClock();
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => 0,
  );
  const times = { restateEveryMs: 3_600_000, quietMs: 30_000 };
  const config = { ...vaultConfig(root, paths), ...change };
  const start = () => {
    const started = new VaultReader({ dataFolder: join(folder, 'data'), clock, logger, ...times, ...options });
    started.configure([config]);
    return started;
  };
  let reader = start();
  onTestFinished(() => reader.close());
  const lookNow = async () => {
    await reader.settle();
    return tellAll(reader);
  };
  return {
    root,
    clock,
    lines,
    reader: () => reader,
    lookNow,
    look() {
      clock.advanceMs(minuteMs);
      return lookNow();
    },
    async restart() {
      await reader.close();
      reader = start();
    },
    write(path, content) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
  };
}

export function vaultConfig(root: string, paths: readonly string[]): VaultConfig {
  return {
    id: 'utama',
    location: 'pusat-data',
    root,
    hashBytesPerSecond: 1e9,
    coverSeconds: 30 * 86_400,
    scanEverySeconds: 86_400,
    datasets: paths.map((path) => ({ pd: 'dinkes', dataset: path.replaceAll(/[^a-z0-9]/g, '-'), path })),
  };
}

function tellAll(reader: VaultReader): VaultReport {
  const all = reader.tell();
  for (let more = reader.tell(); more.arrivals.length + more.holdings.length > 0; more = reader.tell()) {
    all.arrivals.push(...more.arrivals);
    all.holdings.push(...more.holdings);
  }
  return all;
}

/** Each arrival in short: state and name. */
export function states({ arrivals }: VaultReport): string[] {
  return arrivals.map(({ state, objectName }) => `${state} ${objectName}`).toSorted();
}
