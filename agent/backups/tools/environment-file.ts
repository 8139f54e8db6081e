import { readTrustedFile } from './private-files.ts';
import { ToolProblem } from './tool-problem.ts';

const maxVariableCount = 256;

/**
 * Reads the variables for a tool from a file of this machine, `KEY=VALUE` in each line, as systemd and shell scripts
 * write them: comments, `export` and quotes are understood, nothing is expanded. Names that the tool has no use for are
 * passed over, because such files are shared with the backup job.
 * @param passes which names reach the tool.
 * @throws ToolProblem that names the line, never what stands in it.
 */
export async function readEnvironmentFile(path: string, passes: RegExp): Promise<Record<string, string>> {
  const setting = 'source.environmentFile';
  const { variables, badLine } = parseEnvironment(await readTrustedFile(path, setting), passes);
  if (badLine === undefined) return variables;
  throw new ToolProblem(
    'secret-file-unreadable',
    `line ${badLine} of ${setting} ${path} is not KEY=VALUE`,
    'correct that line, or put # in front of it',
  );
}

/** @returns the variables that pass, and the number of the first line that cannot be read. */
export function parseEnvironment(
  text: string,
  passes: RegExp,
): { variables: Record<string, string>; badLine: number | undefined } {
  const variables: Record<string, string> = {};
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    const value = match === null ? undefined : unquote((match[2] ?? '').trim());
    if (match === null || value === undefined || Object.keys(variables).length >= maxVariableCount) {
      return { variables, badLine: index + 1 };
    }
    const [, name = ''] = match;
    if (passes.test(name)) variables[name] = value;
  }
  return { variables, badLine: undefined };
}

/** @returns undefined when a quote is not closed or the value cannot be handed to a program. */
function unquote(value: string): string | undefined {
  if (value.includes('\0')) return undefined;
  const [quote] = value;
  if (quote !== '"' && quote !== "'") return value;
  return value.length >= 2 && value.endsWith(quote) ? value.slice(1, -1) : undefined;
}
