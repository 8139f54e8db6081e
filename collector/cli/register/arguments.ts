import { type FileFormat, fileFormats } from '../../registers/files/export-file.ts';
import { wrongName } from '../operator-name.ts';
import { commandLine } from '../command-line.ts';

const { wrongUsage, parse } = commandLine('register');
export { wrongUsage };

const options = {
  format: { type: 'string' },
  output: { type: 'string' },
  pd: { type: 'string' },
  apply: { type: 'boolean' },
  by: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export interface RegisterArguments {
  positionals: readonly string[];
  format: FileFormat;
  output: string | undefined;
  pd: string | undefined;
  apply: boolean;
  by: string | undefined;
  config: string | undefined;
  data: string | undefined;
}

/** @param counts how many words may stand beside the options, at least and at most. */
export function readRegisterArguments(args: readonly string[], counts: readonly [number, number]): RegisterArguments {
  const { values, positionals } = parse(args, { options, allowPositionals: true });
  const [least, most] = counts;
  if (positionals.length < least) throw wrongUsage('something is missing behind the word');
  if (positionals.length > most) throw wrongUsage(`"${positionals[most]}" is too much`);
  const { output, pd, by, config, data, apply = false, format = 'xlsx' } = values;
  const known = fileFormats.find((each) => each === format);
  if (known === undefined) throw wrongUsage(`--format "${format}" must be csv or xlsx`);
  const wrong = by === undefined ? undefined : wrongName(by);
  if (wrong !== undefined) throw wrongUsage(`--by ${wrong}`);
  return { positionals, format: known, output, pd, apply, by, config, data };
}

/** Nobody changes a register without a name. */
export function nameOf({ by }: RegisterArguments): string {
  if (by === undefined) throw wrongUsage('say who does it with --by NAME');
  return by;
}
