import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { LogFields } from '../../../shared/logger.ts';
import type { VaultReport } from './vault-report.ts';

/** What the agent says to its reader, one line of JSON each. */
export type ToReader =
  | { do: 'configure'; vaults: readonly VaultConfig[] }
  /** Answer with what is new, at most as much as fits into a report. */
  | { do: 'tell' }
  /** Look at every vault once more, read what is new, then say so. */
  | { do: 'settle' };

/** What the reader says, one line of JSON each. */
export type FromReader =
  | { is: 'report'; report: VaultReport }
  | { is: 'settled' }
  /** Said from time to time while a long settling goes on. */
  | { is: 'alive' }
  | { is: 'log'; level: 'info' | 'warn' | 'error'; message: string; fields: LogFields };

/** Cuts a stream of text into lines. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
