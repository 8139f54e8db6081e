import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { dirname } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import type { Figure } from './bench.ts';
import { isMet } from './result-table.ts';

export interface BenchResult {
  bench: string;
  takenAt: string;
  isQuick: boolean;
  elapsedSeconds: number;
  figures: readonly Figure[];
  /** Why it has no figures. */
  problem?: string;
}

/** Adds results to the file; those of other benches stay, each with its own time. */
export function writeResults(path: string, results: readonly BenchResult[]): void {
  const kept = readResults(path).filter(({ bench }) => !results.some((result) => result.bench === bench));
  const machine = {
    processor: cpus()[0]?.model.trim(),
    processorCount: cpus().length,
    kernel: release(),
    node: process.version,
  };
  const judged = [...kept, ...results].map((result) => ({
    ...result,
    figures: result.figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomically(path, `${JSON.stringify({ machine, results: judged }, undefined, 2)}\n`, 0o644);
}

function readResults(path: string): BenchResult[] {
  if (!existsSync(path)) return [];
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { results: BenchResult[] }).results;
  } catch {
    // A file of an older version is nothing to keep.
    return [];
  }
}
