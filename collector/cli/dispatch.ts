import { AppError } from '../../shared/errors.ts';
import { suggestName } from '../config/nearest-name.ts';
import type { Command, CommandIo } from './command.ts';

export type CommandLoaders = Readonly<Record<string, () => Promise<Command>>>;

export interface DispatchOptions {
  commands: CommandLoaders;
  version: string;
  io: CommandIo;
}

/** Errors that the caller must repair before trying again, as against a failure on the way. */
const usageCodes = new Set(['usage', 'bad-config', 'port-busy', 'cannot-listen', 'data-folder', 'bad-certificate']);

/** Runs the command that the arguments name. @returns the exit code: 0 ok, 1 failure, 2 usage. */
export async function dispatch(args: readonly string[], { commands, version, io }: DispatchOptions): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-V') {
    io.stdout(`pantau-collector ${version}\n`);
    return 0;
  }
  if (name === undefined || isHelp(name)) {
    const text = await helpText(commands);
    if (name === undefined) io.stderr(text);
    else io.stdout(text);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const hint = suggestName(name, Object.keys(commands)).replace(/[^?]$/, '$&.');
    io.stderr(`There is no command "${name}"; ${hint} See "pantau-collector --help".\n`);
    return 2;
  }
  const command = await load();
  if (asksForHelp(rest)) {
    io.stdout(command.usage);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    io.stderr(`${error.message}\n`);
    return usageCodes.has(error.code) ? 2 : 1;
  }
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

/** What stands after `--` is an operand, also when it looks like a request for help. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((word) => word === '--help' || word === '-h');
}

async function helpText(loaders: CommandLoaders): Promise<string> {
  const commands = await Promise.all(Object.values(loaders).map(async (load) => load()));
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Usage: pantau-collector COMMAND [ARGUMENTS]

Commands:
${lines.join('\n')}

Options:
  --help     show this text, or the help of a command: pantau-collector COMMAND --help
  --version  show the version

Exit code: 0 ok, 1 failure, 2 wrong usage or a bad configuration.
`;
}
