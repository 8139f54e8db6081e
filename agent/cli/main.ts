import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { createLogger } from '../../shared/logger.ts';
import { agentVersion } from '../config/settings.ts';
import type { Command } from './command.ts';

// Not by import: its facade would load worker threads and more into the running agent.
const { parseArgs } = process.getBuiltinModule('node:util');

/** Loaded on demand, so that the running agent holds only what it needs. `warm` is for the launcher and not shown. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  enroll: {
    summary: 'make this machine an agent of the collector that a token names',
    load: async () => (await import('./enroll.ts')).enrollCommand,
  },
  run: {
    summary: 'measure and report until stopped',
    load: async () => (await import('./run.ts')).runCommand,
  },
  once: {
    summary: 'measure and report once, and say what came of it',
    load: async () => (await import('./once.ts')).onceCommand,
  },
  doctor: {
    summary: 'check everything the agent needs and say how to repair it',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  'backup-run': {
    summary: 'run a backup command and report how it went',
    load: async () => (await import('./backup-run.ts')).backupRunCommand,
  },
  'restore-test': {
    summary: 'try whether a backup can be brought back',
    load: async () => (await import('./restore-test.ts')).restoreTestCommand,
  },
  warm: { summary: '', load: async () => (await import('./warm.ts')).warmCommand },
};

const print = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

function overview(): string {
  const shown = Object.entries(commands).filter(([, { summary }]) => summary !== '');
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, { summary }]) => `  ${name.padEnd(width)} ${summary}`);
  return [
    'pantau-agent: reports this machine to the Pantau collector of the Pusat Data.',
    '',
    'Usage: pantau-agent <command> [options]',
    '',
    ...lines,
    '',
    'Each command explains itself with --help. Exit codes: 0 ok, 1 failure, 2 wrong usage.',
  ].join('\n');
}

function wrongUsage(sentence: string, hint: string): number {
  complain(`${sentence} ${hint}`);
  return 2;
}

async function runCommand(name: string, command: Command, words: string[]): Promise<number> {
  const hint = `See "pantau-agent ${name} --help".`;
  const { own, rest } = splitWords(command, words);
  let parsed;
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
    parsed = parseArgs({ args: own, options, allowPositionals: true, strict: true });
  } catch (error) {
    return wrongUsage(`${messageOf(error).split('. ')[0]}.`, hint);
  }
  const values = parsed.values as Record<string, string | boolean | undefined>;
  const { positionals } = parsed;
  if (values['help'] === true) {
    print(`Usage: pantau-agent ${command.usage}\n\n${command.help}`);
    return 0;
  }
  if (positionals.length > command.positionalCount) {
    return wrongUsage(`"${positionals[command.positionalCount]}" is one word too many.`, hint);
  }
  if (positionals.length < command.positionalCount) {
    return wrongUsage(`"pantau-agent ${command.usage}" needs one more word.`, hint);
  }
  if (command.takesCommand === true && rest.length === 0) {
    return wrongUsage('"--" and the command behind it are missing.', hint);
  }
  const logger = createLogger(
    (line) => void process.stderr.write(line),
    () => systemClock.nowMs(),
  );
  try {
    return await command.run({ positionals, values, rest, print, logger });
  } catch (error) {
    if (error instanceof AppError && error.code === 'wrong-usage') return wrongUsage(error.message, hint);
    complain(error instanceof AppError ? error.message : `Unexpected failure: ${messageOf(error)}`);
    return 1;
  }
}

/** A command of the user's own, behind `--`, is none of our business. */
function splitWords({ takesCommand }: Command, words: string[]): { own: string[]; rest: string[] } {
  const at = takesCommand === true ? words.indexOf('--') : -1;
  return at === -1 ? { own: words, rest: [] } : { own: words.slice(0, at), rest: words.slice(at + 1) };
}

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === '--version' || name === '-v') {
    print(agentVersion());
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    print(overview());
    return 0;
  }
  if (name === undefined) {
    complain(overview());
    return 2;
  }
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (found === undefined) {
    const kind = name.startsWith('-') ? 'an option' : 'a command';
    return wrongUsage(`"${name}" is not ${kind} of pantau-agent.`, 'See "pantau-agent --help".');
  }
  return runCommand(name, await found.load(), rest);
}

process.exitCode = await main(process.argv.slice(2));
