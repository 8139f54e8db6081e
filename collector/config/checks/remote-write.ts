import { remoteWriteProblems } from '../../metrics/remote-write/problems.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** A receiver that cannot be spoken to is found now; whether it answers shows when it is written to. */
export function remoteWriteCheck({ remoteWrite }: PantauConfig): ConfigProblem[] {
  return remoteWrite.flatMap((receiver, index) =>
    remoteWriteProblems(receiver).map(({ path, message }) => ({ path: ['remoteWrite', index, ...path], message })),
  );
}
