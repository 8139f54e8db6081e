import type { ParseArgsConfig } from 'node:util';
import type { Logger } from '../../shared/logger.ts';

export interface CommandInput {
  positionals: string[];
  values: Record<string, string | boolean | undefined>;
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
  /** @returns the exit code: 0 ok, 1 failure, 2 usage. */
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
