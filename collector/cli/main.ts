import { readFileSync } from 'node:fs';
import type { CommandIo } from './command.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const io: CommandIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  env: process.env,
  workingFolder: process.cwd(),
};

// The exit code is set and not forced, so that what was written still reaches a pipe.
process.exitCode = await dispatch(process.argv.slice(2), { commands, version, io });
