import type { SeenRun } from './journal-claims.ts';

/** How a recorded run went, in words that follow "the newest". */
export function describeRun({ run, isLost }: SeenRun): string {
  const began = `(${run.tool}) began at ${run.startedAt}`;
  if (isLost) return `${began} and ended without an exit code`;
  if (run.state === 'running') return `${began} and still runs as process ${run.pid}`;
  return `${began}, took ${(run.durationMs / 1000).toFixed(1)} s and ended with exit code ${run.exitCode}: ${run.outcome}`;
}
