import { AppError } from '../../../shared/errors.ts';
import type { CommonSettings, Drill } from '../drills/drill.ts';
import type { Tally } from './tally.ts';

type What = Pick<Drill<CommonSettings>, 'counts' | 'mayLeaveNothing'>;
type Expected = Pick<CommonSettings, 'minFiles' | 'minBytes' | 'mustContain'>;

/**
 * Compares what came back with what the settings ask for; without settings one file with one byte,
 * or nothing where that is fine.
 * @returns what was compared, one sentence each.
 * @throws AppError `too-few-files`, `too-few-bytes` or `missing-content`.
 */
export function checkExpectations(expected: Expected, tally: Tally, drill: What): string[] {
  const { counts, mayLeaveNothing } = drill;
  const least = mayLeaveNothing === true ? 0 : 1;
  const { minFiles = least, minBytes = least, mustContain } = expected;
  const found = `${tally.itemCount} ${counts} with ${tally.sizeBytes} bytes in all`;
  if (tally.itemCount < minFiles) {
    throw new AppError('too-few-files', `there are ${found}, and ${minFiles} ${counts} must be there (minFiles)`);
  }
  if (tally.sizeBytes < minBytes) {
    throw new AppError('too-few-bytes', `there are ${found}, and ${minBytes} bytes must be there (minBytes)`);
  }
  if (!tally.isContained) {
    throw new AppError('missing-content', `"${mustContain ?? ''}" is not among the ${found} (mustContain)`);
  }
  const checks = [`There are ${found}; at least ${minFiles} with ${minBytes} bytes had to be there.`];
  return mustContain === undefined ? checks : [...checks, `"${mustContain}" is among them.`];
}
