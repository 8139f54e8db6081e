import { secretsInWords } from '../../../shared/mask-lines.ts';
import { secretsOf } from '../tools/secrets-of.ts';

/** What a command was given in secret: through its environment, and among its words, a shell's script included. */
export function secretsGiven(environment: Readonly<Record<string, string>>, words: readonly string[]): string[] {
  return [...secretsOf(environment), ...secretsInWords(words)];
}
