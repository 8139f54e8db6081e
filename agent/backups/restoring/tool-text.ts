import { createMask } from '../../../shared/mask-secrets.ts';
import { secretsOf } from '../tools/secrets-of.ts';
import type { ProgramResult } from './start-program.ts';

const telling = /\b(error|fatal|unexpected(?:ly)?|corrupt\w*|damaged?|invalid|cannot|could not|failed|denied)\b/i;
const longestText = 160;

/**
 * The line in which a program most likely says why it failed, without secrets; how it ended when it said nothing.
 * @param env what it was given: the secrets in it are known.
 */
export function complaintOf(
  { stderr, exitCode, signal }: ProgramResult,
  env: Readonly<Record<string, string>> = {},
): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // psql counts the lines of what it is given, which are not those of the backup.
  const line = (lines.find((each) => telling.test(each)) ?? lines.at(-1))?.replace(/^psql:<stdin>:\d+: /, '');
  if (line === undefined) return signal === undefined ? `it ended with exit code ${exitCode}` : `${signal} ended it`;
  const masked = createMask(secretsOf(env))(line);
  return masked.length > longestText ? `${masked.slice(0, longestText)}…` : masked;
}
