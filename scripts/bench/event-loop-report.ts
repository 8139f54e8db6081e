import { existsSync, readFileSync, rmSync } from 'node:fs';
import { pathOf } from './child-programs.ts';

export interface LoopGap {
  gapMs: number;
  /** How much of it the event loop's thread was on a processor. */
  ownCpuMs: number;
  /** The same of all threads; what is missing was spent waiting for the disk or for other programs. */
  allCpuMs: number;
  /** From the beginning of the watch. */
  atMs: number;
}

/** What event-loop-gap.ts found inside a process. */
export interface EventLoopReport {
  /** The longest times between two beats of a 2 ms timer, less those 2 ms; the longest first. */
  gaps: LoopGap[];
  /** How many were longer than 50 ms. */
  longGapCount: number;
  /** The same as Node's own histogram saw it. */
  histogramMaxMs: number;
  p99Ms: number;
  p50Ms: number;
}

/** Environment of a process whose event loop is watched. */
export function watchEnvironment(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=file://${pathOf('./event-loop-gap.ts')}`, PANTAU_BENCH_GAP_FILE: file };
}

/** Begins counting; what went before, such as the start, does not count. */
export function beginWatching(pid: number): void {
  process.kill(pid, 'SIGUSR2');
}

/** @throws Error when the process does not answer within 5 seconds. */
export async function readWatch(pid: number, file: string): Promise<EventLoopReport> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (let waitedMs = 0; waitedMs < 5000; waitedMs += 50) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as EventLoopReport;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`Process ${pid} did not say how long its event loop was blocked.`);
}
