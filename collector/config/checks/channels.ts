import { channelProblems } from '../../notify/channel-problems.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** An alert that cannot leave is found now and not in the night when it is needed. */
export function channelsCheck(config: PantauConfig): ConfigProblem[] {
  return channelProblems(config.notify).map(({ field, message }) => ({
    path: field.split('/').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    message,
  }));
}
