import type { DrillDeps } from '../drills/drill.ts';
import type { RunTool } from '../tools/run-tool.ts';

/** Lets what asks a backup tool for the reports ask it within a drill too: the drill's own limits hold. */
export function asRunTool({ run, clock }: Pick<DrillDeps, 'run' | 'clock'>): RunTool {
  return async ({ program, args, env, workingFolder }) => {
    const beganAtMs = clock.monotonicMs();
    const result = await run({
      program,
      args,
      ...(env === undefined ? {} : { env }),
      ...(workingFolder === undefined ? {} : { workingFolder }),
    });
    return { ...result, durationMs: clock.monotonicMs() - beganAtMs };
  };
}
