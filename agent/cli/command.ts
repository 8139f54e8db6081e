import type { ParseArgsConfig } from 'node:util';
import type { Logger } from '../../shared/logger.ts';

export interface CommandInput {
  positionals: string[];
  values: Record<string, string | boolean | undefined>;
  /** The words behind `--`, when the command takes a command; else none. */
  rest: string[];
  /** Writes one line for the user. */
  print: (line: string) => void;
  logger: Logger;
}

/** One subcommand of pantau-agent; one file each. */
export interface Command {
  /** Everything after `pantau-agent `, on one line. */
  usage: string;
  /** Lines below the usage: what it does, and its options. */
  help: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** How many words it takes beside its options. */
  positionalCount: number;
  /** Needs `--` and words behind it, which it gets as they are. */
  takesCommand?: true;
  /** @returns the exit code: 0 ok, 1 failure, 2 usage. @throws AppError `wrong-usage` for code 2. */
  run(input: CommandInput): Promise<number>;
}

/** The option that all commands share. */
export const dataOption = { data: { type: 'string' } } as const;
export const dataHelp =
  '  --data DIR   folder of the agent (else PANTAU_AGENT_DATA, else /var/lib/pantau-agent\n' +
  '               for root and ~/.local/share/pantau-agent for others)';

export function textOption(values: CommandInput['values'], name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
