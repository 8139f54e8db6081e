import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError, messageOf } from '../../shared/errors.ts';

type Settings = Omit<ParseArgsConfig, 'args'>;

/** How one command reads its arguments, and says what is wrong with them. @param name as people write it. */
export function commandLine(name: string) {
  /** In one sentence, with where to read on; the exit code is 2. */
  function wrongUsage(message: string, cause?: unknown): AppError {
    return new AppError('usage', `${name}: ${message}; see "pantau-collector ${name} --help".`, { cause });
  }

  /** @throws AppError `usage` for an option that the command does not have, or one without its value. */
  function parse<Given extends Settings>(args: readonly string[], given: Given) {
    try {
      return parseArgs<Given & { args: string[] }>({ ...given, args: [...args] });
    } catch (cause) {
      throw wrongUsage(messageOf(cause), cause);
    }
  }

  return { wrongUsage, parse };
}
