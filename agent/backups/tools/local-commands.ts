import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf } from '../../../shared/errors.ts';

/** A program and its arguments, handed over as they are; no shell is involved. */
export type LocalCommand = readonly [program: string, ...args: string[]];

const maxFileBytes = 64 * 1024;
const maxArgumentCount = 64;
const maxArgumentLength = 4096;
const othersMayWrite = 0o022;
const shownNameCount = 16;

export const localCommandsPathOf = (dataFolder: string) => join(dataFolder, 'commands.json');

/**
 * The programs that this machine's administrator allows the configuration to name. The collector sends names only, so
 * whoever controls it can choose among these and can never run anything else on a department's server. The file is
 * `commands.json` in the agent's data folder: `{"check-simda": ["/usr/lib/nagios/plugins/check_file_age", "-f", "…"]}`.
 * It is read anew each time, so that a change counts at once.
 * @throws AppError `no-local-commands`, `unsafe-local-commands`, `damaged-local-commands` or `unknown-local-command`;
 * each message says what to do.
 */
export function localCommand(dataFolder: string, name: string): LocalCommand {
  const path = localCommandsPathOf(dataFolder);
  const commands = parseCommands(path, readTrusted(path, name));
  if (!Object.hasOwn(commands, name)) throw unknownName(path, name, Object.keys(commands));
  return checkArguments(path, name, commands[name]);
}

/** What is checked is the file that was opened, not whatever bears its name a moment later. */
function readTrusted(path: string, name: string): string {
  let file: number;
  try {
    // A pipe of that name must not hold us up.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw unreadable(path, name, cause as NodeJS.ErrnoException);
  }
  try {
    const { mode, uid, size: sizeBytes } = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw damaged(path, 'it is not a file');
    checkOwner(path, uid, mode);
    if (sizeBytes > maxFileBytes) throw damaged(path, `it is larger than ${maxFileBytes} bytes`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Who can write this file decides what runs here. */
function checkOwner(path: string, uid: number, mode: number): void {
  const ownUid = process.geteuid?.();
  if (ownUid === undefined) return;
  if (uid !== 0 && uid !== ownUid) {
    const allowed = ownUid === 0 ? 'root' : `root or the agent's user (${ownUid})`;
    throw unsafe(`${path} belongs to user ${uid}, not to ${allowed}; run "chown root ${path} && chmod 644 ${path}"`);
  }
  if ((mode & othersMayWrite) !== 0) {
    const shown = (mode & 0o777).toString(8);
    throw unsafe(`others may change ${path} (mode ${shown}), so it is not followed; run "chmod go-w ${path}"`);
  }
}

function parseCommands(path: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The parser's own words would quote the file, which may hold a password.
    throw damaged(path, 'it is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(path, 'it must be an object of names and commands');
  }
  return value as Record<string, unknown>;
}

/** Only the command that is asked for: a mistake in another must not take this one away. */
function checkArguments(path: string, name: string, value: unknown): LocalCommand {
  const wrong = (problem: string) => damaged(path, `"${name}" ${problem}`);
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw wrong('must be a list of texts, the program first: ["/path/to/program", "argument"]');
  }
  const [program = '', ...args] = value;
  if (program === '') throw wrong('names no program');
  // A path that depends on the working folder could mean anything.
  if (/[/\\]/.test(program) && !/^(\/|[A-Za-z]:[/\\])/.test(program)) {
    throw wrong('must name its program by an absolute path, or by its bare name to look it up in PATH');
  }
  if (args.length >= maxArgumentCount) throw wrong(`has more than ${maxArgumentCount} words`);
  if ([program, ...args].some((one) => one.length > maxArgumentLength || one.includes('\0'))) {
    throw wrong(`has a word that is longer than ${maxArgumentLength} characters or holds a zero byte`);
  }
  return [program, ...args];
}

function unreadable(path: string, name: string, cause: NodeJS.ErrnoException): AppError {
  const example = `write it, say {"${name}": ["/path/to/program", "argument"]}`;
  if (cause.code === 'ENOENT') {
    return new AppError('no-local-commands', `${path} does not exist, so "${name}" is not known; ${example}`, {
      cause,
    });
  }
  if (cause.code === 'EACCES' || cause.code === 'EPERM') {
    return new AppError('no-local-commands', `${path} may not be read by the agent; run "chmod 644 ${path}"`, {
      cause,
    });
  }
  return new AppError('no-local-commands', `${path} cannot be read: ${cause.code ?? messageOf(cause)}`, { cause });
}

function unknownName(path: string, name: string, known: readonly string[]): AppError {
  const names = known.toSorted().slice(0, shownNameCount).join(', ');
  const more = known.length > shownNameCount ? ` and ${known.length - shownNameCount} more` : '';
  const there = known.length === 0 ? 'it holds none' : `it holds ${names}${more}`;
  return new AppError('unknown-local-command', `${path} holds no command "${name}"; ${there}`);
}

function unsafe(message: string): AppError {
  return new AppError('unsafe-local-commands', message);
}

function damaged(path: string, problem: string, cause?: unknown): AppError {
  return new AppError('damaged-local-commands', `${path} is not followed: ${problem}`, { cause });
}
