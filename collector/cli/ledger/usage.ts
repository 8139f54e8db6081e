import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError, messageOf } from '../../../shared/errors.ts';

export const placeOptions = { config: { type: 'string' }, data: { type: 'string' } } as const;

export function wrongUsage(message: string, cause?: unknown): AppError {
  return new AppError('usage', `ledger: ${message}; see "pantau-collector ledger --help".`, { cause });
}

export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw wrongUsage(messageOf(cause), cause);
  }
}
